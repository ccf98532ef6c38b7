import Model

/// YAML → tables, and how they are looked up in.
enum EmbeddingReader {
    private static let keys = [
        "rows", "bag", "tables", "dimension", "batch", "distribution", "exponent", "bags", "weighted", "direction",
        "memoryShare",
    ]

    /// The shape of an embedding lookup, or of random rows where that is what `kernel` says.
    static func size(_ kernel: Kernel, _ shape: YAMLValue) throws(PlanError) -> Workload.Size {
        let read = try Sizes(shape, keys)
        let sizes = EmbeddingShape(
            tables: try tables(read), dimension: try read["dimension"], batch: try read["batch"],
            distribution: try read.value("distribution").choice(EmbeddingShape.Distribution.self),
            exponent: try read.parts["exponent"]?.number(),
            bags: try read.parts["bags"]?.choice(EmbeddingShape.Bags.self) ?? .fixed,
            isWeighted: try read.parts["weighted"]?.flag() ?? false,
            direction: try read.parts["direction"]?.choice(EmbeddingShape.Direction.self) ?? .forward)
        let result: Shape = kernel == .rowGather ? .rowGather(sizes) : .embedding(sizes)
        guard let share = try read.parts["memoryShare"]?.share() else { return .fixed(result) }
        return .memoryShare(result, share)
    }

    /// One table as `rows` and `bag`, or a list of them.
    private static func tables(_ read: Sizes) throws(PlanError) -> [EmbeddingShape.Table] {
        guard let list = read.parts["tables"] else {
            return [EmbeddingShape.Table(rows: try read["rows"], bag: try read["bag"])]
        }
        if let both = read.parts["rows"] ?? read.parts["bag"] {
            throw both.problem("stands beside tables, which have their own")
        }
        var tables: [EmbeddingShape.Table] = []
        for entry in try list.list() {
            let table = try Sizes(entry, ["rows", "bag"])
            tables.append(EmbeddingShape.Table(rows: try table["rows"], bag: try table["bag"]))
        }
        return tables
    }
}

extension YAMLValue {
    /// A decimal number.
    func number() throws(PlanError) -> Double {
        let text = try string()
        guard let number = Double(text), number.isFinite else { throw problem("is \(shown); a number is needed") }
        return number
    }
}
