/// Which rate to try next on the way to the highest valid one: up or down from a share of the measured capacity until there
/// is a valid one below an invalid one, then the geometric mean of the two.
///
/// Geometric, because rates matter by their ratio; a search without a model of the queue, because the bound may be met or
/// missed for reasons that no model knows (pauses of the machine).
struct RateFinder {
    /// Queries a second that a single query's time would allow.
    let capacity: Double
    private(set) var valid: Double?
    private(set) var invalid: Double?

    /// An invalid rate this much above the valid one ends the search.
    static let resolution = 1.02
    private static let start = 0.7
    private static let up = 1.25
    private static let down = 0.5
    /// Below this share of capacity the bound is not going to be met: waiting is not what makes queries late.
    private static let least = 1.0 / 64

    init(capacity: Double) { self.capacity = capacity }

    /// `nil` where the search is over.
    var next: Double? {
        guard capacity > 0, capacity.isFinite else { return nil }
        switch (valid, invalid) {
        case (nil, nil): return capacity * Self.start
        case (let valid?, nil): return valid * Self.up
        case (nil, let invalid?): return invalid * Self.down >= capacity * Self.least ? invalid * Self.down : nil
        case (let valid?, let invalid?): return invalid / valid > Self.resolution ? (valid * invalid).squareRoot() : nil
        }
    }

    /// A rate between two of another verdict is noise: the lower invalid one decides.
    mutating func take(_ rate: Double, isValid: Bool) {
        if isValid {
            if rate > valid ?? 0, rate < invalid ?? .infinity { valid = rate }
        } else {
            invalid = min(invalid ?? .infinity, rate)
            if let known = valid, known >= rate { valid = nil }
        }
    }
}
