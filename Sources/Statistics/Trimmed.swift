/// A mean without the outermost values, and how sure it is.
///
/// One process in eight may be struck by something that the others were spared; it should neither move the mean nor, through
/// the variance, hide what all others show.
/// Source: Yuen, The two-sample trimmed t for unequal population variances, Biometrika 61 (1974).
public struct Trimmed: Sendable, Equatable {
    public let mean: Double
    /// Squared standard error of that mean, from the Winsorized variance.
    public let squaredError: Double
    /// Values kept, less one.
    public let freedom: Double

    /// - Parameter share: left out at each end, rounded down to whole values.
    public init?(_ values: [Double], share: Double = 0.125) {
        let cut = Int(share * Double(values.count))
        let kept = values.count - 2 * cut
        guard share >= 0, kept > 1 else { return nil }
        let sorted = values.sorted()
        let middle = sorted[cut..<(sorted.count - cut)]
        mean = middle.reduce(0, +) / Double(kept)
        // Winsorized: what is left out counts as the nearest value that is not.
        let winsorized = sorted.map { min(max($0, sorted[cut]), sorted[sorted.count - 1 - cut]) }
        let squares = Moments(winsorized).variance * Double(values.count - 1)
        squaredError = squares / Double(kept * (kept - 1))
        freedom = Double(kept - 1)
    }
}

/// A sum of independent variances of which each is known with its own degrees of freedom.
///
/// Source: Satterthwaite, Biometrics Bulletin 2 (1946).
public struct VarianceSum: Sendable, Equatable {
    public private(set) var variance = 0.0
    private var weights = 0.0

    public init() {}

    /// - Parameter freedom: `nil` for a variance that is known.
    public mutating func add(_ part: Double, freedom: Double?) {
        variance += part
        if let freedom, freedom > 0 { weights += part * part / freedom }
    }

    /// Infinite where all parts are known.
    public var freedom: Double { weights > 0 ? variance * variance / weights : .infinity }
    public var error: Double { variance.squareRoot() }
}
