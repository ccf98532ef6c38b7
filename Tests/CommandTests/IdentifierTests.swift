import Foundation
import TestSupport
import Testing

/// Identifiers over the whole of what the executable writes.
@Suite struct IdentifierTests {
    private static let planted = [
        "planted-host", "PLANTED", "deadbeef", "02:fe:ed:fa:ca:de", "02feedfacade", "0f0e0d0c0b0a0908", "pod3f2a",
        "0a1b2c3d4e5f", "session-2", "192.0.2.77", "2001:0db8", "02-fe-ed-fa-ca-de",
    ]

    private static let machines = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("ProbeTests/Fixtures/machines")

    private func tree(_ name: String) throws -> CapturedTree {
        let extra = """
            run/.containerenv:
            | name="planted-host"
            | id="0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
            | image="debian:12"
            """
        return try CapturedTree(
            file: Self.machines.appendingPathComponent("\(name).tree").path,
            extra: name == "intel-hybrid" ? extra : "")
    }

    @Test(
        arguments: ["intel-hybrid", "container", "amd-two-sockets-nps4"],
        [["--json"], [], ["--deep"], ["--deep", "--json"], ["--svg"], ["--xml"]])
    func noneIsWrittenUnasked(_ name: String, _ flags: [String]) throws {
        let tree = try tree(name)
        let probe = try Command.Running(["probe", "--sysroot", tree.path] + flags).wait()
        #expect(probe.status == 0)
        #expect(probe.output.count > 1000)
        for word in Self.planted + ["identifiers", "Identifiers"] {
            #expect(!probe.output.contains(word) && !probe.errors.contains(word), "\(word)")
        }
    }

    @Test func thoseWhoAskGetThem() throws {
        let tree = try tree("intel-hybrid")
        let arguments = ["probe", "--sysroot", tree.path, "--include-identifiers"]
        let json = try Command.Running(arguments + ["--json"]).wait()
        #expect(try SchemaValidator.named("machine").findings(Data(json.output.utf8)) == [])
        let machine = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let identifiers = try #require(machine["identifiers"] as? [[String: Any]])
        let names = identifiers.compactMap { $0["name"] as? String }
        for name in [
            "hostName", "machineId", "productSerial", "productUuid", "boardSerial", "kernelCommandLine",
            "containerId", "containerName", "networkAddress",
        ] { #expect(names.contains(name), "\(name)") }
        let text = try Command.Running(arguments).wait().output
        for word in ["planted-host", "PLANTED-SERIAL-1", "192.0.2.77", "02:fe:ed:fa:ca:de"] {
            #expect(text.contains(word), "\(word)")
        }
    }

    /// Of this machine, through a run to its bundle and its sheets.
    @Test func aRunHasThemOnlyOnRequest() throws {
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"], processes: 1).utf8).write(to: URL(fileURLWithPath: suite))
        func files(_ flags: [String]) throws -> [String: String] {
            let output = directory.path + "/run\(flags.count)"
            let run = try Command.Running(["run", suite, "--output", output] + flags).wait()
            #expect(run.status == 0, "\(run.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: output)
            return names.reduce(into: [:]) { files, name in
                files[name] = try? String(contentsOfFile: "\(output)/\(name)", encoding: .utf8)
            }
        }
        for (name, text) in try files([]) {
            #expect(!text.contains("identifiers\" :") && !text.contains("kernelCommandLine\",\"value"), "\(name)")
            #expect(!text.contains("Recorded because they were asked for"), "\(name)")
        }
        let asked = try files(["--include-identifiers"])
        let bundle = try #require(asked["bundle.json"])
        #expect(bundle.contains("\"identifiers\" :"))
        #expect(try SchemaValidator.named("bundle").findings(Data(bundle.utf8)) == [])
        #expect(asked["datasheet.md"]?.contains("Recorded because they were asked for") == true)
        #expect(asked["datasheet.html"]?.contains("hostName") == true)
    }

    @Test func aResumedRunKeepsWhatItBeganWith() throws {
        #expect(try Command.run("run", "--resume", "--include-identifiers").status == 64)
    }
}

/// The hidden command that loads one library.
@Suite struct LibraryInfoTests {
    @Test func aLibraryThatCannotBeLoadedIsAnAnswer() throws {
        let info = try Command.run("library-info", "blas", "/nonexistent/libx.so")
        #expect(info.status == 0)
        #expect(info.output.hasPrefix("problem: cannot be loaded"))
        #expect(try Command.run("library-info", "no-such-family", "x").status == 64)
    }

    @Test func whatALibraryPrintsIsNoAnswer() throws {
        let stub = try Stub(
            """
            #include <stdio.h>
            __attribute__((constructor)) static void begin(void) { puts("version: 6.6.6"); fflush(stdout); }
            const char *openblas_get_config(void) { return "OpenBLAS 0.3.99 DYNAMIC_ARCH Test\\x1b[31m"; }
            const char *openblas_get_corename(void) { return "Testwell"; }
            int openblas_get_parallel(void) { return 2; }
            """)
        let info = try Command.run("library-info", "blas", stub.path)
        #expect(
            info.output
                == "version: 0.3.99\nbuild: OpenBLAS 0.3.99 DYNAMIC_ARCH Test [31m, core Testwell, OpenMP\n")
    }

    static let others: [(String, String, String)] = [
        (
            "oneDNN",
            """
            typedef struct { int a, b, c; const char *hash; unsigned cpu, gpu; } v;
            const v *dnnl_version(void) { static v x = {3, 7, 2, "abc123", 2, 0}; return &x; }
            """, "version: 3.7.2\nbuild: CPU runtime OpenMP, GPU runtime none, commit abc123\n"
        ),
        (
            "blas",
            """
            #include <stdio.h>
            void MKL_Get_Version_String(char *t, int n) {
                snprintf(t, n, "Intel(R) oneAPI Math Kernel Library Version 2024.1-Product Build 20240215   "); }
            """,
            "version: 2024.1\nbuild: Intel(R) oneAPI Math Kernel Library Version 2024.1-Product Build 20240215\n"
        ),
        (
            "blas",
            """
            const char *bli_info_get_version_str(void) { return "AOCL-BLAS 4.2.0 Build 20240304"; }
            int bli_arch_query_id(void) { return 7; }
            const char *bli_arch_string(int id) { return id == 7 ? "zen4" : "wrong"; }
            """, "version: 4.2.0\nbuild: AOCL-BLAS 4.2.0 Build 20240304, kernels for zen4\n"
        ),
        (
            "blas",
            "void armplversion(int *a, int *b, int *c, const char **t) { *a = 24; *b = 10; *c = 1; *t = \"rel\"; }",
            "version: 24.10.1\nbuild: rel\n"
        ),
        ("cudaRuntime", "int cudaRuntimeGetVersion(int *v) { *v = 12040; return 0; }", "version: 12.4\n"),
        ("cudaRuntime", "int cudaRuntimeGetVersion(int *v) { return 35; }", ""),
        (
            "cuDNN",
            """
            #include <stddef.h>
            int cudnnGetProperty(int what, int *v) { int all[] = {9, 1, 0}; *v = all[what]; return 0; }
            size_t cudnnGetCudartVersion(void) { return 12040; }
            """, "version: 9.1.0\nbuild: for CUDA runtime 12.4\n"
        ),
        ("nccl", "int ncclGetVersion(int *v) { *v = 22105; return 0; }", "version: 2.21.5\n"),
        ("hip", "int hipRuntimeGetVersion(int *v) { *v = 60140091; return 0; }", "version: 6.1\n"),
    ]

    @Test(arguments: others) func eachFamilyIsAskedInItsWay(_ family: String, _ source: String, _ answer: String) throws
    {
        let stub = try Stub(source)
        let info = try Command.run("library-info", family, stub.path)
        #expect(info.output == answer)
        #expect(info.status == 0)
    }

    /// Through the whole: a library that crashes costs only its own entry.
    @Test(arguments: [
        ("const char *openblas_get_config(void) { return \"OpenBLAS 0.3.99 Test\"; }", "OpenBLAS 0.3.99 Test"),
        ("#include <stdlib.h>\nconst char *openblas_get_config(void) { abort(); }", "asked, it ended by signal 6"),
    ])
    func aDeepProbeAsksTheLibraryThatWasNamed(_ source: String, _ told: String) throws {
        let stub = try Stub(source)
        let probe = try Command.Running(["probe", "--deep", "--json"], environment: ["ASSAY_CBLAS": stub.path]).wait()
        #expect(probe.status == 0)
        let machine = try JSONSerialization.jsonObject(with: Data(probe.output.utf8)) as? [String: Any]
        let software = try #require(machine?["software"] as? [String: Any])
        let libraries = try #require(software["libraries"] as? [[String: Any]])
        let chosen = try #require(libraries.first { $0["name"] as? String == "BLAS, as chosen" })
        let build = chosen["build"] as? String ?? (chosen["build"] as? [String: String])?["unknown"]
        #expect(build == told)
        #expect(libraries.contains { $0["name"] as? String == "hwloc" })
        #expect(software["compilers"] is [Any])
        // Its folder is a person's.
        #expect(chosen["path"] as? String == "libstub.so")
    }

    /// A shared library made from a few lines of C.
    private struct Stub {
        let folder: TemporaryDirectory
        var path: String { folder.path + "/libstub.so" }

        init(_ source: String) throws {
            folder = try TemporaryDirectory()
            try Data(source.utf8).write(to: URL(fileURLWithPath: folder.path + "/stub.c"))
            let compiler = Process()
            compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            compiler.arguments = ["cc", "-w", "-shared", "-fPIC", "-o", path, folder.path + "/stub.c"]
            try compiler.run()
            compiler.waitUntilExit()
            try #require(compiler.terminationStatus == 0, "cc cannot build the stub")
        }
    }
}
