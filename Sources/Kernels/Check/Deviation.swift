import Model

/// An exact value with Σ|terms|, the scale that its error is measured on.
struct Exact {
    var value = 0.0
    var magnitude = 0.0

    mutating func add(_ term: Double) {
        value += term
        magnitude += abs(term)
    }
}

/// The largest error among outputs. A number that is none stays the largest.
struct Deviation {
    private(set) var error = 0.0
    private(set) var compared = 0

    /// One output against its exact value.
    ///
    /// - Parameter storing: roundings, relative to the value, that a right result may have beside those of its sum.
    mutating func compare(_ computed: Double, _ exact: Exact, storing: Double = 0) {
        compared += 1
        let difference = Self.beyond(storing * abs(exact.value), computed - exact.value)
        include(Self.relative(difference, to: exact.magnitude))
    }

    /// What is left of a difference after an allowance; what is no number stays none.
    static func beyond(_ allowance: Double, _ difference: Double) -> Double {
        guard allowance.isFinite, difference.isFinite else { return difference }
        return max(abs(difference) - allowance, 0)
    }

    /// A projection over many outputs; `weight` turns its error into one that the bound for a single output fits.
    mutating func project(_ difference: Double, scale: Double, weight: Double) {
        include(Self.relative(difference, to: scale) * weight)
    }

    mutating func include(_ error: Double) {
        if !(error <= self.error) { self.error = error.isNaN ? .infinity : error }
    }

    /// Where all terms are zero the result must be, too.
    private static func relative(_ difference: Double, to scale: Double) -> Double {
        if difference == 0 { 0 } else if scale == 0 { .infinity } else { abs(difference) / scale }
    }

    /// An error that is not finite is written as the largest number, because JSON has no other way.
    func check(bound: Double, coverage: String) -> Check {
        Check(
            error: error.isFinite ? error : .greatestFiniteMagnitude, bound: bound, compared: compared,
            coverage: coverage)
    }
}

extension Check {
    /// There is no result to compare.
    static func impossible(_ reason: String) -> Check {
        Check(error: .greatestFiniteMagnitude, bound: 0, compared: 0, coverage: "nothing: \(reason)")
    }
}
