import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension WholeRun {
    /// The run as it was given.
    ///
    /// - Throws: `JSONProblem` whose place is the part that does not read.
    func history() throws(JSONProblem) -> HistoryRun {
        var results: [RunValues.Result] = []
        for (index, stored) in run.results.enumerated() {
            let detail = try part(ResultDetail.self, stored.detail, "results[\(index)].detail")
            guard detail.case.id == stored.case else {
                throw JSONProblem(place: "results[\(index)].case", problem: "is not the one of its part")
            }
            results.append(
                RunValues.Result(
                    case: detail.case, status: stored.status, reason: stored.reason,
                    implementation: detail.implementation,
                    metrics: stored.metrics.map { kept in
                        RunValues.MetricProcesses(
                            metric: kept.metric, processes: kept.processes.map { RunValues.ProcessValue(value: $0) })
                    }))
        }
        let values = RunValues(
            reference: run.reference, machine: try machine(), rules: run.rules, instructionSet: run.instructionSet,
            noiseFloor: try part(Reported<NoiseFloor>.self, run.noiseFloor, "noiseFloor"), results: results)
        do {
            try values.checkBounds()
        } catch {
            throw JSONProblem(place: error.place, problem: error.problem)
        }
        return HistoryRun(
            values: values, seed: run.seed, arguments: run.arguments, interrupted: run.interrupted,
            facts: try part([Fact].self, run.facts, "facts"))
    }

    private func machine() throws(JSONProblem) -> Machine {
        var pieces: [String: JSONFragment] = [:]
        for (key, hash) in run.machineParts { pieces[key] = try part(JSONFragment.self, hash, "machine.\(key)") }
        do {
            return try JSON.decode(Machine.self, from: try JSON.line(pieces))
        } catch {
            throw JSONProblem(place: "machine.\(error.place)", problem: error.problem)
        }
    }

    func part<Value: Decodable>(_ type: Value.Type, _ hash: String, _ place: String) throws(JSONProblem) -> Value {
        guard let json = parts[hash] else { throw JSONProblem(place: place, problem: "its part is missing") }
        do {
            return try JSON.decode(type, from: Array(json.utf8))
        } catch {
            throw JSONProblem(place: error.place.isEmpty ? place : "\(place).\(error.place)", problem: error.problem)
        }
    }
}
