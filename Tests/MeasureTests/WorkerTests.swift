import Measure
import Model
import TestSupport
import Testing

private func run(
    _ runnable: @escaping (FakeClock) -> NullRunnable, refusal: WorkerRefusal? = nil, binds: Bool = true
) -> [WorkerEvent] {
    let clock = FakeClock()
    var events: [WorkerEvent] = []
    let worker = Worker(
        clock: clock,
        make: { _, _ throws(WorkerRefusal) in
            if let refusal { throw refusal }
            return runnable(clock)
        }, bind: { binds ? .success($0) : .failure(BindingRefusal(reason: "not bound: refused")) },
        emit: { events.append($0) })
    worker.run(WorkerJob(planned: SampleRun.matmul, seed: 1, rules: rules(maximum: 5120), clockReadCost: 0))
    return events
}

@Suite struct WorkerTests {
    @Test func tellsInOrder() {
        let events = run { NullRunnable($0) { _ in 2_000_000 } }
        guard case .ready(let setUp) = events[0], case .checked = events[1], case .begins = events[2],
            case .samples(let timings) = events[3],
            case .timed(let windows) = events[4], case .finished(let sampling, let usage) = events[5]
        else {
            Issue.record("\(events)")
            return
        }
        #expect(events.count == 6)
        #expect(setUp.boundTo == [0])
        #expect(timings.count == sampling.samples)
        // On this clock nothing passes between batches, so windows are as long as what was timed in them.
        #expect(windows.count == 1)
        let timed = timings.reduce(0) { $0 + $1.seconds }
        #expect(abs(windows.reduce(0) { $0 + Double($1.end - $1.start) * 1e-9 } - timed) < 1e-6)
        #expect(usage.peakMemory > 0)
    }

    @Test func aWrongResultIsNeverTimed() {
        let events = run {
            let runnable = NullRunnable($0) { _ in 2_000_000 }
            runnable.checkResult = Check(error: .nan, bound: 1e-6, compared: 1, coverage: "all")
            return runnable
        }
        guard case .failed(let reason)? = events.last else {
            Issue.record("\(events)")
            return
        }
        #expect(reason.contains("wrong result"))
        #expect(!events.contains { if case .samples = $0 { true } else { false } })
    }

    @Test func aFailureWhileTimedFailsTheCase() {
        let events = run {
            let runnable = NullRunnable($0) { _ in 2_000_000 }
            runnable.failure = "oneDNN refused"
            return runnable
        }
        #expect(events.last == .failed(reason: "oneDNN refused"))
        #expect(!events.contains { if case .finished = $0 { true } else { false } })
    }

    @Test func refusalsCarryTheirReason() {
        #expect(
            run({ NullRunnable($0) { _ in 1 } }, refusal: .unavailable("no AMX")) == [.skipped(reason: "no AMX")])
        #expect(run({ NullRunnable($0) { _ in 1 } }, refusal: .failed("bad")) == [.failed(reason: "bad")])
    }

    @Test func runningUnboundIsNoted() {
        let events = run({ NullRunnable($0) { _ in 2_000_000 } }, binds: false)
        guard case .ready(let setUp)? = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(setUp.boundTo == nil)
        #expect(setUp.notes == ["not bound: refused"])
    }

    @Test func pagesAreTold() {
        let events = run {
            let runnable = NullRunnable($0) { _ in 2_000_000 }
            runnable.pages = PageUse(bytes: 4096, hugeBytes: 0)
            return runnable
        }
        guard case .ready(let setUp)? = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(setUp.pages == PageUse(bytes: 4096, hugeBytes: 0))
    }

    @Test func linesStayShort() {
        var state: UInt64 = 1
        let events = run {
            NullRunnable($0) { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1
                return 1_000_000 + state >> 44
            }
        }
        for case .samples(let timings) in events { #expect(timings.count <= 256) }
    }

    @Test func librariesHearOnlyWhatThePlanSays() {
        let changes = WorkerEnvironment.changes(
            for: SampleRun.plannedCase("x", .matmul, .matmul(MatmulShape(m: 1, n: 1, k: 1)), threads: 2),
            inherited: ["OMP_NUM_THREADS", "OMP_SCHEDULE", "DNNL_VERBOSE", "MKL_THREADING_LAYER", "HOME", "PATH"])
        #expect(changes["OMP_NUM_THREADS"] == "2")
        #expect(changes["OMP_PLACES"] == "{0},{1}")
        #expect(changes["OMP_SCHEDULE"] == .some(nil))
        #expect(changes["DNNL_VERBOSE"] == .some(nil))
        #expect(changes["MKL_THREADING_LAYER"] == .some(nil))
        #expect(changes["HOME"] == nil)
        #expect(changes["OPENBLAS_CORETYPE"] == nil)
    }

    @Test func librariesAreKeptToAnInstructionSet() {
        let planned = SampleRun.plannedCase("x", .matmul, .matmul(MatmulShape(m: 1, n: 1, k: 1)))
        let changes = WorkerEnvironment.changes(
            for: planned, instructionSet: "avx2", inherited: ["OPENBLAS_CORETYPE", "MKL_ENABLE_INSTRUCTIONS"])
        #expect(changes["OPENBLAS_CORETYPE"] == "Haswell")
        #expect(changes["MKL_ENABLE_INSTRUCTIONS"] == "AVX2")
        let other = WorkerEnvironment.changes(for: planned, instructionSet: "asimd", inherited: [])
        #expect(other["BLIS_ARCH_TYPE"] == nil)
    }
}
