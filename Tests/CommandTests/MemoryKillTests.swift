import Foundation
import Model
import Record
import TestSupport
import Testing

/// A control group with a memory limit, where this machine lets us make one.
private struct MemoryGroup {
    let path: String
    private let limitFile: String

    /// Version 1 and version 2 differ in where they lie and what the limit is called.
    private static let kinds = [("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")]

    static func make(bytes: Int) -> MemoryGroup? {
        for (root, limit) in kinds {
            let path = root + "/assay-test-\(ProcessInfo.processInfo.processIdentifier)"
            guard mkdir(path, 0o755) == 0 else { continue }
            let group = MemoryGroup(path: path, limitFile: path + "/" + limit)
            if (try? "\(bytes)".write(toFile: group.limitFile, atomically: false, encoding: .utf8)) != nil {
                return group
            }
            group.remove()
        }
        return nil
    }

    func remove() { rmdir(path) }

    static let isPossible: Bool = {
        guard let group = make(bytes: 1 << 30) else { return false }
        group.remove()
        return true
    }()
}

@Suite struct MemoryKillTests {
    /// A worker that takes all the memory there is: the kernel ends it, not the coordinator, and one case is lost.
    @Test(.enabled(if: MemoryGroup.isPossible, "no control group can be made here"))
    func aWorkerKilledForMemoryFailsItsCaseAlone() throws {
        let group = try #require(MemoryGroup.make(bytes: 300 << 20))
        defer { group.remove() }
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["allocate", "none"], hang: "30s").utf8).write(to: URL(fileURLWithPath: suite))
        let output = directory.path + "/run"
        let run = try Command.run("run", suite, "--output", output, shell: "echo $$ > \(group.path)/cgroup.procs;")
        #expect(run.status == 0, "\(run.status) \(run.errors)")
        let bundle = try BundleFiles.read(output).bundle
        let killed = try #require(bundle.measurements.first { $0.case.workload.hasPrefix("null-allocate") })
        #expect(killed.status == .failed)
        #expect(
            killed.reason?.hasPrefix("signal 9 (SIGKILL): killed for lack of memory") == true,
            "\(killed.reason ?? "")")
        let other = try #require(bundle.measurements.first { $0.case.workload.hasPrefix("null-none") })
        #expect(other.processes == 3)
    }
}
