public import Model

#if canImport(Glibc)
    import Glibc
#endif

/// Why a workload was not made.
public enum WorkerRefusal: Error {
    /// This machine cannot run it.
    case unavailable(String)
    case failed(String)
}

/// The child's part: make one workload ready, check it, sample it, tell.
public struct Worker<Clock: TimeSource> {
    let clock: Clock
    let started: UInt64
    let make: (Case, UInt64) throws(WorkerRefusal) -> any Runnable
    /// Binds the process to processing units and returns those in force, or says why not.
    let bind: ([Int]) -> Result<[Int], BindingRefusal>
    let emit: (WorkerEvent) -> Void

    public init(
        clock: Clock, make: @escaping (Case, UInt64) throws(WorkerRefusal) -> any Runnable,
        bind: @escaping ([Int]) -> Result<[Int], BindingRefusal>, emit: @escaping (WorkerEvent) -> Void
    ) {
        self.clock = clock
        started = clock.now()
        self.make = make
        self.bind = bind
        self.emit = emit
    }

    public func run(_ job: WorkerJob) {
        var notes: [String] = []
        var bound: [Int]?
        switch bind(job.planned.placement.processingUnits) {
        case .success(let units): bound = units
        case .failure(let refusal): notes.append(refusal.reason)
        }
        let runnable: any Runnable
        do {
            runnable = try make(job.planned, job.seed)
        } catch {
            switch error {
            case .unavailable(let reason): return emit(.skipped(reason: reason))
            case .failed(let reason): return emit(.failed(reason: reason))
            }
        }
        let check = runnable.check()
        emit(
            .ready(
                WorkerSetUp(
                    work: runnable.work, implementation: runnable.implementation,
                    seconds: Double(clock.now() &- started) * 1e-9, boundTo: bound, notes: notes,
                    pages: runnable.pages, reorder: runnable.reorder)))
        emit(.checked(check: check))
        guard check.passes else {
            return emit(.failed(reason: "wrong result: error \(check.error) exceeds the bound \(check.bound)"))
        }
        if let settings = job.planned.scenarioSettings {
            issue(runnable, job, settings)
        } else {
            sample(runnable, job)
        }
    }

    /// The scenario, whole.
    private func issue(_ runnable: any Runnable, _ job: WorkerJob, _ settings: ScenarioSettings) {
        let wanted = job.planned.processSeconds(job.rules)
        // A time limit shortens search and traffic alike.
        let share = wanted > 0 ? min(job.rules.processSeconds / wanted, 1) : 1
        let order =
            job.traffic
            ?? TrafficOrder(
                role: .measure, rate: settings.targetRate, scheduleSeed: UInt32(truncatingIfNeeded: job.seed))
        let isSearch = order.role == .search
        let meter = TrafficMeter(
            clock: clock, scenario: job.planned.scenario, settings: settings, order: order,
            duration: settings.minimumDuration * share,
            searchSeconds: isSearch ? (settings.searchSeconds ?? 0) * share : 0,
            probed: { emit(.probed(probe: $0)) }, begins: { emit(.begins) })
        let before = ResourceUsage()
        let start = clock.now()
        let outcome = meter.measure(runnable)
        let after = ResourceUsage()
        emit(.traffic(report: outcome.traffic))
        if let failure = runnable.failure ?? outcome.failure { return emit(.failed(reason: failure)) }
        let samples = outcome.traffic.samplesPerQuery
        var rest = outcome.latencies[...]
        while !rest.isEmpty {
            emit(.samples(timings: rest.prefix(256).map { Timing(seconds: Double($0) * 1e-9, iterations: samples) }))
            rest = rest.dropFirst(256)
        }
        emit(.timed(windows: [outcome.window]))
        emit(
            .finished(
                sampling: Sampling(
                    stop: outcome.traffic.end == .complete ? .traffic : .timeCap, samples: outcome.latencies.count,
                    warmup: 0, seriallyDependent: false, notes: []),
                usage: WorkerUsage(before, after, seconds: Double(clock.now() &- start) * 1e-9)))
    }

    private func sample(_ runnable: any Runnable, _ job: WorkerJob) {
        let sampler = Sampler(clock: clock, rules: job.rules, readCost: job.clockReadCost)
        var windows: [ClockWindow] = []
        let threads = ThreadCounters()
        let before = ResourceUsage()
        let start = clock.now()
        let sampling = sampler.sample(runnable, begin: { emit(.begins) }) { stretch in
            windows.append(ClockWindow(endingAt: clock.now(), stretch))
            // Lines stay short, so that a reader needs no large buffer.
            var rest = stretch
            while !rest.isEmpty {
                emit(.samples(timings: Array(rest.prefix(256))))
                rest = rest.dropFirst(256)
            }
        }
        let after = ResourceUsage()
        let moved = ThreadCounters().since(threads)
        if let failure = runnable.failure { return emit(.failed(reason: failure)) }
        emit(.timed(windows: windows))
        emit(
            .finished(
                sampling: sampling,
                usage: WorkerUsage(before, after, seconds: Double(clock.now() &- start) * 1e-9, moved: moved)))
    }
}

/// Why a process could not be bound; it runs unbound, and that is noted.
public struct BindingRefusal: Error {
    public var reason: String
    public init(reason: String) { self.reason = reason }
}

struct ResourceUsage {
    let cpuSeconds: Double
    let peakMemory: UInt64
    let involuntarySwitches: Int
    let majorFaults: Int
    let minorFaults: Int

    init() {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #endif
        let times = [usage.ru_utime, usage.ru_stime]
        cpuSeconds = times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6 }
        peakMemory = UInt64(max(usage.ru_maxrss, 0)) * 1024
        involuntarySwitches = usage.ru_nivcsw
        majorFaults = usage.ru_majflt
        minorFaults = usage.ru_minflt
    }
}

extension WorkerUsage {
    /// Between two readings, while sampling took `seconds`.
    fileprivate init(
        _ before: ResourceUsage, _ after: ResourceUsage, seconds: Double,
        moved: (migrations: Int?, waitingSeconds: Double?) = (nil, nil)
    ) {
        self.init(
            cpuSeconds: after.cpuSeconds, samplingSeconds: seconds, peakMemory: after.peakMemory,
            involuntarySwitches: after.involuntarySwitches - before.involuntarySwitches,
            majorFaults: after.majorFaults - before.majorFaults, minorFaults: after.minorFaults - before.minorFaults,
            migrations: moved.migrations, waitingSeconds: moved.waitingSeconds)
    }
}
