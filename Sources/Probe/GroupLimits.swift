import Model
import SystemFiles

/// A CPU quota: microseconds of time in each period.
struct Quota: Equatable {
    let time: Int
    let period: Int
    /// CPUs' worth of time.
    var share: Double { Double(time) / Double(period) }
}

/// What the control groups on the way to the root allow.
///
/// A group without the file sets no limit of its own; a file that says something else than a limit leaves the limit
/// unknown. Groups are named after containers, so reasons name only the file.
struct GroupLimits {
    private let files: SystemFiles
    private let groups: ControlGroups
    private let version: Reported<Int>

    init(_ files: SystemFiles, _ groups: ControlGroups) {
        self.files = files
        self.groups = groups
        version = groups.version
    }

    private var isUnified: Bool { version.value == 2 }

    /// Directories of a controller that are really there.
    private func directories(_ controller: String) -> Reported<[String]> {
        if let reason = version.reason { return .unknown(reason) }
        let found = groups.directories(controller).filter { files.exists($0) }
        return found.isEmpty ? .unknown("no control group of \(controller) can be seen") : .known(found)
    }

    /// The smallest of what all groups say, each read by `read`; `nil` from it stands for a file that is not there.
    private func smallest<Value>(
        _ controller: String, by order: (Value, Value) -> Bool, _ read: (String) -> Reported<Limit<Value>>?
    ) -> Reported<Limit<Value>> {
        switch directories(controller) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let directories):
            var limits: [Value] = []
            for found in directories.compactMap(read) {
                switch found {
                case .unknown(let reason): return .unknown(reason)
                case .known(let limit): if let value = limit.value { limits.append(value) }
                }
            }
            return .known(limits.min(by: order).map { .at($0) } ?? .unlimited)
        }
    }

    /// - Parameter old: the file of version 1; without one, version 1 knows no such limit.
    func smallest(_ controller: String, _ new: String, _ old: String?) -> Reported<Limit<UInt64>> {
        let file = isUnified ? new : old
        return smallest(controller, by: <) { directory in file.flatMap { amount(directory, $0) } }
    }

    /// One file that holds a number, or says in one of three ways that there is no limit.
    private func amount(_ directory: String, _ file: String) -> Reported<Limit<UInt64>>? {
        guard let text = content(directory, file) else { return nil }
        if text == "max" || text == "-1" { return .known(.unlimited) }
        guard let value = UInt64(text) else { return .unknown("\(file) of a control group: not a limit") }
        // Version 1 says "none" with the largest number of whole pages.
        return .known(value < 1 << 62 ? .at(value) : .unlimited)
    }

    /// The first line; `nil` where the file is not there, empty where it cannot be read.
    private func content(_ directory: String, _ file: String) -> String? {
        let path = "\(directory)/\(file)"
        if let line = files.line(path).value { return line }
        return files.exists(path) ? "" : nil
    }

    func quota() -> Reported<Limit<Quota>> {
        smallest("cpu", by: { $0.share < $1.share }) { isUnified ? unifiedQuota($0) : oldQuota($0) }
    }

    /// `max 100000` or `150000 100000`
    private func unifiedQuota(_ directory: String) -> Reported<Limit<Quota>>? {
        guard let words = content(directory, "cpu.max")?.words else { return nil }
        if words.first == "max" { return .known(.unlimited) }
        let numbers = words.compactMap { Int($0) }
        guard words.count == 2, numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else {
            return .unknown("cpu.max of a control group: not a quota")
        }
        return .known(.at(Quota(time: numbers[0], period: numbers[1])))
    }

    private func oldQuota(_ directory: String) -> Reported<Limit<Quota>>? {
        guard let text = content(directory, "cpu.cfs_quota_us") else { return nil }
        if text == "-1" { return .known(.unlimited) }
        guard let time = Int(text), time > 0,
            let period = content(directory, "cpu.cfs_period_us").flatMap({ Int($0) }), period > 0
        else { return .unknown("cpu.cfs_quota_us of a control group: not a quota") }
        return .known(.at(Quota(time: time, period: period)))
    }

    /// Seconds: of the quota that binds, else of the innermost group, which has a period without a quota too.
    func period(_ quota: Reported<Limit<Quota>>) -> Reported<Double> {
        if let bound = quota.bound() { return .known(Double(bound.period) / 1e6) }
        return number("cpu", isUnified ? "cpu.max" : "cpu.cfs_period_us").map { Double($0) / 1e6 }
    }

    /// Of the innermost group that has the file: a sum over groups would mean nothing.
    private func innermost(_ controller: String, _ file: String) -> Reported<String> {
        switch directories(controller) {
        case .unknown(let reason): .unknown(reason)
        case .known(let directories):
            Reported(
                directories.lazy.compactMap { content($0, file) }.first.flatMap { $0.isEmpty ? nil : $0 },
                else: "no control group has \(file)")
        }
    }

    private func number(_ controller: String, _ file: String) -> Reported<Int> {
        switch innermost(controller, file) {
        case .unknown(let reason): .unknown(reason)
        case .known(let text):
            Reported(text.words.last.flatMap { Int($0) }, else: "\(file) of a control group: not a whole number")
        }
    }

    func burst() -> Reported<Double> {
        number("cpu", isUnified ? "cpu.max.burst" : "cpu.cfs_burst_us").map { Double($0) / 1e6 }
    }

    func weight() -> Reported<Int> { number("cpu", isUnified ? "cpu.weight" : "cpu.shares") }

    /// `default 100`, or the number alone.
    func inputOutputWeight() -> Reported<Int> {
        isUnified ? number("io", "io.weight") : number("blkio", "blkio.weight")
    }

    func set(_ new: String, _ old: String) -> Reported<String> { innermost("cpuset", isUnified ? new : old) }

    /// Version 1 limits memory and swap together.
    func swap() -> Reported<Limit<UInt64>> {
        if isUnified { return smallest("memory", "memory.swap.max", nil) }
        return smallest("memory", by: <) { directory in
            guard let both = amount(directory, "memory.memsw.limit_in_bytes"),
                let memory = amount(directory, "memory.limit_in_bytes")
            else { return nil }
            guard let sum = both.bound() else { return both }
            return memory.map { .at(sum - min($0.value ?? 0, sum)) }
        }
    }
}

extension GroupLimits {
    /// From the innermost group that counts: in version 2 the file is there without the counters too.
    func throttling() -> Reported<Throttling> {
        switch directories("cpu") {
        case .unknown(let reason): return .unknown(reason)
        case .known(let directories):
            let texts = directories.lazy.compactMap { files.text("\($0)/cpu.stat").value }
            guard let text = texts.first(where: { $0.holds("nr_throttled ") }) else {
                return .unknown("no control group counts it")
            }
            return Reported(Self.throttling(text), else: "cpu.stat of a control group: not counters")
        }
    }

    private static func throttling(_ text: String) -> Throttling? {
        let pairs = text.lines.map(\.words).filter { $0.count == 2 }.map { ($0[0], $0[1]) }
        let counters = Dictionary(pairs) { first, _ in first }.compactMapValues { Int($0) }.filter { $0.value >= 0 }
        guard let periods = counters["nr_periods"], let throttled = counters["nr_throttled"] else { return nil }
        // Microseconds in version 2, nanoseconds in version 1.
        let seconds =
            counters["throttled_usec"].map { Double($0) / 1e6 } ?? counters["throttled_time"].map { Double($0) / 1e9 }
        guard let seconds else { return nil }
        return Throttling(periods: periods, throttledPeriods: throttled, throttledSeconds: seconds)
    }
}
