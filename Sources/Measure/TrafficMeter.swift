import Model
import Statistics

/// What a worker is to do with a scenario; decided by the coordinator, which knows the other processes.
public struct TrafficOrder: Codable, Sendable, Equatable {
    public var role: Traffic.Role
    /// Queries a second; `nil` where the process is to find its own, or the scenario has none.
    public var rate: Double?
    public var scheduleSeed: UInt32

    public init(role: Traffic.Role, rate: Double?, scheduleSeed: UInt32) {
        self.role = role
        self.rate = rate
        self.scheduleSeed = scheduleSeed
    }
}

/// Runs one scenario in one process: how fast a query is, the search where one is asked for, the traffic that counts.
struct TrafficMeter<Clock: TimeSource> {
    let clock: Clock
    let scenario: Scenario
    let settings: ScenarioSettings
    let order: TrafficOrder
    /// Seconds that the traffic should last: the minimum duration, or what a time limit left of it; and the search.
    let duration: Double
    let searchSeconds: Double
    /// Called after each probe, outside timed code.
    var probed: (RateProbe) -> Void = { _ in }
    /// Called right before traffic that counts begins.
    var begins: () -> Void = {}

    /// The traffic, its latencies in nanoseconds, and when it began and ended on the clock.
    struct Outcome {
        var traffic: Traffic
        var latencies: [Int64]
        var window: ClockWindow
        /// Why there is no result; probes are kept.
        var failure: String?
    }

    /// A stretch may last this many times as long as it should before no more queries are issued.
    private static var patience: Double { Traffic.patience }
    /// Longest probe: a search of ten-minute probes would take hours.
    private static var longestProbe: Double { 10 }
    private static var mostProbes: Int { 40 }
    /// How often a run of full length may fall back after its rate turned out invalid, where the time for the search allows.
    private static var fallbacks: Int { 5 }
    /// For so many of these probing leaves time, as long as it has half of the time itself.
    private static var reservedRuns: Double { 2 }

    private var issuer: QueryIssuer<Clock> { QueryIssuer(clock: clock) }

    func measure(_ runnable: any Runnable) -> Outcome {
        let perQuery = secondsPerQuery(runnable)
        switch scenario {
        case .offline: return offline(runnable, perQuery)
        case .singleStream, .multiStream: return closed(runnable, perQuery)
        case .server:
            guard let rate = order.rate else { return search(runnable, capacity: 1 / perQuery) }
            let latencies = buffer(queries: rate * duration)
            return run(runnable, rate: rate, into: latencies, probes: [])
        }
    }

    /// Median time of a query after a tenth of the duration, at least three queries, at most a quarter of a second of them.
    private func secondsPerQuery(_ runnable: any Runnable) -> Double {
        let enough = nanoseconds(min(duration * 0.1, 0.25))
        let start = clock.now()
        var times: [Double] = []
        while times.count < 3 || (clock.now() &- start < enough && times.count < 4096) {
            let before = clock.now()
            runnable.run(iterations: settings.samplesPerQuery)
            times.append(Double(clock.now() &- before) * 1e-9)
        }
        return max(Order.median(Array(times.suffix(max(times.count / 2, 1)))) ?? 0, 1e-9)
    }

    /// Everything at once: one query with as many samples as fill the duration, and a tenth more. Where they went faster than
    /// those before had promised and the query was too short, it is asked once more with as many as its own pace calls for.
    private func offline(_ runnable: any Runnable, _ perQuery: Double) -> Outcome {
        let first = query(runnable, perSample: perQuery / Double(settings.samplesPerQuery))
        guard first.traffic.seconds < duration else { return first }
        return query(runnable, perSample: max(first.traffic.seconds / Double(first.traffic.samplesPerQuery), 1e-12))
    }

    private func query(_ runnable: any Runnable, perSample: Double) -> Outcome {
        let wanted = max(duration * 1.1 / perSample, Double(settings.minimumQueries))
        let samples = Int(min(max(wanted, 1), 0x1p40))
        begins()
        let before = clock.now()
        runnable.run(iterations: samples)
        let after = clock.now()
        let traffic = Traffic(
            role: order.role, end: .complete, queries: 1, samplesPerQuery: samples,
            seconds: Double(after &- before) * 1e-9)
        return Outcome(
            traffic: traffic, latencies: [Int64(after &- before)], window: ClockWindow(start: before, end: after))
    }

    private func closed(_ runnable: any Runnable, _ perQuery: Double) -> Outcome {
        let latencies = buffer(queries: Self.patience * duration / perQuery)
        begins()
        let start = clock.now()
        let issued = issuer.closed(runnable, samples: settings.samplesPerQuery, limits(duration), into: latencies)
        let window = ClockWindow(start: start, end: clock.now())
        return Outcome(
            traffic: traffic(issued, rate: nil, scheduled: nil, latencies, probes: []),
            latencies: kept(issued, latencies), window: window)
    }

    private func limits(_ duration: Double) -> IssueLimits {
        IssueLimits(
            minimumDuration: nanoseconds(duration), minimumQueries: settings.minimumQueries,
            cap: nanoseconds(duration * Self.patience))
    }

    private func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(min(max(seconds, 0), 1e9) * 1e9) }

    /// Room for half as many queries again as are expected.
    private func buffer(queries: Double) -> LatencyBuffer {
        let wanted = max(1.5 * queries, 1.5 * Double(settings.minimumQueries)) + 1024
        return LatencyBuffer(capacity: Int(min(wanted, Double(ScenarioSettings.maximumQueries))))
    }

    /// Latencies one by one where there are few enough.
    private func kept(_ issued: Issued, _ latencies: LatencyBuffer) -> [Int64] {
        issued.queries <= Traffic.keptQueries ? Array(latencies.first(issued.queries)) : []
    }

    private func traffic(
        _ issued: Issued, rate: Double?, scheduled: Int?, _ latencies: LatencyBuffer, probes: [RateProbe]
    ) -> Traffic {
        var traffic = Traffic(
            role: order.role, end: issued.end, queries: issued.queries, scheduled: scheduled,
            samplesPerQuery: settings.samplesPerQuery, seconds: Double(issued.nanoseconds) * 1e-9, rate: rate,
            scheduleSeed: rate == nil ? nil : order.scheduleSeed, overLatency: rate == nil ? nil : issued.overLatency,
            probes: probes)
        if issued.queries > Traffic.keptQueries {
            let buckets = LatencyBuckets.of(latencies.first(issued.queries))
            traffic.histogram = LatencyHistogram(
                digits: LatencyBuckets.digits, nanoseconds: buckets.highest, counts: buckets.counts)
        }
        return traffic
    }
}

// The server scenario.
extension TrafficMeter {
    /// Traffic of one rate.
    private func issue(
        _ runnable: any Runnable, rate: Double, seconds: Double, givesUp: Bool, cap: Double,
        into latencies: LatencyBuffer
    ) -> (issued: Issued, scheduled: Int, window: ClockWindow) {
        let due = LoadGen.arrivals(
            seed: order.scheduleSeed, rate: rate, seconds: seconds, atLeast: settings.minimumQueries,
            limit: latencies.capacity)
        var limits = limits(seconds)
        limits.cap = nanoseconds(cap)
        limits.bound = Int64(nanoseconds(settings.latencyBound ?? 1e9))
        if givesUp { limits.overAllowed = LoadGen.overAllowed(count: due.count, percentile: settings.percentile) ?? 0 }
        let start = clock.now()
        let issued = issuer.scheduled(runnable, due: due, limits, into: latencies)
        return (issued, due.count, ClockWindow(start: start, end: clock.now()))
    }

    private func probe(_ issued: Issued, scheduled: Int, rate: Double, _ latencies: LatencyBuffer) -> RateProbe {
        let times = QueryLatencies(nanoseconds: Array(latencies.first(issued.queries)))
        let reason = RateRules.refusal(
            queries: issued.queries, over: issued.overLatency, end: issued.end, percentile: settings.percentile)
        return RateProbe(
            rate: rate, queries: issued.queries, scheduled: scheduled, overLatency: issued.overLatency,
            seconds: Double(issued.nanoseconds) * 1e-9, latency: times.percentile(settings.percentile) ?? 0,
            end: issued.end, valid: reason == nil, reason: reason)
    }

    /// The traffic that counts, at this rate.
    private func run(_ runnable: any Runnable, rate: Double, into latencies: LatencyBuffer, probes: [RateProbe])
        -> Outcome
    {
        begins()
        let (issued, scheduled, window) = issue(
            runnable, rate: rate, seconds: duration, givesUp: false,
            cap: Self.patience * min(expectedSeconds(rate), Self.patience * duration), into: latencies)
        let traffic = traffic(issued, rate: rate, scheduled: scheduled, latencies, probes: probes)
        return Outcome(traffic: traffic, latencies: kept(issued, latencies), window: window)
    }

    private func search(_ runnable: any Runnable, capacity: Double) -> Outcome {
        var finder = RateFinder(capacity: capacity)
        var probes: [RateProbe] = []
        let latencies = buffer(queries: 2 * capacity * duration)
        let start = clock.now()
        let probing = max(searchSeconds / 2, searchSeconds - Self.reservedRuns * duration)
        func spent() -> Double { Double(clock.now() &- start) * 1e-9 }
        func left() -> Double { probing - spent() }
        while probes.count < Self.mostProbes, left() > 0, let rate = finder.next {
            let (issued, scheduled, _) = issue(
                runnable, rate: rate, seconds: min(duration, Self.longestProbe), givesUp: true, cap: left(),
                into: latencies)
            let probe = probe(issued, scheduled: scheduled, rate: rate, latencies)
            probes.append(probe)
            probed(probe)
            // Cut off by the time for the search, it says nothing of its rate.
            if probe.end == .timeCap { break }
            finder.take(rate, isValid: probe.valid)
        }
        guard let found = finder.valid else { return nothing(probes, finder, window: start) }
        return settle(runnable, found, probes, seconds: searchSeconds - spent(), latencies)
    }

    /// A run of full length, and where its rate is not valid others, each at a somewhat lower rate than the one before, as long
    /// as what probing left of the time for the search lasts.
    private func settle(
        _ runnable: any Runnable, _ found: Double, _ probes: [RateProbe], seconds: Double, _ latencies: LatencyBuffer
    ) -> Outcome {
        var (probes, rate, left) = (probes, found, seconds)
        var outcome = run(runnable, rate: rate, into: latencies, probes: probes)
        for attempt in 0...Self.fallbacks {
            let issued = Issued(
                end: outcome.traffic.end, queries: outcome.traffic.queries,
                overLatency: outcome.traffic.overLatency ?? 0, nanoseconds: UInt64(outcome.traffic.seconds * 1e9))
            let probe = probe(issued, scheduled: outcome.traffic.scheduled ?? 0, rate: rate, latencies)
            probes.append(probe)
            probed(probe)
            outcome.traffic.probes = probes
            if probe.valid || attempt == Self.fallbacks { break }
            rate /= RateFinder.resolution * RateFinder.resolution
            guard left >= expectedSeconds(rate) else { break }
            outcome = run(runnable, rate: rate, into: latencies, probes: probes)
            left -= outcome.traffic.seconds
        }
        return outcome
    }

    /// What traffic of this rate takes until it is long enough and has queries enough.
    private func expectedSeconds(_ rate: Double) -> Double { max(duration, Double(settings.minimumQueries) / rate) }

    private func nothing(_ probes: [RateProbe], _ finder: RateFinder, window start: UInt64) -> Outcome {
        let last = probes.last
        let traffic = Traffic(
            role: order.role, end: last?.end ?? .timeCap, queries: 0, samplesPerQuery: settings.samplesPerQuery,
            seconds: 0, scheduleSeed: order.scheduleSeed, probes: probes)
        let lowest = probes.map(\.rate).min() ?? 0
        let failure =
            finder.next == nil
            ? "the latency bound is not met at any rate: \(last?.reason ?? "no probe was made") at \(Int(lowest)) queries/s, "
                + "\(Int(finder.capacity)) queries/s of capacity"
            : "no valid rate was found in the time for the search, with \(probes.count) probes"
        return Outcome(
            traffic: traffic, latencies: [], window: ClockWindow(start: start, end: clock.now()), failure: failure)
    }
}
