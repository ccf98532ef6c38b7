import CKernels

/// Outputs that are compared one by one: all of a small result; else corners, edge middles and centre of every axis
/// together, where loop tails and paddings go wrong, and random ones.
struct SamplePositions {
    static let random = 256
    /// Results up to this size are compared whole.
    static let whole = 4096

    /// Flat row-major positions in a result of these extents.
    static func flat(_ extents: [Int], random: Int = random, seed: UInt64) -> [Int] {
        let total = extents.reduce(1, *)
        guard total > whole else { return Array(0..<total) }
        var positions = [0]
        for extent in extents {
            let marks = [0, extent / 2, extent - 1]
            positions = positions.flatMap { base in marks.map { base * extent + $0 } }
        }
        for i in 0..<UInt64(random) {
            positions.append(Int(assay_below(seed, Input.positions.first + i, UInt64(total))))
        }
        return positions
    }
}
