/// How power was sampled during a run: which meters, in which stretches the machine was idle, what it cost.
public struct PowerReport: Codable, Sendable, Equatable {
    public var meters: [Meter]
    /// Stretches in which nothing was measured and the machine was left alone, before the first process and after the last.
    public var idle: [TimedWindow]
    /// Why idle power was not measured; absent where it was.
    public var idleSkipped: String?
    /// What sampling cost; absent where nothing was sampled.
    public var cost: Cost?
    /// The run's clock beside the wall clock, from the start and the end of each sitting: by these a meter's log is merged.
    public var wallClock: [ClockMark]
    /// Why no energy can be had at all; absent where there is a meter.
    public var unavailable: String?
    /// What a reader should know: where files were read from, what was wrong with a log.
    public var notes: [String]

    /// What the sampling threads used.
    public struct Cost: Codable, Sendable, Equatable {
        /// CPU seconds of all threads.
        public var cpuSeconds: Double
        /// Seconds they ran.
        public var seconds: Double
        public var readings: Int
        /// Of one core.
        public var share: Double { seconds > 0 ? cpuSeconds / seconds : 0 }

        public init(cpuSeconds: Double, seconds: Double, readings: Int) {
            self.cpuSeconds = cpuSeconds
            self.seconds = seconds
            self.readings = readings
        }
    }

    /// One moment on both clocks.
    public struct ClockMark: Codable, Sendable, Equatable {
        /// Seconds from the start of the run.
        public var t: Double
        /// Seconds since 1970-01-01 00:00 UTC.
        public var epoch: Double

        public init(t: Double, epoch: Double) {
            self.t = t
            self.epoch = epoch
        }
    }

    public init(meters: [Meter] = [], unavailable: String? = nil) {
        self.meters = meters
        idle = []
        wallClock = []
        self.unavailable = unavailable
        notes = []
    }

    /// One report over the sittings of a run: the latest word on each meter, all of its problems.
    public init?(sittings: [PowerReport]) {
        guard var whole = sittings.first else { return nil }
        for next in sittings.dropFirst() { whole.add(next) }
        self = whole
    }

    private mutating func add(_ next: PowerReport) {
        for meter in next.meters {
            guard let place = meters.firstIndex(where: { $0.id == meter.id }) else {
                meters.append(meter)
                continue
            }
            let earlier = meters[place]
            meters[place] = meter
            meters[place].wraps += earlier.wraps
            meters[place].problems = earlier.problems + meter.problems.filter { !earlier.problems.contains($0) }
            // Too few changes in one sitting say nothing against those seen in another.
            if meter.changes < earlier.changes {
                meters[place].updatePeriod = earlier.updatePeriod
                meters[place].changes = earlier.changes
            }
        }
        idle += next.idle
        idleSkipped = idle.isEmpty ? next.idleSkipped ?? idleSkipped : nil
        if let cost, let more = next.cost {
            self.cost = Cost(
                cpuSeconds: cost.cpuSeconds + more.cpuSeconds, seconds: cost.seconds + more.seconds,
                readings: cost.readings + more.readings)
        } else {
            cost = cost ?? next.cost
        }
        wallClock += next.wallClock
        unavailable = meters.isEmpty ? next.unavailable ?? unavailable : nil
        notes += next.notes.filter { !notes.contains($0) }
    }
}

extension PowerReading {
    public func checkBounds(_ place: String) throws(BoundsProblem) {
        try within("\(place).t", t, 0...1e9)
        try within("\(place).joules", joules, 0...1e15)
        if let watts { try within("\(place).watts", watts, -1e9...1e9) }
        if let sitting { try within("\(place).sitting", sitting, 0...1_000_000) }
        try within("\(place).source", source.utf8.count, 0...200)
    }
}

extension PowerReport {
    public func checkBounds(_ place: String = "power") throws(BoundsProblem) {
        try within("\(place).meters", meters.count, 0...4096)
        try within("\(place).idle", idle.count, 0...1_000_000)
        for (index, meter) in meters.enumerated() {
            let place = "\(place).meters[\(index)]"
            try within("\(place).changes", meter.changes, 0...1_000_000_000)
            try within("\(place).wraps", meter.wraps, 0...1_000_000_000)
            try within("\(place).gainError", meter.gainError, 0...1)
            try within("\(place).statedPeriod", meter.statedPeriod, 0...1e6)
            if let period = meter.assumedPeriod { try within("\(place).assumedPeriod", period, 0...1e6) }
            if let period = meter.updatePeriod { try within("\(place).updatePeriod", period, 0...1e6) }
            if meters[..<index].contains(where: { $0.id == meter.id }) {
                throw BoundsProblem(place: "\(place).id", problem: "\(meter.id) is there twice")
            }
        }
        for window in idle { try window.checkBounds("\(place).idle") }
        if let cost { try within("\(place).cost.readings", cost.readings, 0...1_000_000_000_000) }
    }
}

extension TimedWindow {
    func checkBounds(_ place: String) throws(BoundsProblem) {
        try within("\(place).start", start, 0...1e9)
        try within("\(place).end", end, start...1e9)
    }
}
