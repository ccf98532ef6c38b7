import Model

/// Bags of rows summed in double precision.
struct EmbeddingReference {
    let shape: EmbeddingShape
    let table: UnsafePointer<Float>

    /// Calls `body` with the exact sums of each bag in turn; they are valid only during the call.
    func forEachBag(
        _ indices: UnsafePointer<Int64>, _ body: (_ bag: Int, _ sums: UnsafePointer<Exact>) -> Void
    ) throws(KernelError) {
        let sums = try Buffer<Exact>(count: shape.dimension)
        for bag in 0..<shape.batch {
            sums.elements.update(repeating: Exact())
            for lookup in bag * shape.bag..<(bag + 1) * shape.bag {
                let row = table + Int(indices[lookup]) * shape.dimension
                for column in 0..<shape.dimension { sums.start[column].add(Double(row[column])) }
            }
            body(bag, sums.start)
        }
    }
}
