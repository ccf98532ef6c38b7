import Model
import Statistics
import Units

/// One metric of one case with the name that it bears elsewhere.
struct Row {
    var measurement: Measurement
    var metric: Metric
    /// `matmul 1024³ f32, onednn, 2 threads`: one line, harmless, and different for each case.
    var name: String

    var planned: Case { measurement.case }
}

extension Recording {
    /// Every metric of every measured case, in the order of the plan.
    var rows: [Row] {
        let names = caseNames
        return bundle.measurements.flatMap { measurement in
            measurement.metrics.filter(\.value.isFinite).map {
                Row(measurement: measurement, metric: $0, name: names[measurement.case.id] ?? measurement.case.id)
            }
        }
    }

    /// A name for each case; cases that would bear the same one bear their identity too.
    var caseNames: [String: String] {
        let plain = bundle.measurements.map { ($0.case.id, Self.name($0.case)) }
        let counts = plain.reduce(into: [:]) { $0[$1.1, default: 0] += 1 }
        return Dictionary(
            plain.map { ($0.0, counts[$0.1] ?? 0 > 1 ? "\($0.1), \(Neutral.text($0.0))" : $0.1) }
        ) { first, _ in first }
    }

    private static func name(_ planned: Case) -> String {
        let threads = "\(planned.threads) thread\(planned.threads == 1 ? "" : "s")"
        let scenario = planned.scenario == .offline ? "" : ", \(planned.scenario.rawValue)"
        let cache = planned.cache == .warm ? "" : ", \(planned.cache.rawValue)"
        return "\(Neutral.text(planned.workload)), \(planned.backend.rawValue), \(threads)\(scenario)\(cache)"
    }

    /// Facts that every format says in its own way.
    var facts: [(key: String, value: String)] {
        let machine = bundle.machine
        let known: [(String, String?)] = [
            ("bundle", bundle.id), ("suite", bundle.plan.suite), ("seed", String(bundle.plan.seed)),
            ("assay", bundle.tool.version), ("commit", bundle.tool.commit), ("cpu", machine.processor.model.value),
            ("architecture", machine.processor.architecture), ("cores", String(machine.topology.cores)),
            ("processing-units", String(machine.topology.processingUnits)),
            ("operating-system", machine.software.operatingSystem.value), ("kernel", machine.software.kernel.value),
            ("instance", machine.cloud.value?.instanceType.value),
        ]
        return known.compactMap { key, value in value.map { (key, Neutral.text($0)) } }
    }
}

extension Metric {
    /// Half the width of its interval.
    var halfWidth: Double? { interval.map { ($0.upper - $0.lower) / 2 } }

    /// Without what some formats cannot have in a name: `latency.p99` → `latency_p99`.
    var key: String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}

/// JSON that other tools read: through the one writer, and what it cannot write is a refusal.
func jsonFile(_ name: String, _ value: some Encodable) throws(ExportRefusal) -> [ExportedFile] {
    do {
        return [ExportedFile(name: name, content: String(decoding: try JSON.document(value), as: UTF8.self))]
    } catch {
        throw ExportRefusal("cannot be written as JSON: \(error)")
    }
}
