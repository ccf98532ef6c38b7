import Foundation
import TestSupport
import Testing

/// Files that may not be read, as anybody but root meets them.
@Suite struct ForbiddenFilesTests {
    /// In whose place root runs a command; others run it as they are.
    private static let become =
        geteuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []

    private static let files = [
        "proc/cpuinfo", "proc/meminfo", "proc/self/status", "etc/os-release", "sys/class/dmi/id/sys_vendor",
        "sys/kernel/mm/transparent_hugepage/enabled", "sys/devices/system/cpu/cpufreq/policy0/scaling_governor",
        "sys/fs/cgroup/user.slice/cpu.max", "sys/devices/system/cpu/cpu0/cache/index2/size",
        "sys/devices/system/cpu/cpu0/topology/core_id", "sys/devices/system/node/node0/meminfo",
    ]

    private static func run(_ arguments: [String]) throws -> Command {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = become + [Command.executable] + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Command(output: text, errors: "", status: process.terminationStatus)
    }

    /// Whether nobody gets to the executable and to the tree at all.
    private static let isPossible = (try? run(["--version"]).status) == 0

    @Test(.enabled(if: isPossible, "nobody else may run the executable here"))
    func whatMayNotBeReadIsUnknownWithThatReason() throws {
        let machines =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
            + "/ProbeTests/Fixtures/machines/intel-hybrid.tree"
        let tree = try CapturedTree(file: machines)
        for file in Self.files { chmod("\(tree.path)/\(file)", 0) }
        let probe = try Self.run(["probe", "--json", "--sysroot", tree.path])
        #expect(probe.status == 0)
        for file in [
            "/proc/cpuinfo", "/proc/meminfo", "/etc/os-release", "/sys/kernel/mm/transparent_hugepage/enabled",
        ] {
            #expect(probe.output.contains("\"\(file): Permission denied"), "\(file)")
        }
        #expect(try SchemaValidator.named("machine").findings(Data(probe.output.utf8)) == [])
        let doctor = try Self.run(["doctor", "--json", "--sysroot", tree.path])
        #expect([0, 1].contains(doctor.status))
    }
}
