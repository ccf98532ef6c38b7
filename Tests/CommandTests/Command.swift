import Foundation
import Testing

/// The executable that was built beside these tests, run as a user would.
struct Command {
    var output: String
    var errors: String
    /// Exit code; negative for the signal that ended it.
    var status: Int32

    /// Tests lie in `….xctest` in the folder where the executable is.
    static var executable: String {
        let runner = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
        return runner.appendingPathComponent("assay").path
    }

    /// No test writes a history where the user's is.
    static let dataHome = FileManager.default.temporaryDirectory
        .appendingPathComponent("assay-tests-\(ProcessInfo.processInfo.processIdentifier)").path

    /// Runs to the end.
    static func run(_ arguments: String..., shell: String? = nil, environment: [String: String] = [:]) throws -> Command
    {
        let running = try Running(arguments, shell: shell, environment: environment)
        return running.wait()
    }

    /// A command that goes on while the test does something to it.
    final class Running {
        let process = Process()
        private let output = Pipe()
        private let errors = Pipe()
        private let collected = Collected()

        /// - Parameter shell: a prefix run by /bin/sh before the command: `ulimit -f 8;`.
        init(_ arguments: [String], shell: String? = nil, environment: [String: String] = [:]) throws {
            if let shell {
                process.executableURL = URL(fileURLWithPath: "/bin/sh")
                process.arguments = ["-c", shell + " exec \"$0\" \"$@\"", Command.executable] + arguments
            } else {
                process.executableURL = URL(fileURLWithPath: Command.executable)
                process.arguments = arguments
            }
            // Where the tests run on a cloud, its metadata service is none of their business.
            let own = [
                "ASSAY_TEST_NULL": "1", "ASSAY_METADATA_ENDPOINT": "http://127.0.0.1:1",
                "ASSAY_METADATA_TIMEOUT": "20000",
                // Nor the profile of the machine they run on, nor its history.
                "XDG_STATE_HOME": "/nonexistent", "XDG_DATA_HOME": Command.dataHome,
            ]
            process.environment = ProcessInfo.processInfo.environment.merging(own) { $1 }
                .merging(environment) { $1 }
            process.standardOutput = output
            process.standardError = errors
            process.standardInput = FileHandle.nullDevice
            collected.read(output, errors)
            try process.run()
        }

        func wait() -> Command {
            process.waitUntilExit()
            let (out, err) = collected.wait()
            let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
            return Command(output: out, errors: err, status: status)
        }
    }

    /// Reads both pipes on threads of their own, so that neither fills up.
    private final class Collected: @unchecked Sendable {
        private let group = DispatchGroup()
        private let lock = NSLock()
        private var texts: [Int: Data] = [:]

        func read(_ pipes: Pipe...) {
            for (index, pipe) in pipes.enumerated() {
                group.enter()
                let handle = pipe.fileHandleForReading
                Thread.detachNewThread { [self] in
                    let data = handle.readDataToEndOfFile()
                    lock.withLock { texts[index] = data }
                    group.leave()
                }
            }
        }

        func wait() -> (String, String) {
            group.wait()
            return lock.withLock {
                (
                    String(decoding: texts[0] ?? Data(), as: UTF8.self),
                    String(decoding: texts[1] ?? Data(), as: UTF8.self)
                )
            }
        }
    }
}

/// Processes of this machine, from /proc.
enum Processes {
    static func children(of parent: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { pid in
            guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let end = stat.lastIndex(of: ")")
            else { return false }
            let fields = stat[stat.index(after: end)...].split(separator: " ")
            return fields.count > 1 && Int32(fields[1]) == parent
        }
    }

    /// Whether `pid` measures for a run.
    static func isWorker(_ pid: Int32) -> Bool {
        (try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8))?.split(separator: "\0").last == "worker"
    }

    /// Whether `pid` is there and not merely waiting to be reaped.
    static func isAlive(_ pid: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return false }
        return stat[stat.index(after: end)...].split(separator: " ").first != "Z"
    }

    /// Waits until `condition` holds; a test that waits in vain fails.
    static func wait(seconds: Double = 20, _ what: String, until condition: () -> Bool) {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if condition() { return }
            Thread.sleep(forTimeInterval: 0.02)
        }
        Issue.record("waited \(seconds) s in vain: \(what)")
    }
}

/// Suites of null workloads, whose faults are as told.
enum NullSuite {
    /// One whose medians hold on a busy machine: its samples are so short that few of them are cut in two by other work, and
    /// there are hundreds.
    static let steady = """
        workloads:
          - {name: null-none, kernel: "null", shape: {nanoseconds: 20000, fault: none}}
        suite: nulls
        rules: {processes: 10, maximumProcesses: 10, processTime: 100ms, sampleTime: 0.2ms, hangTime: 20s, sampleTarget: 0.0001%, rerunShare: 0}
        cases:
          - {workload: null-none, threads: [1]}
        """

    static func yaml(_ faults: [String], processes: Int = 3, time: String = "40ms", hang: String = "2s") -> String {
        let workloads = faults.map {
            "  - {name: null-\($0), kernel: \"null\", shape: {nanoseconds: 100000, fault: \($0)}}"
        }
        let cases = faults.map { "  - {workload: null-\($0), threads: [1]}" }
        return """
            workloads:
            \(workloads.joined(separator: "\n"))
            suite: nulls
            rules: {processes: \(processes), maximumProcesses: \(processes), processTime: \(time), sampleTime: 1ms, hangTime: \(hang), sampleTarget: 0.0001%, rerunShare: 0}
            cases:
            \(cases.joined(separator: "\n"))
            """
    }
}
