import Model
import Plan
import Testing

private let shapes = """
    workloads:
      - {name: small, title: small matmul, kernel: matmul, shape: {m: 8, n: 8, k: 8}}
    """

private func suite(_ line: String) throws -> Suite {
    var catalogue = Catalogue()
    try catalogue.read(shapes, file: "shapes.yaml")
    try catalogue.read("rules: {processTime: 2s}\ncases:\n  - \(line)\n", file: "mine.yaml")
    return try catalogue.suite("mine")
}

private func problem(_ line: String) -> PlanError? {
    do {
        _ = try suite(line)
        return nil
    } catch {
        return error as? PlanError
    }
}

private func cases(_ line: String) throws -> [Case] {
    Planner.plan([try suite(line)], on: machine(cores: 2), seed: 1).cases
}

@Suite struct ScenarioSuiteTests {
    @Test func aLineMayNameEveryScenario() throws {
        let planned = try cases("{workload: small, scenarios: [offline, singleStream, multiStream, server]}")
        #expect(planned.map(\.scenario) == [.offline, .singleStream, .multiStream, .server])
        #expect(Set(planned.map(\.id)).count == 4)
        #expect(planned.map(\.workload).contains("small matmul server f32"))
        let server = try #require(planned.last?.scenarioSettings)
        #expect(server.latencyBound == 0.015 && server.percentile == 0.99 && server.minimumDuration == 2)
        #expect(server.minimumQueries == 662 && server.searchSeconds == 20 && server.targetRate == nil)
        #expect(planned[2].scenarioSettings?.samplesPerQuery == 8)
        #expect(planned[1].scenarioSettings?.percentile == 0.9)
    }

    @Test func settingsAreRead() throws {
        let line =
            "{workload: small, scenario: {name: server, latencyBound: 3ms, duration: 600s, queries: 100, percentile: 97%, rate: 12.5}}"
        let settings = try #require(try cases(line).first?.scenarioSettings)
        #expect(
            settings
                == ScenarioSettings(
                    targetRate: 12.5, latencyBound: 0.003, percentile: 0.97, minimumDuration: 600, minimumQueries: 100))
    }

    /// What was planned before there were scenarios keeps its identity, and how long traffic lasts makes no other case.
    @Test func identitiesStay() throws {
        let plain = try #require(try cases("{workload: small, threads: [1]}").first)
        #expect(plain.scenarioSettings == nil && plain.scenario == .offline)
        let offline = try #require(try cases("{workload: small, threads: [1], scenario: offline}").first)
        #expect(offline.id != plain.id)
        func server(_ settings: String) throws -> String? {
            try cases("{workload: small, scenario: {name: server, \(settings)}}").first?.id
        }
        #expect(try server("duration: 1s") == server("duration: 600s"))
        #expect(try server("latencyBound: 1ms") != server("latencyBound: 2ms"))
        #expect(try server("rate: 10") != server("rate: 20"))
    }

    @Test(arguments: [
        ("{workload: small, scenario: serve}", "cases[0].scenario", "did you mean server"),
        ("{workload: small, scenario: {latencyBound: 1ms}}", "cases[0].scenario", "has no name"),
        (
            "{workload: small, scenario: {name: server, latencyBond: 1ms}}", "cases[0].scenario",
            "unknown key latencyBond"
        ),
        (
            "{workload: small, scenario: {name: server, latencyBound: fast}}", "cases[0].scenario.latencyBound",
            "a time such as"
        ),
        (
            "{workload: small, scenario: {name: singleStream, latencyBound: 1ms}}", "cases[0].scenario.latencyBound",
            "server scenario only"
        ),
        (
            "{workload: small, scenario: {name: server, samplesPerQuery: 8}}", "cases[0].scenario.samplesPerQuery",
            "multiStream"
        ),
        (
            "{workload: small, scenario: {name: server, percentile: 20%}}", "cases[0].scenario.percentile",
            "50% to 99.9%"
        ),
        ("{workload: small, scenario: {name: server, rate: -1}}", "cases[0].scenario.rate", "queries a second"),
        (
            "{workload: small, scenario: {name: server, rate: 5, searchTime: 1s}}", "cases[0].scenario.searchTime",
            "nothing to search"
        ),
        (
            "{workload: small, scenario: {name: server, queries: 99999999}}", "cases[0].scenario.queries",
            "above 16777216"
        ),
        ("{workload: small, scenario: {name: offline, queries: 9}}", "cases[0].scenario.queries", "one query"),
        ("{workload: small, scenarios: [server, server]}", "cases[0].scenarios[1]", "twice"),
        ("{workload: small, scenario: server, scenarios: [offline]}", "cases[0]", "both"),
    ])
    func mistakesAreNamedWithTheirKey(line: String, key: String, says: String) throws {
        let found = try #require(problem(line))
        #expect(found.key == key)
        #expect(found.line == 3)
        #expect(found.problem.contains(says), "\(found)")
    }

    /// A suite that includes others may say how long their traffic lasts; what it asks for itself is as it says there.
    @Test func anIncludingSuiteDecidesHowLongTrafficLasts() throws {
        func settings(_ rules: String) throws -> [ScenarioSettings] {
            var catalogue = Catalogue()
            try catalogue.read(shapes, file: "shapes.yaml")
            try catalogue.read(
                "suite: inner\nrules: {processTime: 2s}\ncases:\n  - {workload: small, scenarios: [singleStream, server]}\n",
                file: "inner.yaml")
            try catalogue.read(
                "suite: outer\ninclude: [inner]\nrules: \(rules)\ncases:\n"
                    + "  - {workload: small, scenario: {name: offline, duration: 5s}}\n", file: "outer.yaml")
            return Planner.plan([try catalogue.suite("outer")], on: machine(cores: 2), seed: 1).cases
                .compactMap(\.scenarioSettings)
        }
        #expect(try settings("{processTime: 1s}").map(\.minimumDuration) == [5, 2, 2])
        let long = try settings("{processTime: 1s, trafficTime: 600s, searchTime: 24m}")
        #expect(long.map(\.minimumDuration) == [5, 600, 600] && long.map(\.searchSeconds) == [nil, nil, 1440])
        #expect(try settings("{trafficTime: 60s}").map(\.searchSeconds) == [nil, nil, 600])
        #expect(throws: PlanError.self) { try settings("{searchTime: 24m}") }
    }

    @Test func trafficTimeIsForIncludedSuites() throws {
        var catalogue = Catalogue()
        try catalogue.read(shapes, file: "shapes.yaml")
        do {
            try catalogue.read(
                "rules: {trafficTime: 60s}\ncases:\n  - {workload: small, scenario: offline}\n", file: "mine.yaml")
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("rules.trafficTime") && "\(error)".contains("duration"))
        }
    }
}
