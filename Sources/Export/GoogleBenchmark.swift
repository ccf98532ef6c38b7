public import Model
import Statistics
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The JSON of Google Benchmark's reporter: a repetition a process, then their median.
public struct GoogleBenchmark: Exporter {
    public let name = "google-benchmark"
    public let about = "Google Benchmark's JSON, a repetition a process; for its compare.py"
    public init() {}

    public func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        try export(recording, figures: [])
    }

    public func export(_ recording: Recording, figures: [ProcessFigures]) throws(ExportRefusal) -> [ExportedFile] {
        let samples = Dictionary(grouping: recording.samples, by: \.case)
        let names = recording.caseNames
        var entries: [Entry] = []
        for (family, measurement) in recording.bundle.measurements.enumerated() {
            let name = names[measurement.case.id] ?? measurement.case.id
            let times = Self.times(measurement.case.id, recording.bundle.processes, samples[measurement.case.id] ?? [])
            let base = Entry(family: family, name: name, threads: measurement.case.threads, count: times.count)
            guard !times.isEmpty, !measurement.metrics.isEmpty else {
                entries.append(
                    base.refused("\(measurement.status.rawValue): \(Neutral.text(measurement.reason ?? ""))"))
                continue
            }
            let values = figures.filter { $0.case == measurement.case.id }
            for (index, time) in times.enumerated() {
                let counters = values.filter { $0.values.indices.contains(index) }.map { ($0.metric, $0.values[index]) }
                entries.append(base.repetition(index, time, counters))
            }
            guard let median = Order.median(times.map(\.seconds)) else { continue }
            entries.append(base.median(median, times.count, measurement.metrics.map { ($0.name, $0.value) }))
        }
        return try jsonFile("google-benchmark.json", Report(context: Context(recording), benchmarks: entries))
    }

    struct Time { var seconds: Double, iterations: Int }

    /// Seconds per iteration, one a process that counts: the median of its samples after warm-up.
    private static func times(_ identity: String, _ records: [ProcessRecord], _ samples: [Sample]) -> [Time] {
        let byProcess = Dictionary(grouping: samples, by: \.process)
        return records.filter { $0.case == identity }.compactMap { record in
            guard case .completed = record.outcome else { return nil }
            let steady = (byProcess[record.process] ?? []).filter { $0.index >= record.warmup && $0.iterations > 0 }
            guard let median = Order.median(steady.map { $0.seconds / Double($0.iterations) }), median.isFinite else {
                return nil
            }
            return Time(seconds: median, iterations: steady.reduce(0) { $0 + min($1.iterations, 1 << 40) })
        }
    }

    private struct Report: Encodable { var context: Context, benchmarks: [Entry] }

    private struct Context: Encodable {
        struct Cache: Encodable {
            var type: String
            var level: Int
            var size: UInt64
            var sharing: Int

            private enum CodingKeys: String, CodingKey {
                case type, level, size
                case sharing = "num_sharing"
            }
        }
        var date: Date
        // The name of a machine is its own affair.
        var hostName = "not told"
        var executable: String
        var processors: Int
        var megahertz: Int
        var isScaling: Bool
        var caches: [Cache]
        var load: [Double] = []
        var build = "release"
        var assay: [String: String]

        private enum CodingKeys: String, CodingKey {
            case date, executable, caches, assay
            case hostName = "host_name"
            case processors = "num_cpus"
            case megahertz = "mhz_per_cpu"
            case isScaling = "cpu_scaling_enabled"
            case load = "load_avg"
            case build = "library_build_type"
        }

        init(_ recording: Recording) {
            let bundle = recording.bundle
            let topology = bundle.machine.topology
            date = bundle.created
            executable = "assay \(Neutral.text(bundle.tool.version))"
            processors = topology.processingUnits
            megahertz = Int(((bundle.machine.processor.nominalFrequency.value ?? 0) / 1e6).rounded())
            let governor = bundle.machine.tunables.first { $0.name == "governor" }?.value.value
            isScaling = governor.map { $0 != "performance" } ?? false
            caches = topology.caches.map { cache in
                let type = "\(cache.type)".prefix(1).uppercased() + "\(cache.type)".dropFirst()
                return Cache(
                    type: type, level: cache.level, size: cache.bytes,
                    sharing: topology.processingUnits / max(cache.count, 1))
            }
            assay = Dictionary(recording.facts.map { ($0.key, $0.value) }) { first, _ in first }
            assay["cpu_time"] = "not measured: it repeats real_time"
        }
    }
}

/// One line of the report: known keys, then counters by their names.
private struct Entry: Encodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
    private var texts: [(String, String)] = []
    private var numbers: [(String, Double)] = []
    private var whole: [(String, Int)] = []
    private var isRefused = false
    private let label: String

    init(family: Int, name: String, threads: Int, count: Int) {
        label = name
        texts = [("run_name", name)]
        whole = [
            ("family_index", family), ("per_family_instance_index", 0), ("repetitions", count), ("threads", threads),
        ]
    }

    func refused(_ reason: String) -> Entry {
        var entry = self
        entry.texts += [("name", label), ("run_type", "iteration"), ("error_message", reason), ("time_unit", "ns")]
        entry.whole += [("iterations", 0), ("repetition_index", 0)]
        entry.numbers = [("real_time", 0), ("cpu_time", 0)]
        entry.isRefused = true
        return entry
    }

    func repetition(_ index: Int, _ time: GoogleBenchmark.Time, _ counters: [(String, Double)]) -> Entry {
        var entry = timed(time.seconds, counters)
        entry.texts += [("name", label), ("run_type", "iteration")]
        entry.whole += [("iterations", time.iterations), ("repetition_index", index)]
        return entry
    }

    func median(_ seconds: Double, _ count: Int, _ counters: [(String, Double)]) -> Entry {
        var entry = timed(seconds, counters)
        entry.texts += [
            ("name", label + "_median"), ("run_type", "aggregate"), ("aggregate_name", "median"),
            ("aggregate_unit", "time"),
        ]
        entry.whole += [("iterations", count)]
        return entry
    }

    private func timed(_ seconds: Double, _ counters: [(String, Double)]) -> Entry {
        var entry = self
        entry.texts += [("time_unit", "ns")]
        entry.numbers = [("real_time", seconds * 1e9), ("cpu_time", seconds * 1e9)]
        entry.numbers += counters.filter { $0.1.isFinite }.map { (Self.counter($0.0), $0.1) }
        return entry
    }

    /// Names that Google's tools know, and never one of the keys above.
    private static func counter(_ name: String) -> String {
        switch name {
        case "throughput": "items_per_second"
        case "bandwidth": "bytes_per_second"
        default: "assay_\(name)"
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (key, value) in texts { try container.encode(value, forKey: Key(key)) }
        for (key, value) in numbers { try container.encode(value, forKey: Key(key)) }
        for (key, value) in whole { try container.encode(value, forKey: Key(key)) }
        if isRefused { try container.encode(true, forKey: Key("error_occurred")) }
    }
}
