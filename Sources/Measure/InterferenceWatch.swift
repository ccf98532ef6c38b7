public import Model
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Looks at the machine while processes run.
public protocol Watching: Sendable {
    /// From now on, with the run's clock at `elapsed` seconds.
    func begin(at elapsed: Double)
    /// Which processing units are to be left alone, and whose frequency counts.
    func attend(_ units: [Int])
    /// Looks taken since the last call, in order.
    func take() -> [EnvironmentReading]
    /// Ends it and says what it cost.
    func end() -> WatchReport
}

/// A thread that looks, and otherwise sleeps. It computes nothing and writes nothing: the coordinator takes what it saw
/// between processes. It keeps off the processing units that are being measured where there are others.
public final class InterferenceWatch: Watching {
    /// Share of one core that looking may take. Looks that turn out dearer are taken less often.
    public static let allowance = 0.002
    /// Half of it is aimed at, so that a look that is slow once does not exceed it.
    static let aim = allowance / 2
    static let shortestPeriod = 0.1
    static let longestPeriod = 10.0
    /// Seconds between two looks at what is slow to ask.
    static let slowPeriod = 1.0
    /// A process of hours must not fill the memory: beyond so many, every other look is let go.
    static let mostReadings = 4096

    private struct State {
        var readings: [EnvironmentReading] = []
        var units: [Int] = []
        var pinned: [Int]?
        var report = WatchReport(period: shortestPeriod, polls: 0, cpuSeconds: 0, duration: 0)
        var origin: UInt64 = 0
        var elapsed = 0.0
        var thread: pthread_t?
        var isOver = false
    }

    private let watch: EnvironmentWatch
    private let clock = MonotonicRawClock()
    private let state = Mutex(State())
    /// Binds the calling thread away from these units, where it may run elsewhere.
    private let keepOff: @Sendable ([Int]) -> Void
    /// Closing the writing end wakes the thread for the last time.
    private let wake: (read: Int32, write: Int32)

    public init(watch: EnvironmentWatch, keepOff: @escaping @Sendable ([Int]) -> Void = { _ in }) {
        self.watch = watch
        self.keepOff = keepOff
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 { for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
        wake = (ends[0], ends[1])
    }

    deinit {
        close(wake.read)
        if state.withLock({ !$0.isOver }) { close(wake.write) }
    }

    public func begin(at elapsed: Double) {
        let thread = start()
        state.withLock {
            $0.origin = clock.now()
            $0.elapsed = elapsed
            $0.thread = thread
        }
    }

    public func attend(_ units: [Int]) { state.withLock { $0.units = units } }

    public func take() -> [EnvironmentReading] {
        state.withLock {
            let readings = $0.readings
            $0.readings.removeAll(keepingCapacity: true)
            return readings
        }
    }

    public func end() -> WatchReport {
        let (thread, isFirst) = state.withLock { state in
            defer { (state.thread, state.isOver) = (nil, true) }
            return (state.thread, !state.isOver)
        }
        if isFirst { close(wake.write) }
        if let thread { pthread_join(thread, nil) }
        var report = state.withLock { state in
            state.report.duration = Double(clock.now() &- state.origin) * 1e-9
            return state.report
        }
        report.absent = watch.absences
        return report
    }

    private func start() -> pthread_t? {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 256 << 10)
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let started = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                Unmanaged<InterferenceWatch>.fromOpaque(argument).takeRetainedValue().loop()
                return nil
            }, context.toOpaque())
        guard started == 0 else {
            context.release()
            return nil
        }
        return thread
    }

    private func loop() {
        var period = Self.shortestPeriod
        var slowDue = 0.0
        while sleeps(period) {
            let (t, units, mustMove) = turn()
            if mustMove { keepOff(units) }
            let withSlow = t >= slowDue
            if withSlow { slowDue = t + Self.slowPeriod }
            let reading = watch.read(at: t, units: units, withSlow: withSlow)
            period = keep(reading, cpuSeconds: Self.threadSeconds())
        }
    }

    /// - Returns: false when it is over.
    private func sleeps(_ seconds: Double) -> Bool {
        var descriptor = pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)
        let answer = poll(&descriptor, 1, Int32(seconds * 1000))
        return answer == 0 || (answer < 0 && errno == EINTR)
    }

    private func turn() -> (t: Double, units: [Int], mustMove: Bool) {
        state.withLock { state in
            let mustMove = state.pinned != state.units
            state.pinned = state.units
            return (state.elapsed + Double(clock.now() &- state.origin) * 1e-9, state.units, mustMove)
        }
    }

    /// - Returns: seconds until the next look.
    private func keep(_ reading: EnvironmentReading, cpuSeconds: Double) -> Double {
        state.withLock { state in
            if state.readings.count >= Self.mostReadings {
                state.readings = stride(from: 0, to: state.readings.count, by: 2).map { state.readings[$0] }
            }
            state.readings.append(reading)
            state.report.polls += 1
            state.report.cpuSeconds = cpuSeconds
            let cost = cpuSeconds / Double(state.report.polls)
            let period = min(max(Self.shortestPeriod, cost / Self.aim), Self.longestPeriod)
            state.report.period = max(state.report.period, period)
            return period
        }
    }

    /// Processor time of the calling thread, seconds.
    public static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
