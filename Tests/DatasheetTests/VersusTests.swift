import Document
import Judge
import Model
import Statistics
import Testing

@testable import Datasheet

/// §13: what is said for the energy and the money, with what is not known of it.
struct VersusTests {
    private static func metered(_ recording: Recording, watts: Double, share: Double, boundary: String) -> Recording {
        var recording = recording
        for index in recording.bundle.measurements.indices where !recording.bundle.measurements[index].metrics.isEmpty {
            recording.bundle.measurements[index].energy = Energy(
                joules: watts * 2, duration: 2, meanPower: watts, idlePower: nil, uncertainty: watts * 2 * share,
                source: "meter", boundary: boundary)
            recording.bundle.measurements[index].energyUnavailable = nil
        }
        return recording
    }

    /// One case on both sides: 100 and 150 units with ±2 %, 50 W ± 5 % and 60 W ± 10 %, at 0.20 and 0.40 USD an hour.
    private func table(
        boundary: String = "package", prices: Bool = true, watts: Double = 60, hasInterval: Bool = true,
        change: (inout Comparison.Pair) -> Void = { _ in }
    ) -> Document.Table? {
        var own = Self.metered(Synthetic.normal(), watts: watts, share: 0.1, boundary: boundary)
        var other = Self.metered(Synthetic.normal(), watts: 50, share: 0.05, boundary: "package")
        if prices {
            own.bundle.price = CostTests.price
            own.bundle.price?.amount = 0.40
            other.bundle.price = CostTests.price
            other.bundle.price?.amount = 0.20
        }
        func side(_ value: Double) -> Comparison.Side {
            Comparison.Side(
                value: value,
                interval: hasInterval ? Interval(lower: value * 0.98, upper: value * 1.02, level: 0.95) : nil,
                processes: 6, status: .valid)
        }
        var pair = Comparison.Pair(
            case: own.bundle.measurements[1].case, metric: "throughput", unit: "FLOP/s", better: .higher,
            base: side(100e9), new: side(150e9), verdict: .faster)
        change(&pair)
        var options = Judge.Options()
        options.resamples = 0
        var comparison = Judge.compare(base: [other], new: own, options: options)
        comparison.pairs = [pair]
        let versus = Versus(comparison: comparison, other: other.bundle)
        return Datasheet.efficiencyTable(versus, Reading(own), "theirs")
    }

    private func row(_ table: Document.Table?, _ measure: String) throws -> [String] {
        let rows = try #require(table).groups.flatMap(\.rows).map { $0.map(\.words) }
        return try #require(rows.first { $0[1] == measure })
    }

    @Test func perWattCarriesTheRateAndTheEnergy() throws {
        let row = try row(table(), "per watt")
        // 100/50 = 2, from 98/52.5 to 102/47.5; 150/60 = 2.5, from 147/66 to 153/54.
        #expect(row[2...6] == ["2.00", "1.87 – 2.15", "2.50", "2.23 – 2.83", "GFLOP/s/W"], "\(row)")
        // 1.25; the worst of mine over the best of theirs, and the other way round.
        #expect(row[7] == "1.250")
        #expect(row[8] == "1.037 – 1.518", "\(row)")
    }

    @Test func perPriceCarriesTheRate() throws {
        let row = try row(table(), "per USD")
        // 100e9 × 3600 ÷ 0.2 = 1.8e15; 150e9 × 3600 ÷ 0.4 = 1.35e15.
        #expect(row[2] == "1.800" && row[4] == "1.350" && row[6] == "PFLOP/USD", "\(row)")
        #expect(row[3] == "1.764 – 1.836" && row[5] == "1.323 – 1.377", "\(row)")
        #expect(row[7] == "0.750" && row[8] == "0.721 – 0.781", "\(row)")
        let notes = try #require(table()).notes.map(\.text).joined()
        #expect(notes.contains("eu-central-1") && notes.contains("2026-11-20") && notes.contains("on-demand"))
    }

    @Test func whatHasNoIntervalMakesNone() throws {
        let row = try row(table(hasInterval: false), "per watt")
        #expect(row[3] == "none" && row[5] == "none" && row[8] == "none" && row[7] == "1.250")
    }

    @Test func otherBoundariesMakeNoRatio() throws {
        let row = try row(table(boundary: "node"), "per watt")
        #expect(row[7] == "none: boundaries differ" && row[8].isEmpty)
        #expect(row[2] == "2.00" && row[4] == "2.50")
    }

    @Test func nothingIsSaidWhereNothingMayBe() throws {
        #expect(table { $0.verdict = .notComparable } == nil)
        #expect(table { $0.better = .lower } == nil)
        #expect(table { $0.metric = "throughputPerWatt" } == nil)
        let rows = try #require(table(prices: false)).groups.flatMap(\.rows)
        #expect(rows.count == 1)
        #expect(table(prices: false, watts: 0) == nil)
    }

    @Test func quotientsOfBounds() {
        let ratio = Bounded(4, lower: 3, upper: 5) / Bounded(2, lower: 1, upper: 3)
        #expect(ratio == Bounded(2, lower: 1, upper: 5))
        #expect((Bounded(4, lower: 3, upper: 5) / Bounded(2, lower: 0, upper: 3))?.lower == nil)
        #expect(Bounded(1) / Bounded(0) == nil)
    }
}
