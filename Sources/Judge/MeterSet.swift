import Model

/// Meters of one source whose domains are disjoint and of one kind, added up: the packages of a machine, its GPUs.
struct MeterSet {
    let source: String
    let boundary: PowerBoundary
    let meters: [Meter]
    /// Why it gives no energy at all.
    let problem: String?

    /// Seconds by which its readings may be behind.
    var period: Double { meters.map(\.period).max() ?? 0 }
    var gainError: Double { meters.map(\.gainError).max() ?? 0 }

    /// Sets from the widest boundary to the narrowest, in the order of the sources within one.
    ///
    /// Parts of a package are left out: they are contained in it. Supply lines stay each by itself, because nobody says
    /// which of them feeds another.
    static func all(_ report: PowerReport) -> [MeterSet] {
        var sets: [MeterSet] = []
        for boundary in PowerBoundary.allCases where boundary != .part {
            let meters = report.meters.filter { $0.boundary == boundary }
            var sources: [String] = []
            for meter in meters where !sources.contains(meter.source) { sources.append(meter.source) }
            for source in sources {
                let own = meters.filter { $0.source == source }
                let ids = Set(own.map(\.id))
                let outer = own.filter { $0.within.map { !ids.contains($0) } ?? true }
                sets +=
                    boundary == .rail
                    ? outer.map { MeterSet(source, boundary, [$0]) } : [MeterSet(source, boundary, outer)]
            }
        }
        return sets
    }

    private init(_ source: String, _ boundary: PowerBoundary, _ meters: [Meter]) {
        self.source = source
        self.boundary = boundary
        self.meters = meters
        let broken = meters.first { !$0.problems.isEmpty }
        problem = broken.map { "\(source), \($0.name): \($0.problems.joined(separator: "; "))" }
    }

    /// Whether what a case uses is inside the boundary.
    func covers(_ backend: Backend) -> Bool {
        switch boundary {
        case .wall, .node, .battery: true
        case .platform, .package: backend != .cuda
        case .accelerator: backend == .cuda
        case .memory, .part, .rail: false
        }
    }

    /// Energy over windows; a pause that the meter cannot see is counted in.
    func amount(_ windows: [TimedWindow], _ traces: PowerTraces) throws(EnergyProblem) -> MeteredAmount {
        if let problem { throw EnergyProblem(reason: problem) }
        var total = MeteredAmount()
        for window in Self.joined(windows, pause: max(2 * period, Self.smallPause * Self.span(windows))) {
            var amount = MeteredAmount()
            for meter in meters {
                let one = try traces.used(meter, in: window)
                // The same window, seen by several: energies add up, its time and its ends do not.
                amount = MeteredAmount(
                    joules: amount.joules + one.joules, duration: one.duration, windows: 1,
                    edges: max(amount.edges, one.edges), edgeSquares: max(amount.edgeSquares, one.edgeSquares))
            }
            total = total + amount
        }
        return total
    }

    /// Of the time from the first window's start to the last one's end: so much more time, and energy, is no matter.
    private static let smallPause = 0.002

    private static func span(_ windows: [TimedWindow]) -> Double {
        guard let start = windows.map(\.start).min(), let end = windows.map(\.end).max() else { return 0 }
        return end - start
    }

    static func joined(_ windows: [TimedWindow], pause: Double) -> [TimedWindow] {
        var joined: [TimedWindow] = []
        for window in windows.sorted(by: { $0.start < $1.start }) {
            if let last = joined.last, window.start - last.end <= pause {
                joined[joined.count - 1].end = max(last.end, window.end)
            } else {
                joined.append(window)
            }
        }
        return joined
    }

    /// The part of ± that has nothing to do with the gain: ends of windows, and steps of the scale.
    func spread(_ amount: MeteredAmount) -> Double {
        guard amount.duration > 0 else { return 0 }
        let power = amount.joules / amount.duration
        let steps = meters.reduce(0) { sum, meter in
            let step =
                meter.kind == .counter
                ? meter.resolution * (2 * Double(amount.windows)).squareRoot() : meter.resolution / 2 * amount.duration
            return sum + step * step
        }
        return (power * power * amount.edgeSquares + steps).squareRoot()
    }

    /// Throws where the ends of the windows are uncertain by more than 2 % of their length, or nothing was counted.
    func require(_ amount: MeteredAmount) throws(EnergyProblem) {
        guard amount.duration > 0 else { throw EnergyProblem(reason: "no timed windows were recorded") }
        guard amount.joules > 0 else {
            throw EnergyProblem(reason: "\(source): the counter did not advance in the timed windows")
        }
        let share = amount.edges / amount.duration
        guard share <= EnergyJudge.mostUncertainEnds else {
            throw EnergyProblem(
                reason: "\(source) changes every \(Self.milliseconds(period)) ms: the ends of the timed windows "
                    + "(\(amount.windows), \(Self.hundredths(amount.duration)) s in all) are uncertain by "
                    + "\(Self.percent(share)) of their length, more than 2 %")
        }
    }

    private static func milliseconds(_ seconds: Double) -> String {
        seconds < 0.01 ? hundredths(seconds * 1e3) : "\(Int(min(seconds, 1e9) * 1e3 + 0.5))"
    }

    private static func hundredths(_ value: Double) -> String { "\((min(value, 1e12) * 100).rounded() / 100)" }

    private static func percent(_ share: Double) -> String {
        share < 10 ? "\((share * 1000).rounded() / 10) %" : "more than 1000 %"
    }
}
