import ArgumentParser
import Kernels
import Measure
import Model
import Probe

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// The measuring child. Hidden: its input and output belong to the coordinator.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Measures one case; started by run.", shouldDisplay: false)

    func run() throws { try Self.work() }

    static func work() throws {
        preferThisProcessWhenMemoryEnds()
        reserveOutput()
        guard let line = Self.readLine(), let job = try? JSON.decode(WorkerJob.self, from: line) else {
            throw RecordError(
                .badInput, path: "standard input", problem: "no job; this command is started by assay run")
        }
        // The coordinator keeps its end open. When it closes, the coordinator is gone, and nobody reads what we measure.
        BlockedThread.start(reading: 0) { _exit(0) }
        let worker = Worker(
            clock: MonotonicRawClock(),
            make: { planned, seed throws(WorkerRefusal) in
                try Self.make(planned, seed, job)
            }, bind: Self.bind, emit: Self.emit)
        worker.run(job)
        // Straight out: libraries' destructors have nothing to tell, and some of them hang.
        _exit(0)
    }

    private static func make(_ planned: Case, _ seed: UInt64, _ job: WorkerJob) throws(WorkerRefusal)
        -> any Runnable
    {
        var options = KernelOptions(instructionSet: job.instructionSet)
        for (name, path) in job.libraries {
            if let backend = Backend(rawValue: name) { options.libraries[backend] = path }
        }
        // Before anything is allocated. What is said to lie on a node lies there, or nothing is measured.
        do { try Binding.bindMemory(planned.placement.memory) } catch { throw .unavailable("\(error)") }
        do {
            return try Kernels.make(planned, seed: seed, options: options)
        } catch {
            switch error {
            case .unavailable(let reason): throw .unavailable(reason)
            case .failed(let reason): throw .failed(reason)
            }
        }
    }

    private static func bind(_ units: [Int]) -> Result<[Int], BindingRefusal> {
        guard !units.isEmpty else { return .failure(BindingRefusal(reason: "no processing units were planned")) }
        do {
            return .success(try Binding.bind(toProcessingUnits: units))
        } catch {
            return .failure(BindingRefusal(reason: "not bound: \(error)"))
        }
    }

    private static func emit(_ event: WorkerEvent) {
        guard let data = try? JSON.line(event) else { return }
        var offset = 0
        while offset < data.count {
            let count = data.withUnsafeBytes { write(output, $0.baseAddress.map { $0 + offset }, data.count - offset) }
            if count <= 0, errno != EINTR { _exit(0) }
            offset += max(count, 0)
        }
    }

    /// The job's line, byte by byte: what follows it on standard input is not ours to take.
    private static func readLine() -> Data? {
        var line = Data()
        var byte: UInt8 = 0
        while line.count < 1 << 20 {
            let count = read(0, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return nil }
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
        return nil
    }

    /// Takes standard output for ourselves and gives libraries, which may print, standard error instead.
    private static func reserveOutput() {
        let own = fcntl(1, F_DUPFD_CLOEXEC, 3)
        guard own >= 0, dup2(2, 1) >= 0 else { return }
        output = own
    }

    /// Where events go. Set once, before anything else runs.
    nonisolated(unsafe) private static var output: Int32 = 1

    /// When memory runs out the kernel should end the worker, which costs one case, not the coordinator.
    private static func preferThisProcessWhenMemoryEnds() {
        let descriptor = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = write(descriptor, "1000", 4)
        close(descriptor)
    }
}
