import Model
import Plan
import TestSupport
import Testing

private func setting(_ text: String) throws -> LiveSetting {
    try LiveSetting.read(text, file: "settings/a.yaml", instructionSets: ["avx2", "avx512"])
}

@Suite struct LiveTests {
    @Test func aSettingIsReadWhole() throws {
        let read = try setting(
            """
            name: oneDNN 3
            libraries: {onednn: /opt/libdnnl.so.3}
            isa: avx2
            threads: 2
            environment: {DNNL_VERBOSE: "0", A_1: x}
            """)
        #expect(
            read
                == LiveSetting(
                    name: "oneDNN 3", libraries: ["onednn": "/opt/libdnnl.so.3"], instructionSet: "avx2", threads: 2,
                    environment: ["DNNL_VERBOSE": "0", "A_1": "x"]))
        #expect(try setting("threads: 1").name == "a")
    }

    @Test(arguments: [
        ("isa: avx3", "isa: unknown: avx3; did you mean avx2"), ("threads: 0", "threads: 0 is not positive"),
        ("libraries: {onedn: /x}", "libraries: unknown key onedn"), ("thread: 1", "unknown key thread"),
        ("environment: {1A: x}", "environment: has a key that is no name of a variable"),
        ("environment: [a]", "environment: is a list; a mapping is needed"),
    ])
    func errorsNameFileAndKey(text: String, said: String) throws {
        let error = try #require(throws: PlanError.self) { try setting(text) }
        #expect("\(error)".contains(said), "\(error)")
        #expect("\(error)".hasPrefix("settings/a.yaml:1: "))
    }

    @Test func twoPlansBecomeOneAndCanBeToldApart() throws {
        let machine = SampleRun.machine()
        let settings = [LiveSetting(name: "one", threads: 1), LiveSetting(name: "two", threads: 2)]
        let plans = try settings.map { try LivePlan.side(SampleRun.plan(), $0, on: machine) }
        // A side’s bundle says what it was set to; the joined plan is no side.
        #expect(plans.map(\.setting) == settings)
        #expect(LivePlan.joined(plans, settings).setting == nil)
        #expect(plans[1].cases.allSatisfy { $0.threads == 2 && $0.placement.processingUnits == [0, 1] })
        let joined = LivePlan.joined(plans, settings)
        #expect(joined.cases.count == 6)
        #expect(Set(joined.cases.map(\.id)).count == 6)
        let back = joined.cases.compactMap { LivePlan.identity($0.id, side: "b") }
        #expect(back == SampleRun.plan().cases.map(\.id))
        #expect(throws: PlanError.self) {
            try LivePlan.side(SampleRun.plan(), LiveSetting(name: "many", threads: 64), on: machine)
        }
    }
}
