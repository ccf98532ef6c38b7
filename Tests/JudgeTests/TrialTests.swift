import Testing

@testable import GateTrials

/// The tables of docs/METHODOLOGY.md, tiny: that they run, follow from their seed, and say what the large ones say.
@Suite struct TrialTests {
    private var tables: Tables {
        var tables = Tables()
        tables.comparisons = 12
        tables.metrics = 20
        tables.perFloor = 6
        return tables
    }

    @Test func falseAlarmsFollowFromTheSeed() throws {
        let rows = tables.falseAlarms(processes: 8)
        #expect(rows == tables.falseAlarms(processes: 8))
        let own = try #require(rows.first { $0.gate == .withFloor })
        let usual = try #require(rows.first { $0.gate == .benchstat })
        #expect(own.withAlarm <= 2)
        #expect(usual.withAlarm >= 6)
    }

    @Test func largeSlowdownsAreFound() {
        #expect(tables.detection(.floors(5), label: "", processes: 10).all.share > 0.9)
        #expect(tables.detection(.floors(0.1), label: "", processes: 10).all.share < 0.2)
    }
}
