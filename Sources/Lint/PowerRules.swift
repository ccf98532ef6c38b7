import Model

/// Power and energy.
enum PowerRules {
    static let all = [rating, source, sameRun]

    private static let ratings = [
        "tdp", "thermal design power", "rated power", "power rating", "nameplate", "psu rating", "power supply",
    ]
    private static let efficiencies = [
        "per watt", "performance per watt", "perf per watt", "performance/watt", "perf/w", "perf/watt", "flop/s/w",
        "gflop/s/w",
        "tflop/s/w", "flops/w", "gflops/w", "tops/w", "energy efficiency", "joules per", "per joule", "gflop/s/watt",
    ]

    private static let rating = Rule(
        "PWR01", .error, "performance per watt from a TDP or a supply's rating",
        mend: "Divide by power that was measured in the same run, or leave the figure out."
    ) { exhibit in
        var traces = exhibit.energies.compactMap { path, energy -> Trace? in
            let source = Words(energy["source"]?.text ?? "")
            guard let word = source.first(of: ratings + ["rating", "nominal", "rated"]) else { return nil }
            return Trace(exhibit.place(path), "the source of its energy is a rating (\(word))")
        }
        guard exhibit.isSheet else { return traces }
        for passage in exhibit.passages where !passage.isDenial {
            guard passage.words.hasAny(efficiencies), let word = passage.words.first(of: ratings) else { continue }
            traces.append(Trace(passage.place, "efficiency from “\(word)”"))
        }
        return traces
    }

    private static let source = Rule(
        "PWR02", .error, "power without source, boundary, period and uncertainty; 0 W; a window too short",
        mend:
            "Tell which sensor, what it covers, how often it is updated and how uncertain it is; 0 W means unavailable."
    ) { exhibit in
        exhibit.energies.flatMap { incomplete(exhibit, $0.0, $0.1) }
            + (exhibit.isSheet ? zeros(exhibit) + untold(exhibit) : [])
    }

    private static func incomplete(_ exhibit: Exhibit, _ path: String, _ energy: JSONTree) -> [Trace] {
        let place = exhibit.place(path)
        var traces: [Trace] = []
        for key in ["source", "boundary"] where energy[key]?.text?.isEmpty ?? true {
            traces.append(Trace(place, "no \(key)"))
        }
        let joules = energy["joules"]?.number ?? 0
        if joules <= 0 || energy["meanPower"]?.number ?? 0 <= 0 {
            traces.append(Trace(place, "0 J or 0 W: that is unavailable"))
        }
        if energy["uncertainty"]?.number ?? 0 <= 0 { traces.append(Trace(place, "no uncertainty")) }
        let period = energy["period"]?.number ?? energy["updatePeriod"]?.number
        // A figure that was integrated: without its period nobody can tell whether the window was long enough.
        if period == nil { traces.append(Trace(place, "no period")) }
        if let period, let duration = energy["duration"]?.number, duration > 0, 2 * period / duration > 0.02 {
            traces.append(Trace(place, "the window of \(duration) s is too short for a period of \(period) s"))
        }
        return traces
    }

    /// `0 W`, `0.0 J` where a measured value stands.
    private static func zeros(_ exhibit: Exhibit) -> [Trace] {
        exhibit.passages.filter { $0.kind != .code && !$0.isDenial }.compactMap { passage in
            let zero = passage.words.quantities.first {
                $0.value == 0 && ["W", "mW", "kW", "J", "mJ", "kJ"].contains($0.unit ?? "")
            }
            return zero.map { Trace(passage.place, "\($0.number) \($0.unit ?? ""): that is unavailable, not nothing") }
        }
    }

    /// Watts or joules anywhere, and a sheet that does not tell what they are of.
    private static func untold(_ exhibit: Exhibit) -> [Trace] {
        let measured = exhibit.passages.first { passage in
            guard passage.kind != .code, passage.section != 8,
                !passage.words.hasAny(ratings + ["limit", "cap", "power limit"])
            else { return false }
            return passage.section.map { [2, 10, 11, 13].contains($0) } ?? true
                && passage.words.quantities.contains {
                    ["W", "kW", "mW", "J", "kJ", "mJ"].contains($0.unit ?? "") && $0.value > 0
                }
        }
        guard let measured else { return [] }
        let number = exhibit.section("power")?.number
        let told = exhibit.passages.filter { $0.section == number && number != nil }
        func tells(_ words: String...) -> Bool { told.contains { $0.words.hasAny(words) } }
        var missing: [String] = []
        if !tells("source", "sources", "sensor", "meter", "rapl", "nvml", "hwmon", "ipmi", "redfish") {
            missing.append("source")
        }
        if !tells("boundary", "package", "board", "node", "wall") { missing.append("boundary") }
        if !tells("period", "update period", "updated every", "updates") { missing.append("period") }
        if !tells("±", "uncertainty", "uncertain") { missing.append("uncertainty") }
        return missing.isEmpty
            ? [] : [Trace(measured.place, "power or energy without \(missing.joined(separator: ", "))")]
    }

    private static let sameRun = Rule(
        "PWR03", .error, "performance and energy come from different runs",
        mend: "Measure both in the same timed windows."
    ) { exhibit in
        var traces: [Trace] = []
        var lives: [String: Double] = [:]
        for process in exhibit.tree?["processes"]?.elements ?? [] {
            guard let identity = process["case"]?.text, let from = process["started"]?.number,
                let to = process["ended"]?.number
            else { continue }
            lives[identity, default: 0] += max(to - from, 0)
        }
        for (index, item) in (exhibit.tree?["measurements"]?.elements ?? []).enumerated() {
            guard let duration = item["energy"]?["duration"]?.number, let identity = item["case"]?["id"]?.text,
                let life = lives[identity], duration > life * 1.001
            else { continue }
            traces.append(
                Trace(
                    exhibit.place("measurements[\(index)].energy.duration"),
                    "energy over \(duration) s, but its processes lived \(life) s"))
        }
        guard exhibit.isSheet else { return traces }
        let others = [
            "another run", "a separate run", "separate runs", "a different run", "different runs", "an earlier run",
            "a previous run", "a second run",
        ]
        for passage in exhibit.passages where !passage.isDenial {
            guard passage.words.hasAny("energy", "power", "watts", "joules", "w", "j"),
                let run = passage.words.first(of: others)
            else { continue }
            traces.append(Trace(passage.place, "energy of “\(run)”"))
        }
        return traces
    }
}

extension Exhibit {
    /// Every energy in the tree with its path.
    fileprivate var energies: [(String, JSONTree)] {
        var found: [(String, JSONTree)] = []
        objects { path, object in
            if object["joules"] != nil || object["meanPower"] != nil { found.append((path, object)) }
        }
        return found
    }
}
