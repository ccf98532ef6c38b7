/// Logarithms and powers by plain arithmetic, so that a chart has the same bytes on every machine and C library.
enum Mathematics {
    /// Binary logarithm of a positive finite number: its exponent, and a series for the rest.
    static func log2(_ value: Double) -> Double {
        guard value.isFinite, value > 0 else { return -1074 }
        // 2 · artanh((m − 1)/(m + 1)), m in 1 …< 2: the argument is at most ⅓, so twenty terms are exact enough.
        let z = (value.significand - 1) / (value.significand + 1)
        var term = z
        var sum = 0.0
        for odd in stride(from: 1.0, through: 39, by: 2) {
            sum += term / odd
            term *= z * z
        }
        return Double(value.exponent) + 2 * sum / 0.693147180559945309417
    }

    /// `base` to a whole exponent.
    static func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<min(abs(exponent), 2000) { result *= base }
        return exponent < 0 ? 1 / result : result
    }
}
