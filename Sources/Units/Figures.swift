/// How numbers are written: a fixed number of decimals, narrow no-break spaces between thousands, a true minus.
public enum Figures {
    /// Thin, never broken: between thousands and before %.
    public static let narrowSpace = "\u{202F}"
    /// Between a number and its unit.
    public static let space = "\u{00A0}"

    /// Decimals under which `halfWidth` shows two significant digits: more would claim what the interval does not support.
    /// Negative for half-widths of 100 and more: then tens or hundreds are the last digits that mean something.
    public static func decimals(halfWidth: Double) -> Int {
        guard halfWidth.isFinite, halfWidth > 0 else { return 3 }
        var decimals = 0
        var scaled = halfWidth
        while scaled < 9.95, decimals < 9 {
            scaled *= 10
            decimals += 1
        }
        while scaled >= 99.5, decimals > -15 {
            scaled /= 10
            decimals -= 1
        }
        return decimals
    }

    /// `value` with `decimals` places, at most nine; negative places round to tens, hundreds … Values of 10¹⁵ and more and
    /// those not finite are written as Swift writes them.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        let step = pow10(max(-decimals, 0))
        let power = pow10(min(max(decimals, 0), 9))
        let scaled = (abs(value) / step * power).rounded(.toNearestOrAwayFromZero) * step
        guard scaled < 9e18 else { return grouped(exactly: value) }
        let whole = UInt64(scaled)
        let unit = UInt64(power)
        var text = grouped(whole / unit)
        if decimals > 0 {
            let fraction = String(whole % unit)
            text += "." + String(repeating: "0", count: min(decimals, 9) - fraction.count) + fraction
        }
        return value < 0 && whole > 0 ? minus + text : text
    }

    /// For values so large that their decimals would not fit: the decimals mean nothing there anyway.
    private static func grouped(exactly value: Double) -> String {
        (value < 0 ? minus : "") + grouped(UInt64(abs(value).rounded()))
    }

    /// A true minus, as wide as a digit.
    public static let minus = "\u{2212}"

    /// `12 345 678` with narrow no-break spaces; four digits stay together only where that is asked for.
    public static func grouped(_ value: UInt64) -> String {
        let digits = Array(String(value))
        var text = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { text += narrowSpace }
            text.append(digit)
        }
        return text
    }

    /// `value` at `count` significant digits, for figures that carry no interval (a size, a rate that is exact).
    public static func significant(_ value: Double, _ count: Int = 3) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        return fixed(value, decimals: significantDecimals(value, count))
    }

    /// Decimals under which `value` shows `count` significant digits; never negative, so that whole numbers stay whole.
    public static func significantDecimals(_ value: Double, _ count: Int = 3) -> Int {
        guard value.isFinite, value != 0 else { return 0 }
        var decimals = 0
        var magnitude = abs(value)
        while magnitude < pow10(count - 1) - 0.05, decimals < 9 {
            magnitude *= 10
            decimals += 1
        }
        return decimals
    }

    /// `93 %` from 0.93.
    public static func percent(_ fraction: Double, decimals: Int = 0) -> String {
        fixed(fraction * 100, decimals: decimals) + narrowSpace + "%"
    }

    /// `value` as `write` writes it, with as many further digits as it takes to look unlike `bound`: rounding must not make
    /// what is above a bound look like what equals it.
    public static func apart(
        _ value: Double, from bound: Double, _ write: (_ value: Double, _ further: Int) -> String
    ) -> String {
        let enough = value == bound ? 0 : (0..<9).first { write(value, $0) != write(bound, $0) }
        return write(value, enough ?? 0)
    }

    /// A number that was declared, with the decimals that it has and no more: `5`, `12.5`; six at most.
    public static func declared(_ value: Double) -> String {
        let enough = (0..<6).first { places in
            let scaled = value * pow10(places)
            return abs(scaled - scaled.rounded()) <= abs(scaled) * 1e-9
        }
        return fixed(value, decimals: enough ?? 6)
    }

    /// A capacity that is exact: `32 MiB`, `23.0 GiB`; whole multiples carry no decimals.
    public static func bytes(_ count: UInt64) -> String {
        let scale = Scale(for: Double(count), unit: .bytes)
        let scaled = Double(count) / scale.divisor
        let text = scaled == scaled.rounded() ? fixed(scaled, decimals: 0) : significant(scaled, 3)
        return text + space + scale.symbol
    }

    /// A quantity with its prefix chosen for itself alone: `2.60 GHz`, `48 s`.
    public static func quantity(_ value: Double, _ unit: Unit, significant count: Int = 3) -> String {
        let scale = Scale(for: value, unit: unit)
        return significant(value / scale.divisor, count) + (scale.symbol.isEmpty ? "" : space + scale.symbol)
    }

    private static func pow10(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<max(exponent, 0) { result *= 10 }
        return result
    }
}
