import DynamicLibrary
import Foundation
import Testing

/// A small library with two functions, compiled into a folder of its own.
private struct Stub {
    let folder: URL
    var path: String { folder.appendingPathComponent("libstub.so").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-stub-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let source = folder.appendingPathComponent("stub.c")
        try Data("int stub_answer(void) { return 42; }\nint stub_twice(int x) { return 2 * x; }\n".utf8).write(
            to: source)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-o", path, source.path]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0, "cc cannot build the stub")
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}

@Suite struct DynamicLibraryTests {
    typealias Answer = @convention(c) () -> Int32
    typealias Twice = @convention(c) (Int32) -> Int32

    @Test func callsFunctionsAndNamesTheFile() throws {
        let stub = try Stub()
        defer { stub.remove() }
        let library = try DynamicLibrary(Candidates(names: ["libassay-no-such.so", stub.path]))
        #expect(library.name == stub.path)
        #expect(try library.function("stub_answer", as: Answer.self)() == 42)
        #expect(try library.function("stub_twice", as: Twice.self)(21) == 42)
        let real = URL(fileURLWithPath: stub.path).resolvingSymlinksInPath().path
        #expect(library.path(of: "stub_answer") == real)
    }

    @Test func aLinkIsResolvedToTheFileBehindIt() throws {
        let stub = try Stub()
        defer { stub.remove() }
        let link = stub.folder.appendingPathComponent("liblink.so").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: stub.path)
        let library = try DynamicLibrary(Candidates(names: [link]))
        #expect(library.path(of: "stub_answer")?.hasSuffix("/libstub.so") == true)
    }

    @Test func anAbsentSymbolIsItsOwnError() throws {
        let stub = try Stub()
        defer { stub.remove() }
        let library = try DynamicLibrary(Candidates(names: [stub.path]))
        #expect(throws: LibraryError.symbolAbsent(symbol: "stub_missing", library: stub.path)) {
            try library.function("stub_missing", as: Answer.self)
        }
        #expect(library.optional("stub_missing", as: Answer.self) == nil)
        #expect(library.path(of: "stub_missing") == nil)
    }

    @Test func anAbsentLibraryTellsEveryNameTried() throws {
        let names = ["libassay-no-such-1.so", "/no/such/folder/libassay-no-such-2.so"]
        do throws(LibraryError) {
            _ = try DynamicLibrary(Candidates(names: names))
            Issue.record("opened what does not exist")
        } catch {
            guard case .absent(let attempts) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(attempts.map(\.name) == names)
            #expect(attempts.allSatisfy { $0.problem.contains("No such file") })
            for name in names { #expect(error.description.contains(name)) }
        }
    }

    @Test func aFileThatIsNoLibraryIsAnError() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString).so")
        try Data("no library".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(throws: LibraryError.self) { try DynamicLibrary(Candidates(names: [file.path])) }
    }
}

/// One at a time: they change the environment of the process.
@Suite(.serialized) struct CandidatesTests {
    private let variable = "ASSAY_TEST_CANDIDATES"

    @Test func whoNamesALibraryGetsThatOneAlone() {
        setenv(variable, "/from/environment.so", 1)
        defer { unsetenv(variable) }
        let known = ["libknown.so.1"]
        #expect(Candidates(path: "/given.so", variable: variable, wellKnown: known).names == ["/given.so"])
        #expect(Candidates(path: nil, variable: variable, wellKnown: known).names == ["/from/environment.so"])
    }

    @Test func anEmptyNameIsNone() {
        setenv(variable, "", 1)
        defer { unsetenv(variable) }
        #expect(Candidates(path: "", variable: variable, wellKnown: ["libknown.so.1"]).names == ["libknown.so.1"])
    }
}
