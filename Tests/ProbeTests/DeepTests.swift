import Foundation
import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// A folder of shell scripts that stand for compilers, libraries' inquirers, and what goes wrong with them.
private struct Scripts {
    let folder = try? TemporaryDirectory()
    var path: String { folder?.path ?? "/nonexistent" }

    /// Installed by another process: a file that this one has open for writing while some other test forks would be
    /// busy (ETXTBSY) for as long as that child has not yet become something else.
    @discardableResult
    func write(_ name: String, _ body: String) throws -> String {
        let (source, file) = ("\(path)/\(name).source", "\(path)/\(name)")
        try Data("#!/bin/sh\n\(body)\n".utf8).write(to: URL(fileURLWithPath: source))
        let install = Process()
        install.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        install.arguments = ["install", "-m", "755", source, file]
        try install.run()
        install.waitUntilExit()
        try #require(install.terminationStatus == 0)
        return file
    }
}

/// Commands that are started for their answer.
struct ChildProcessTests {
    private let scripts = Scripts()

    private func answer(_ body: String, seconds: Double = 20, variables: [String: String] = [:]) throws -> Reported<
        String
    > {
        let file = try scripts.write("x\(UInt32.random(in: 0 ... .max))", body)
        let command = ChildCommand(executable: file, arguments: ["a b", "c"])
        return ChildProcesses.answers([command], seconds: seconds, variables: variables)[0]
    }

    @Test func whatItWritesIsTheAnswer() throws {
        #expect(try answer(#"echo "$1-$2"; echo no >&2"#) == .known("a b-c\n"))
        #expect(try answer("exec 1>&-") == .known(""))
        #expect(try answer("cat") == .known(""))
        #expect(try answer("echo $LC_ALL $X", variables: ["X": "1"]) == .known("C 1\n"))
    }

    @Test func whatGoesWrongIsTheReason() throws {
        #expect(try answer("exit 3") == .unknown("ended with exit code 3"))
        #expect(try answer("kill -SEGV $$") == .unknown("ended by signal 11"))
        #expect(try answer("printf '\\377\\376'") == .unknown("did not write text"))
        #expect(try answer("while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done") == .unknown("wrote too much"))
        let absent = ChildCommand(executable: "/nonexistent/x", arguments: [])
        #expect(
            ChildProcesses.answers([absent], seconds: 1) == [.unknown("cannot be started: No such file or directory")])
    }

    @Test func whoHangsIsEndedWithAllThatItStarted() throws {
        let file = "\(scripts.path)/child"
        let body = "sleep 600 & echo $! > \(file); wait"
        #expect(try answer(body, seconds: 3) == .unknown("did not answer within 3 s"))
        let child = try #require(Int32(String(contentsOfFile: file, encoding: .utf8).trimmed))
        let isGone = { kill(child, 0) != 0 || Self.isZombie(child) }
        for _ in 0..<100 where !isGone() { usleep(20_000) }
        #expect(isGone())
    }

    @Test func whoClosesItsOutputAndStaysIsEnded() throws {
        #expect(try answer("exec 1>&-; sleep 600", seconds: 1) == .unknown("did not answer within 1 s"))
    }

    @Test func aSignalThatWeIgnoreIsNotIgnoredThere() throws {
        // Would end with 1, not by the signal, if it were ignored.
        #expect(try answer("kill -PIPE $$; exit 1") == .unknown("ended by signal 13"))
    }

    @Test func manyAnswerInTheirOrder() throws {
        let file = try scripts.write("echo", "echo $1")
        let commands = (0..<20).map { ChildCommand(executable: file, arguments: ["\($0)"]) }
        #expect(ChildProcesses.answers(commands, seconds: 30) == (0..<20).map { .known("\($0)\n") })
    }

    private static func isZombie(_ pid: Int32) -> Bool {
        (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.contains(") Z ") ?? true
    }
}

/// Compilers on a search path.
struct CompilerTests {
    @Test(arguments: [
        ("gcc (Debian 12.2.0-14+deb12u1) 12.2.0", "12.2.0"),
        (
            "clang version 19.1.5 (https://github.com/llvm/llvm-project.git ab4b5a2db582958af1ee308a790cfdb42bd24720)",
            "19.1.5"
        ),
        ("Cuda compilation tools, release 12.4, V12.4.131", "12.4"),
        ("Swift version 6.3.1 (swift-6.3.1-RELEASE)", "6.3.1"), ("GNU Fortran (GCC) 15.3.0", "15.3.0"),
        ("rustc 1.95.0 (59807616e 2026-04-14)", "1.95.0"),
        ("Intel(R) oneAPI DPC++/C++ Compiler 2025.0.4 (2025.0.4.20241205)", "2025.0.4"),
        ("no number here", nil), ("12", nil), ("1..2", nil), ("", nil), ("version", nil),
    ])
    func theVersionInALine(_ line: String, _ version: String?) {
        #expect(CompilerProbe.version(inLine: line) == version)
    }

    @Test func eachIsFoundOnceAndAsked() throws {
        let (first, second) = (Scripts(), Scripts())
        try first.write("gcc", "echo 'gcc (Test) 9.8.7'; echo 'Copyright 1.2'")
        try second.write("gcc", "echo 'gcc 1.1.1'")
        try second.write("nvcc", "echo 'nvcc: NVIDIA (R) Cuda compiler driver'; echo 'tools, release 12.4, V12.4.131'")
        try second.write("clang", "exit 1")
        try second.write("swiftc", "printf 'Swift version 6.1\\033[31m x\\n'")
        let found = CompilerProbe.compilers(searchPath: "relative::/nonexistent:\(first.path):\(second.path)")
        #expect(found.map(\.name) == ["gcc", "clang", "swiftc", "nvcc"])
        #expect(found.map(\.version.value) == ["9.8.7", nil, "6.1", "12.4"])
        #expect(found[0].build == .known("gcc (Test) 9.8.7"))
        #expect(found[1].version == .unknown("asked, it ended with exit code 1"))
        #expect(found[2].build == .known("Swift version 6.1 [31m x"))
        // Where they lie may name a person.
        #expect(found.map(\.path) == found.map { .known($0.name) })
    }

    @Test func withoutDepthNoneIsStarted() throws {
        let reason = try #require(try Probe.machine().software.compilers.reason)
        #expect(reason.contains("--deep"))
        #expect(CompilerProbe.compilers(searchPath: "") == [])
    }
}

/// Libraries that are loaded and asked, in processes of their own, by a stand-in for the executable.
struct InquiryTests {
    private let scripts = Scripts()

    /// Probes with a library of our own named for `cblas`, and an inquirer that does as told.
    private func library(_ body: String) throws -> Library {
        let file = try scripts.write("libmine.so.1", "a library")
        let inquirer = try scripts.write("inquirer", body)
        let options = ProbeOptions(isDeep: true, libraries: ["cblas": file], inquirer: [inquirer, "library-info"])
        return try #require(LibraryProbe(SystemFiles(), options).libraries().first)
    }

    @Test func whatItSaysIsTaken() throws {
        let library = try library(#"echo "version: 1.2.3"; echo "build: $1 $2 ${3##*/} $OMP_NUM_THREADS""#)
        #expect(library.name == "BLAS, as chosen")
        #expect(library.version == .known("1.2.3"))
        #expect(library.build == .known("library-info blas libmine.so.1 1"))
        #expect(library.path == .known("libmine.so.1"))
    }

    @Test(arguments: [
        ("kill -SEGV $$", "asked, it ended by signal 11"), ("exit 70", "asked, it ended with exit code 70"),
        ("echo garbage; echo; echo :", "it has no function that tells"),
        (#"echo "problem: cannot be loaded: $3: wrong""#, "cannot be loaded: libmine.so.1: wrong"),
        (
            #"echo "problem: cannot be loaded: /home/person/libdep.so: undefined symbol: x""#,
            "cannot be loaded: libdep.so: undefined symbol: x"
        ),
    ])
    func whatGoesWrongCostsOnlyItsEntry(_ body: String, _ reason: String) throws {
        let library = try library(body)
        #expect(library.version == .unknown(reason))
        #expect(library.build == .unknown(reason))
        #expect(library.path == .known("libmine.so.1"))
    }

    @Test func hostileAnswersAreTamed() {
        let answer = LibraryAnswer(
            "version: 1.0\u{1B}[31m\u{202E}x\nbuild: \(String(repeating: "y", count: 5000))\nother: z")
        #expect(answer.version == "1.0 [31m x")
        #expect(answer.build?.count == 300)
        #expect(LibraryAnswer("version:\nbuild:  \n\n\n") == LibraryAnswer())
        let told = LibraryAnswer(version: "1\n2", build: nil, problem: "a\tb")
        #expect(told.lines == ["version: 1 2", "problem: a b"])
    }

    @Test func withoutAnInquirerNothingIsLoaded() throws {
        let file = try scripts.write("libmine.so.1", "a library")
        let deep = ProbeOptions(isDeep: true, libraries: ["onednn": file])
        let library = try #require(LibraryProbe(SystemFiles(), deep).libraries().first)
        #expect(library.build.reason?.contains("--deep") == true)
    }

    @Test func aCapturedMachineLoadsNothing() throws {
        let tree = try Fixtures.tree("intel-hybrid")
        let file = try scripts.write("libmine.so.1", "a library")
        let trace = "\(scripts.path)/trace"
        let inquirer = try scripts.write("inquirer", "touch \(trace)")
        let options = ProbeOptions(
            sysroot: tree.path, isDeep: true, libraries: ["onednn": file], inquirer: [inquirer])
        let software = try Probe.machine(options).software
        #expect(software.libraries.map(\.name) == ["hwloc", "libnuma", "oneDNN", "OpenBLAS", "OpenMP, GNU"])
        #expect(software.libraries.allSatisfy { $0.build == .unknown("not known from captured files") })
        #expect(software.compilers == .unknown("not known from captured files"))
        #expect(!FileManager.default.fileExists(atPath: trace))
    }

    /// Into this process: a library that cannot crash, and files that are none.
    @Test func aLibraryThatTellsNothingSaysSo() {
        #expect(LibraryInquiry.ask("libc.so.6", .blas) == LibraryAnswer())
        #expect(LibraryInquiry.ask("libm.so.6", .cuDNN) == LibraryAnswer())
        for family in LibraryFamily.allCases {
            #expect(LibraryInquiry.ask("/nonexistent/libx.so", family).problem?.hasPrefix("cannot be loaded") == true)
        }
    }
}
