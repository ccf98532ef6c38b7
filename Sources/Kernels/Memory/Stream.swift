/// Which of a workload's inputs a number of the generator belongs to: each has 2^40 indices to itself, so that no two
/// inputs share values and each can be made again alone.
enum Input: UInt64 {
    case left, right, projection, positions, offsets, weights, gradients

    var first: UInt64 { rawValue << 40 }
}
