import Testing
import Units

struct ScaleTests {
    @Test(
        arguments: [
            (211e9, Unit.flopsPerSecond, "GFLOP/s"), (0.99951e12, .flopsPerSecond, "TFLOP/s"),
            (0.9994e12, .flopsPerSecond, "GFLOP/s"),
            (176e-9, .seconds, "ns"), (0.5, .seconds, "ms"), (3600, .seconds, "s"), (32 * 1_048_576.0, .bytes, "MiB"),
            (18.4e6, .lookupsPerSecond, "M\u{202F}lookups/s"), (12, .lookupsPerSecond, "lookups/s"), (0, .watts, "W"),
            (1e-30, .joules, "pJ"), (1e30, .joules, "EJ"), (.nan, .bytesPerSecond, "B/s"), (-2.6e9, .hertz, "GHz"),
            (5e6, .samplesPerSecond, "samples/s"),
        ] as [(Double, Unit, String)])
    func prefix(_ value: Double, _ unit: Unit, _ symbol: String) {
        #expect(Scale(for: value, unit: unit).symbol == symbol)
    }

    /// Between the largest and the smallest prefix a value reads as 1 to 999, also after rounding to three digits.
    @Test func valuesReadBetweenOneAndAThousand() {
        var value = 1e-8
        while value < 1e20 {
            let scaled = value / Scale(for: value, unit: .flopsPerSecond).divisor
            #expect((0.999..<1000).contains(scaled))
            value *= 1.37
        }
    }

    @Test func symbolsReadFromFilesFindTheirUnits() {
        #expect(Unit(symbol: "FLOP/s") == .flopsPerSecond)
        #expect(Unit(symbol: "s") == .seconds)
        #expect(Scale(for: 5e9, unit: Unit(symbol: "<b>")).symbol == "<b>")
    }
}
