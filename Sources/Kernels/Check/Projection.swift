/// Sums of outputs with random signs against what they must be. Signs make the errors of the outputs one more sum of
/// independent numbers: see `ErrorBound`.
struct Projection {
    private(set) var deviation: Deviation
    private let weight: Double
    private let storing: Double
    private static let lambda = 8.0

    init(_ deviation: Deviation, _ rule: ResultRule) {
        self.deviation = deviation
        weight = rule.isExact ? 1 : rule.bound / rule.projectionBound
        storing = Self.lambda * rule.storing
    }

    /// - Parameters:
    ///   - magnitude: Σ|terms| over all outputs of the sum. By Cauchy and Schwarz it is, divided by the root of their number,
    ///     at most the norm that the bound is for.
    ///   - squares: Σ output², for what storing them cost.
    mutating func compare(_ sum: Double, _ exact: Double, magnitude: Double, squares: Double, outputs: Int) {
        let difference = Deviation.beyond(storing * squares.squareRoot(), sum - exact)
        deviation.project(difference, scale: magnitude / Double(outputs).squareRoot(), weight: weight)
    }
}
