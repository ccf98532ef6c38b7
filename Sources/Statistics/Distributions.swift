/// The normal distribution with mean 0 and variance 1.
public enum Normal {
    public static func cumulative(_ x: Double) -> Double { 0.5 * .complementaryError(-x / 2.0.squareRoot()) }

    /// The x below which a share `p` lies; ±∞ at 0 and 1, NaN outside.
    ///
    /// A rational start, then three steps of Halley's method on the C library's `erfc`: full precision without a table of forty
    /// coefficients.
    /// Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 26.2.23.
    public static func quantile(_ p: Double) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        if p > 0.5 { return -quantile(1 - p) }
        // A start good to 4.5e-4 for the lower half.
        let t = (-2 * Double.logarithm(p)).squareRoot()
        var x =
            -(t - (2.515517 + t * (0.802853 + t * 0.010328))
                / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))))
        for _ in 0..<3 {
            let error = cumulative(x) - p
            let density = Double.exponential(-x * x / 2) / (2 * Double.pi).squareRoot()
            guard density > 0 else { break }
            let step = error / density
            x -= step / (1 + x * step / 2)
        }
        return x
    }
}

extension Normal {
    /// Median of the largest |x| of `count` independent x: what a largest difference is divided by to get a deviation.
    /// Source: David & Nagaraja, Order Statistics, 2003, §2.1: all of n lie below x with the n-th power of the share below it.
    public static func largest(of count: Int) -> Double {
        guard count > 0 else { return 1 }
        return quantile((1 + Double.power(0.5, 1 / Double(count))) / 2)
    }
}

/// Values that multiply, as values that add.
public enum Logarithm {
    /// `nil` where a value is not a positive number.
    public static func of(_ values: [Double]) -> [Double]? {
        values.allSatisfy { $0 > 0 && $0.isFinite } ? values.map { .logarithm($0) } : nil
    }

    /// Back again: e^x.
    public static func ratio(_ logarithm: Double) -> Double { .exponential(logarithm) }
}

/// Student's t, by the incomplete beta function.
///
/// Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 26.5.27.
public enum StudentT {
    /// - Parameter freedom: degrees of freedom, above 0, not only whole ones.
    public static func cumulative(_ t: Double, freedom: Double) -> Double {
        guard t != 0 else { return 0.5 }
        let tail = 0.5 * Beta.regularized(freedom / (freedom + t * t), freedom / 2, 0.5)
        return t > 0 ? 1 - tail : tail
    }

    /// Newton's method between bounds that always hold it; where a step would leave them, the middle is taken instead.
    public static func quantile(_ p: Double, freedom: Double) -> Double {
        guard p > 0, p < 1, freedom > 0 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        if p == 0.5 { return 0 }
        if p > 0.5 { return -quantile(1 - p, freedom: freedom) }
        var low = -1.0
        while cumulative(low, freedom: freedom) > p, low > -1e300 { low *= 2 }
        var high = low == -1 ? 0 : low / 2
        var x = (low + high) / 2
        for _ in 0..<200 where high - low > 1e-15 * max(1, -low) {
            let error = cumulative(x, freedom: freedom) - p
            if error < 0 { low = x } else { high = x }
            let next = x - error / density(x, freedom: freedom)
            if abs(next - x) <= 1e-15 * max(1, abs(x)) { return next }
            x = next > low && next < high ? next : (low + high) / 2
        }
        return (low + high) / 2
    }

    private static func density(_ t: Double, freedom: Double) -> Double {
        let front = Double.logGamma((freedom + 1) / 2) - .logGamma(freedom / 2) - 0.5 * .logarithm(freedom * .pi)
        return .exponential(front - (freedom + 1) / 2 * .logarithm1p(t * t / freedom))
    }
}

/// The binomial distribution.
public enum Binomial {
    /// P[B ≤ k] for B ~ Binomial(n, p).
    /// Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 26.5.24.
    public static func cumulative(_ k: Int, n: Int, p: Double) -> Double {
        guard k >= 0 else { return 0 }
        guard k < n else { return 1 }
        return Beta.regularized(1 - p, Double(n - k), Double(k + 1))
    }
}

/// The incomplete beta function.
enum Beta {
    /// I_x(a, b), by Lentz's way to evaluate its continued fraction.
    /// Source: Press, Teukolsky, Vetterling & Flannery, Numerical Recipes, 2007, §6.4.
    static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let front = Double.exponential(
            .logGamma(a + b) - .logGamma(a) - .logGamma(b) + a * .logarithm(x) + b * .logarithm1p(-x))
        // The fraction converges quickly only on this side of the mean.
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func sound(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / sound(1 - (a + b) * x / (a + 1))
        var result = d
        for m in 1...10_000 {
            let i = Double(m)
            for term in [
                i * (b - i) * x / ((a + 2 * i - 1) * (a + 2 * i)),
                -(a + i) * (a + b + i) * x / ((a + 2 * i) * (a + 2 * i + 1)),
            ] {
                d = 1 / sound(1 + term * d)
                c = sound(1 + term / c)
                result *= d * c
            }
            if abs(d * c - 1) < 1e-16 { break }
        }
        return result
    }
}
