extension ScenarioSettings {
    func checkBounds(_ place: String) throws(BoundsProblem) {
        if let targetRate { try within("\(place).targetRate", targetRate, 1e-6...1e9) }
        if let latencyBound { try within("\(place).latencyBound", latencyBound, 1e-9...1e6) }
        if let searchSeconds { try within("\(place).searchSeconds", searchSeconds, 0...1e6) }
        try within("\(place).percentile", percentile, 0.5...0.9999)
        try within("\(place).samplesPerQuery", samplesPerQuery, 1...(1 << 30))
        try within("\(place).minimumDuration", minimumDuration, 0...1e6)
        try within("\(place).minimumQueries", minimumQueries, 1...Self.maximumQueries)
    }
}

extension Traffic {
    func checkBounds(_ place: String) throws(BoundsProblem) {
        let most = ScenarioSettings.maximumQueries
        for count in [queries, scheduled ?? 0, overLatency ?? 0] { try within("\(place).queries", count, 0...most) }
        try within("\(place).samplesPerQuery", samplesPerQuery, 1...(1 << 50))
        try within("\(place).seconds", seconds, 0...1e9)
        try within("\(place).probes", probes.count, 0...1000)
        for (index, probe) in probes.enumerated() {
            let place = "\(place).probes[\(index)]"
            try within("\(place).rate", probe.rate, 0...1e12)
            for count in [probe.queries, probe.scheduled, probe.overLatency] {
                try within("\(place).queries", count, 0...most)
            }
        }
        try histogram?.checkBounds("\(place).histogram")
    }
}

extension LatencyHistogram {
    func checkBounds(_ place: String) throws(BoundsProblem) {
        try within("\(place).digits", digits, 1...5)
        try within("\(place).nanoseconds", nanoseconds.count, 0...(1 << 20))
        try within("\(place).counts", counts.count, nanoseconds.count...nanoseconds.count)
        for count in counts { try within("\(place).counts", count, 1...(1 << 40)) }
        for value in nanoseconds { try within("\(place).nanoseconds", value, 0...Int64(1e18)) }
        for (lower, upper) in zip(nanoseconds, nanoseconds.dropFirst()) where lower >= upper {
            throw BoundsProblem(place: "\(place).nanoseconds", problem: "\(upper) does not come after \(lower)")
        }
    }
}

extension LatencyDistribution {
    func checkBounds(_ place: String) throws(BoundsProblem) {
        for count in [queries, fewestQueries, overLatency ?? 0, earlyStopping.met, earlyStopping.processes] {
            try within("\(place).queries", count, 0...(1 << 40))
        }
        try histogram.checkBounds("\(place).histogram")
    }
}
