import Testing
import Units

struct FiguresTests {
    @Test(arguments: [
        (0.0, 0, "0"), (211, 1, "211.0"), (-1.5, 1, "−1.5"), (-0.04, 1, "0.0"), (1234.5, 0, "1\u{202F}235"),
        (999_999.96, 1, "1\u{202F}000\u{202F}000.0"), (1234, -2, "1\u{202F}200"), (-1250, -2, "−1\u{202F}300"),
        (0.000_000_000_4, 9, "0.000000000"),
        (12, -15, "0"), (7, 40, "7.000000000"),
    ])
    func fixed(_ value: Double, _ decimals: Int, _ text: String) {
        #expect(Figures.fixed(value, decimals: decimals) == text)
    }

    @Test(
        arguments: [
            (0.05, "5.0"), (0.08, "8.0"), (0.0504, "5.04"), (0.05004, "5.004"), (0.0496, "4.96"),
            (0.049999996, "4.9999996"),
            (0.05 + 1e-15, "5.0"),
        ] as [(Double, String)])
    func whatIsAboveABoundNeverLooksEqual(_ value: Double, _ text: String) {
        #expect(Figures.apart(value, from: 0.05) { Figures.fixed($0 * 100, decimals: 1 + $1) } == text)
    }

    @Test(arguments: [(5, "5"), (12.5, "12.5"), (0.015 / 1e-3, "15"), (100.0 / 3, "33.333333")] as [(Double, String)])
    func declaredNumbersHaveTheirOwnDecimals(_ value: Double, _ text: String) {
        #expect(Figures.declared(value) == text)
    }

    @Test(
        arguments: [
            (1.5, 1), (0.85, 2), (15, 0), (150, -1), (1500, -2), (9.949, 1), (9.95, 0), (99.49, 0), (99.5, -1), (0, 3),
            (-1, 3),
            (.infinity, 3), (.nan, 3), (1e-300, 9), (1e300, -15),
        ] as [(Double, Int)])
    func decimalsShowTwoDigitsOfTheHalfWidth(_ halfWidth: Double, _ decimals: Int) {
        #expect(Figures.decimals(halfWidth: halfWidth) == decimals)
    }

    /// Whatever the half-width, what is printed of it has one or two significant digits.
    @Test func halfWidthsNeverPrintMoreThanTwoDigits() {
        var width = 1e-7
        while width < 1e12 {
            let text = Figures.fixed(width, decimals: Figures.decimals(halfWidth: width))
            let digits = text.filter { $0.isNumber }.drop { $0 == "0" }.reversed().drop { $0 == "0" }
            #expect(digits.count <= 2, "\(width) prints \(text)")
            width *= 1.137
        }
    }

    @Test(arguments: [
        Double.nan, .infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ])
    func extremesAreWrittenWithoutHarm(_ value: Double) {
        #expect(!Figures.fixed(value, decimals: 3).isEmpty)
        #expect(!Figures.significant(value).isEmpty)
        #expect(!Figures.quantity(value, .flopsPerSecond).isEmpty)
        #expect(!Figures.percent(value).isEmpty)
    }

    @Test func largeValuesKeepTheirDigitsWhenDecimalsDoNotFit() {
        #expect(Figures.fixed(123_456_789_012, decimals: 9) == "123\u{202F}456\u{202F}789\u{202F}012")
    }

    @Test func numbersAreGroupedInThrees() {
        #expect(Figures.grouped(0) == "0")
        #expect(Figures.grouped(999) == "999")
        #expect(Figures.grouped(1000) == "1\u{202F}000")
        #expect(Figures.grouped(.max) == "18\u{202F}446\u{202F}744\u{202F}073\u{202F}709\u{202F}551\u{202F}615")
    }

    @Test func significantDigits() {
        #expect(Figures.significant(0.004567) == "0.00457")
        #expect(Figures.significant(45.67) == "45.7")
        #expect(Figures.significant(99.6) == "99.6")
        #expect(Figures.significant(99.96) == "100")
        #expect(Figures.significant(0.5, 1) == "0.5")
        #expect(Figures.significant(4567) == "4\u{202F}567")
        #expect(Figures.significant(0) == "0")
        #expect(Figures.significant(-2.5, 2) == "−2.5")
    }

    @Test func sharesAndCapacities() {
        #expect(Figures.percent(0.93) == "93\u{202F}%")
        #expect(Figures.bytes(32 << 20) == "32\u{A0}MiB")
        #expect(Figures.bytes(1000) == "1\u{202F}000\u{A0}B")
        #expect(Figures.bytes(0) == "0\u{A0}B")
        #expect(Figures.bytes(24_696_061_952 - 4096 * 1024 * 10) == "23.0\u{A0}GiB")
    }
}
