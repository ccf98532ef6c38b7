extension Shape {
    /// The sizes by name, in the order in which they are usually spoken: for tables, and for the identity of a case. What has
    /// its usual value since before it could be chosen is left out, so that identities stay.
    public var sizes: [(name: String, value: String)] {
        switch self {
        case .matmul(let s):
            [("m", "\(s.m)"), ("n", "\(s.n)"), ("k", "\(s.k)")] + (s.batch == 1 ? [] : [("batch", "\(s.batch)")])
                + (s.transposeA ? [("transposeA", "true")] : []) + (s.transposeB ? [("transposeB", "true")] : [])
                + types(s.sourceType, s.resultType)
        case .convolution(let s):
            [
                ("batch", "\(s.batch)"), ("channels", "\(s.channels)"), ("height", "\(s.height)"),
                ("width", "\(s.width)"), ("filters", "\(s.filters)"), ("filterHeight", "\(s.filterHeight)"),
                ("filterWidth", "\(s.filterWidth)"), ("stride", "\(s.stride)"), ("padding", "\(s.padding)"),
            ] + (s.direction == .forward ? [] : [("direction", s.direction.rawValue)])
                + types(s.sourceType, s.resultType)
        case .embedding(let s), .rowGather(let s): s.sizes
        case .streamCopy(let s), .streamScale(let s), .streamAdd(let s), .streamTriad(let s), .pointerChase(let s):
            s.sizes
        case .cacheRead(let s): s.sizes
        case .peak(let s): s.sizes
        case .null(let s): [("nanoseconds", "\(s.nanoseconds)"), ("fault", s.fault.rawValue)]
        }
    }

    private func types(_ source: ElementType?, _ result: ElementType?) -> [(name: String, value: String)] {
        [("sourceType", source), ("resultType", result)].compactMap { name, type in type.map { (name, $0.rawValue) } }
    }
}
