import Model
import SystemFiles

/// Seconds since boot from a line of /proc/stat.
struct ProcessorTimes: Equatable {
    var busy: Double
    var idle: Double
    var steal: Double

    /// `nil` for a line of another label, or one that is not numbers. The kernel counts in ticks of 10 ms.
    init?(line: some StringProtocol, label: String) {
        let words = line.split(separator: " ")
        guard words.first.map({ $0 == label }) ?? false else { return nil }
        // user nice system idle iowait irq softirq steal
        let ticks = words.dropFirst().prefix(8).compactMap { Double($0) }
        guard ticks.count == 8, ticks.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        busy = (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / 100
        idle = (ticks[3] + ticks[4]) / 100
        steal = ticks[7] / 100
    }

    var total: Double { busy + idle + steal }
}

/// All that is counted around a look, read at one moment.
struct ProcessorCounters {
    var interrupts: Reported<InterruptCounts>
    var unit: Reported<ProcessorTimes>
    var all: Reported<ProcessorTimes>
    var loadAverage: Reported<Double>
    /// Tasks that run or want to, this thread among them.
    var runnable: Reported<Int>

    /// - Parameter unit: the processing unit whose own counters are read; `nil` where the thread is not bound.
    init(_ files: SystemFiles, unit: Int?) {
        let unbound = "the thread could not be bound"
        interrupts = unit.map { Self.interrupts(files, $0) } ?? .unknown(unbound)
        // The head, because a list of interrupts that may be longer than the limit follows.
        let text = files.head("/proc/stat", bytes: 1 << 18)
        self.unit = unit.map { Self.times(text, "cpu\($0)") } ?? .unknown(unbound)
        all = Self.times(text, "cpu")
        let words = files.line("/proc/loadavg").map { $0.words.map(String.init) }
        loadAverage = Self.field(words, 0) { Double($0) }
        runnable = Self.field(words, 3) { $0.split(separator: "/").first.flatMap { Int($0) } }
    }

    /// Longer than other files on a large machine: a row an interrupt, a column a processing unit.
    private static func interrupts(_ files: SystemFiles, _ unit: Int) -> Reported<InterruptCounts> {
        switch files.head("/proc/interrupts", bytes: 16 << 20) {
        case .unknown(let reason): .unknown(reason)
        case .known(let text):
            Reported(
                InterruptCounts(text: text, processingUnit: unit),
                else: "/proc/interrupts: no counts of processing unit \(unit)")
        }
    }

    private static func times(_ text: Reported<String>, _ label: String) -> Reported<ProcessorTimes> {
        switch text {
        case .unknown(let reason): .unknown(reason)
        case .known(let text):
            Reported(
                text.lines.lazy.compactMap { ProcessorTimes(line: $0, label: label) }.first,
                else: "/proc/stat: no times of \(label)")
        }
    }

    private static func field<Value>(
        _ words: Reported<[String]>, _ index: Int, _ read: (String) -> Value?
    ) -> Reported<Value> {
        switch words {
        case .unknown(let reason): .unknown(reason)
        case .known(let words):
            Reported(words.indices.contains(index) ? read(words[index]) : nil, else: "/proc/loadavg: not as expected")
        }
    }
}
