import Model
import Testing

@testable import Measure

/// What is made of a worker's end.
@Suite struct WorkerReportTests {
    private let report = WorkerReport(case: "c", process: 0, paths: ["my lib/x.so"])

    private func outcome(_ exit: WorkerExit, _ message: String = "", starved: Bool) -> ProcessRecord.Outcome {
        report.outcome(.success((exit, message)), starved: starved)
    }

    /// Lack of memory is named where the kernel killed for it, and of no other end.
    @Test func onlyAKillForLackOfMemoryIsOne() {
        #expect(
            outcome(.signalled(9), starved: true) == .failed("signal 9 (SIGKILL): killed for lack of memory"))
        #expect(outcome(.signalled(9), starved: false) == .failed("signal 9 (SIGKILL)"))
        #expect(outcome(.signalled(9), "bad thing", starved: false) == .failed("signal 9 (SIGKILL): bad thing"))
        #expect(outcome(.signalled(11), starved: true) == .failed("signal 11 (SIGSEGV)"))
        #expect(outcome(.hung, starved: true) == .failed("hung: no end within its time; killed"))
        #expect(outcome(.exited(7), starved: true) == .failed("exit code 7 before its end"))
    }

    /// What a worker says becomes part of a bundle.
    @Test func noFolderOfAPersonIsRecorded() {
        #expect(
            outcome(.exited(1), "/home/planted/y.so: undefined symbol: f", starved: false)
                == .failed("exit code 1 before its end: …/y.so: undefined symbol: f"))
        var refused = report
        _ = refused.take(.skipped(reason: "oneDNN cannot be used: my lib/x.so: cannot open shared object file"))
        #expect(
            refused.outcome(.success((.exited(0), "")), starved: false)
                == .skipped("oneDNN cannot be used: …/x.so: cannot open shared object file"))
    }
}
