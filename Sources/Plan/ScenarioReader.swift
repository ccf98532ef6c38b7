import Model

/// A scenario with its numbers, as a suite asks for it.
public struct ScenarioChoice: Sendable, Equatable {
    public var scenario: Scenario
    public var settings: ScenarioSettings

    /// What of it makes a case another case. How long traffic lasts does not: it is how well, not what.
    var identity: String {
        var parts = ["p=\(settings.percentile)", "samples=\(settings.samplesPerQuery)"]
        if let bound = settings.latencyBound { parts.append("bound=\(bound)") }
        if let rate = settings.targetRate { parts.append("rate=\(rate)") }
        return "traffic " + parts.joined(separator: " ")
    }

    /// As part of a title: `single-stream`.
    var title: String {
        switch scenario {
        case .offline: "offline"
        case .singleStream: "single-stream"
        case .multiStream: settings.samplesPerQuery == 8 ? "multi-stream" : "multi-stream \(settings.samplesPerQuery)"
        case .server: "server" + (settings.targetRate.map { " \(ScenarioReader.plain($0))/s" } ?? "")
        }
    }
}

/// YAML → scenarios.
enum ScenarioReader {
    /// The bound of MLPerf's ResNet-50 in the server scenario.
    static let latencyBound = 0.015
    /// Seconds of search for each second of traffic, of which the last two are for runs of full length at lower rates.
    static let searchFactor = 10.0

    /// `scenario:` with a name or a mapping, or `scenarios:` with a list of these; empty where there is neither.
    static func choices(_ parts: [String: YAMLValue], _ rules: Rules, at line: YAMLValue) throws(PlanError)
        -> [ScenarioChoice]
    {
        if parts["scenario"] != nil, parts["scenarios"] != nil {
            throw line.problem("has both `scenario:` and `scenarios:`")
        }
        var choices: [ScenarioChoice] = []
        for value in try parts["scenarios"]?.list() ?? [parts["scenario"]].compactMap({ $0 }) {
            let choice = try self.choice(value, rules)
            guard !choices.contains(where: { $0.identity == choice.identity && $0.scenario == choice.scenario }) else {
                throw value.problem("is there twice")
            }
            guard choices.count < 64 else { throw value.problem("is the 65th of its list; 64 are the most") }
            choices.append(choice)
        }
        return choices
    }

    private static func choice(_ value: YAMLValue, _ rules: Rules) throws(PlanError) -> ScenarioChoice {
        guard value.isMapping else { return usual(try value.choice(Scenario.self), rules) }
        let parts = try value.mapping([
            "name", "duration", "queries", "percentile", "samplesPerQuery", "latencyBound", "rate", "searchTime",
        ])
        guard let name = parts["name"] else { throw value.problem("has no name: server, singleStream …") }
        var choice = usual(try name.choice(Scenario.self), rules)
        for key in ["latencyBound", "rate", "searchTime"] where choice.scenario != .server {
            if let place = parts[key] { throw place.problem("is for the server scenario only") }
        }
        if choice.scenario != .multiStream, let place = parts["samplesPerQuery"] {
            throw place.problem("is for the multiStream scenario only")
        }
        if choice.scenario == .offline, let place = parts["percentile"] ?? parts["queries"] {
            throw place.problem("offline is one query; it has none of these")
        }
        try read(parts, into: &choice.settings)
        return choice
    }

    private static func read(_ parts: [String: YAMLValue], into settings: inout ScenarioSettings) throws(PlanError) {
        if let duration = try parts["duration"]?.seconds() {
            settings.minimumDuration = duration
            if settings.searchSeconds != nil { settings.searchSeconds = duration * searchFactor }
        }
        if let place = parts["queries"] {
            settings.minimumQueries = try bounded(place, ScenarioSettings.maximumQueries)
        }
        if let place = parts["samplesPerQuery"] { settings.samplesPerQuery = try bounded(place, 1 << 20) }
        if let place = parts["percentile"] {
            let share = try place.share()
            guard share >= 0.5, share <= 0.999 else { throw place.problem("is \(place.shown); 50% to 99.9% is needed") }
            settings.percentile = share
        }
        settings.latencyBound = try parts["latencyBound"]?.seconds() ?? settings.latencyBound
        if let place = parts["searchTime"] { settings.searchSeconds = try place.seconds() }
        guard let place = parts["rate"] else { return }
        let text = try place.string()
        guard let rate = Double(text), rate >= 1e-6, rate <= 1e9 else {
            throw place.problem(
                "is \(place.shown); queries a second are needed, or leave it out and the rate is searched for")
        }
        if let search = parts["searchTime"] { throw search.problem("there is nothing to search for beside `rate:`") }
        settings.targetRate = rate
        settings.searchSeconds = nil
    }

    private static func bounded(_ value: YAMLValue, _ most: Int) throws(PlanError) -> Int {
        let count = try value.count()
        guard count <= most else { throw value.problem("\(count) is above \(most)") }
        return count
    }

    /// What LoadGen has in its place, as long as a process's usual time.
    private static func usual(_ scenario: Scenario, _ rules: Rules) -> ScenarioChoice {
        let duration = rules.processSeconds
        let settings =
            switch scenario {
            case .offline: ScenarioSettings(percentile: 0.99, minimumDuration: duration, minimumQueries: 1)
            case .singleStream: ScenarioSettings(percentile: 0.9, minimumDuration: duration, minimumQueries: 64)
            case .multiStream:
                ScenarioSettings(percentile: 0.99, samplesPerQuery: 8, minimumDuration: duration, minimumQueries: 662)
            case .server:
                ScenarioSettings(
                    latencyBound: latencyBound, percentile: 0.99, minimumDuration: duration, minimumQueries: 662,
                    searchSeconds: duration * searchFactor)
            }
        return ScenarioChoice(scenario: scenario, settings: settings)
    }

    static func plain(_ rate: Double) -> String { rate == rate.rounded() && rate < 1e15 ? "\(Int(rate))" : "\(rate)" }
}

/// How long the traffic of included suites lasts in the suite that includes them: `trafficTime` and `searchTime` of its rules.
/// Where these say nothing it lasts as long as in its own suite.
struct IncludedTraffic {
    private let duration: Double?
    private let search: Double?

    /// - Parameter includes: whether there are suites that it could be of.
    init(_ rules: YAMLValue?, includes: Bool) throws(PlanError) {
        let parts = try rules?.mapping(SuiteReader.ruleKeys)
        if !includes, let place = parts?["trafficTime"] {
            throw place.problem("is for a suite that includes others; a case says `duration` itself")
        }
        duration = try parts?["trafficTime"]?.seconds()
        search = try parts?["searchTime"]?.seconds()
        if duration == nil, let place = parts?["searchTime"] {
            throw place.problem("goes with trafficTime, which says how long the traffic of included suites lasts")
        }
    }

    func applied(_ entry: Suite.Entry) -> Suite.Entry {
        guard let duration else { return entry }
        var entry = entry
        entry.scenarios = entry.scenarios.map { choice in
            guard var choice else { return nil }
            choice.settings.minimumDuration = duration
            if choice.settings.searchSeconds != nil {
                choice.settings.searchSeconds = search ?? duration * ScenarioReader.searchFactor
            }
            return choice
        }
        return entry
    }
}
