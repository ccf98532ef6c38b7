/// Changes as logarithms of ratios: up and down weigh the same, and they add up.
///
/// Source: Törnqvist, Vartia & Vartia, How Should Relative Changes Be Measured?, The American Statistician 39 (1985).
public enum LogRatio {
    /// Of a positive value to 1; −∞ or not a number for others.
    public static func of(_ value: Double) -> Double { Double.logarithm(value) }

    /// Of a change as a share: 0.02 for 2 % more.
    public static func ofShare(_ share: Double) -> Double { Double.logarithm1p(share) }
}

extension LogRatio {
    /// 0.02 for the logarithm of 1.02.
    public static func share(_ logarithm: Double) -> Double { Double.exponential(logarithm) - 1 }
}
