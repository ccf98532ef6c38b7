import Model
import Statistics
import Testing

/// Rounding must not make what is above a target look like what equals it.
@Suite struct StatusWordsTests {
    @Test func aHalfWidthJustAboveItsTargetLooksSo() {
        #expect(StatusWords.wide(0.0503, target: 0.05) == "run-to-run half-width 5.03 %, target 5.0 %")
        #expect(StatusWords.wide(0.09, target: 0.05) == "run-to-run half-width 9.0 %, target 5.0 %")
        #expect(StatusWords.wide(2e5, target: 0.05) == "run-to-run half-width over 100000 %, target 5.0 %")
    }

    @Test func soDoesThatOfAFurtherMetric() {
        func metric(_ name: String, _ half: Double) -> Metric {
            Metric(
                name: name, symbol: "s", better: .lower, value: 1,
                interval: Interval(lower: 1 - half, upper: 1 + half, level: 0.95), count: 6)
        }
        let metrics = [metric("a", 0.4), metric("b", 0.0501), metric("c", 0.0499)]
        #expect(
            StatusWords.wideMetrics(metrics, target: 0.05)
                == "run-to-run half-width above the target of 5.0 %: b 5.01 %")
        #expect(StatusWords.wideMetrics([metrics[0]], target: 0.05) == nil)
    }

    @Test func olderSentencesHadOneDecimal() {
        let new = "run-to-run half-width 5.049 %, target 5.0 %"
        #expect(StatusWords.areAlike("run-to-run half-width 5.0 %, target 5.0 %", new))
        #expect(!StatusWords.areAlike("run-to-run half-width 6.0 %, target 5.0 %", new))
        #expect(!StatusWords.areAlike("run-to-run half-width 5.0 %, goal 5.0 %", new))
        #expect(!StatusWords.areAlike(nil, new) && StatusWords.areAlike(nil, nil))
        #expect(!StatusWords.areAlike("5.0 of 6", "5.01 of 6"))
    }
}
