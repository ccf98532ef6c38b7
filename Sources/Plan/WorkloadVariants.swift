import Model

extension Workload {
    /// The same with another batch, or computed in another direction; `nil` for a kernel that has no such thing.
    func with(batch: Int?, direction: ConvolutionShape.Direction?) -> Workload? {
        var variant = self
        guard case .fixed(var shape) = size else { return batch == nil && direction == nil ? self : nil }
        if let batch {
            guard shape.set(batch: batch) else { return nil }
            variant.name += "-batch\(batch)"
            variant.title += " batch \(batch)"
        }
        if let direction {
            guard case .convolution(var sizes) = shape else { return nil }
            sizes.direction = direction
            shape = .convolution(sizes)
            variant.name += direction == .forward ? "" : "-\(direction.rawValue)"
            variant.title += direction.words
        }
        variant.size = .fixed(shape)
        return variant
    }
}

extension Shape {
    /// Whether there is one to set.
    fileprivate mutating func set(batch: Int) -> Bool {
        switch self {
        case .matmul(var sizes):
            sizes.batch = batch
            self = .matmul(sizes)
        case .convolution(var sizes):
            sizes.batch = batch
            self = .convolution(sizes)
        case .embedding(var sizes):
            sizes.batch = batch
            self = .embedding(sizes)
        case .rowGather(var sizes):
            sizes.batch = batch
            self = .rowGather(sizes)
        case .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead, .pointerChase, .peak, .null:
            return false
        }
        return true
    }
}

extension ConvolutionShape.Direction {
    /// As part of a title; the forward one goes without saying.
    fileprivate var words: String {
        switch self {
        case .forward: ""
        case .backwardData: " backward data"
        case .backwardWeights: " backward weights"
        }
    }
}
