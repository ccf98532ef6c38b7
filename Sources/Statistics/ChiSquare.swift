/// The distribution of a sum of squares of normal values: what an estimated variance follows.
public enum ChiSquare {
    /// - Parameter freedom: degrees of freedom, above 0, not only whole ones.
    public static func cumulative(_ x: Double, freedom: Double) -> Double {
        x > 0 ? Gamma.regularized(freedom / 2, x / 2) : 0
    }

    /// The x below which a share `p` lies; 0 and ∞ at 0 and 1, NaN outside.
    ///
    /// By halving: it is asked for once a floor, and what always holds is worth more than a few steps.
    public static func quantile(_ p: Double, freedom: Double) -> Double {
        guard p > 0, p < 1, freedom > 0 else { return p == 0 ? 0 : p == 1 ? .infinity : .nan }
        var high = max(freedom, 1)
        while cumulative(high, freedom: freedom) < p { high *= 2 }
        var low = 0.0
        for _ in 0..<2000 where high - low > 1e-15 * high {
            let middle = (low + high) / 2
            if cumulative(middle, freedom: freedom) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

extension Normal {
    /// How many estimated standard deviations either side of a mean that is known hold a share of all values, with confidence:
    /// the deviation itself is only known to its degrees of freedom.
    /// Source: Hahn & Meeker, Statistical Intervals, 1991, §4.6, for a mean that is known.
    public static func toleranceFactor(share: Double, confidence: Double, freedom: Double) -> Double {
        let least = ChiSquare.quantile(1 - confidence, freedom: freedom)
        return least > 0 ? quantile((1 + share) / 2) * (freedom / least).squareRoot() : .infinity
    }
}

/// The incomplete gamma function.
private enum Gamma {
    /// P(a, x): by its series below the mean, by a continued fraction above.
    /// Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 6.5.29 and 6.5.31.
    static func regularized(_ a: Double, _ x: Double) -> Double {
        let front = Double.exponential(a * .logarithm(x) - x - .logGamma(a))
        return x < a + 1 ? front * series(a, x) : 1 - front * fraction(a, x)
    }

    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1 / a
        var sum = term
        for n in 1...100_000 {
            term *= x / (a + Double(n))
            sum += term
            if term < sum * 1e-17 { break }
        }
        return sum
    }

    /// By Lentz's way, as `Beta` does it.
    private static func fraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        func sound(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / sound(b)
        var result = d
        for n in 1...100_000 {
            let i = Double(n)
            let term = -i * (i - a)
            b += 2
            d = 1 / sound(term * d + b)
            c = sound(b + term / c)
            result *= d * c
            if abs(d * c - 1) < 1e-16 { break }
        }
        return result
    }
}
