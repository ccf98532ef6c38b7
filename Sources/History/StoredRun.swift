import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A run as it is kept: what differs from run to run, and the hashes of the parts that mostly do not.
struct StoredRun: Codable, Equatable {
    var reference: RunReference
    var seed: UInt64
    var arguments: [String]
    var interrupted: String?
    var machine: MachineIdentity
    var fingerprint: String
    var rules: Rules
    var instructionSet: String?
    /// Part: `[Fact]`.
    var facts: String
    /// Parts of the machine by their key.
    var machineParts: [String: String]
    /// Part: `Reported<NoiseFloor>`.
    var noiseFloor: String
    var results: [StoredResult]
}

/// A case as it is kept.
struct StoredResult: Codable, Equatable {
    /// Identity of the case.
    var `case`: String
    /// Part: `ResultDetail`.
    var detail: String
    var status: Status
    var reason: String?
    var metrics: [StoredMetric]
}

struct StoredMetric: Codable, Equatable {
    var metric: Metric
    /// One a process.
    var processes: [Double]
}

/// What of a case is the same in every run of the same thing.
struct ResultDetail: Codable, Equatable {
    var `case`: Case
    var implementation: Implementation?
}

/// A run with all its parts: what is added, exported, imported and restored.
struct WholeRun {
    var run: StoredRun
    var parts: [String: String]

    init(run: StoredRun, parts: [String: String]) {
        self.run = run
        self.parts = parts
    }

    init(_ history: HistoryRun) throws(JSONProblem) {
        var parts: [String: String] = [:]
        func keep(_ value: some Encodable) throws(JSONProblem) -> String {
            let part = try Part(value)
            parts[part.hash] = part.json
            return part.hash
        }
        let values = history.values
        var machineParts: [String: String] = [:]
        let pieces = try JSON.decode([String: JSONFragment].self, from: try JSON.line(values.machine))
        for (key, piece) in pieces { machineParts[key] = try keep(piece) }
        var results: [StoredResult] = []
        for result in values.results {
            let detail = try keep(ResultDetail(case: result.case, implementation: result.implementation))
            results.append(
                StoredResult(
                    case: result.case.id, detail: detail, status: result.status, reason: result.reason,
                    metrics: result.metrics.map {
                        StoredMetric(metric: $0.metric, processes: $0.processes.map(\.value))
                    }))
        }
        run = StoredRun(
            reference: values.reference, seed: history.seed, arguments: history.arguments,
            interrupted: history.interrupted, machine: values.machine.identity,
            fingerprint: values.machine.fingerprint, rules: values.rules, instructionSet: values.instructionSet,
            facts: try keep(history.facts), machineParts: machineParts, noiseFloor: try keep(values.noiseFloor),
            results: results)
        self.parts = parts
    }
}
