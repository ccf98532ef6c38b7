/// Bags of rows summed: from each table `batch` bags of rows, each row of `dimension` values.
public struct EmbeddingShape: Sendable, Hashable {
    public enum Distribution: String, Codable, Sendable, CaseIterable { case uniform, zipf }
    /// `fixed`: every bag holds as many lookups as its table says. `variable`: 0 to twice as many, as many on average.
    public enum Bags: String, Codable, Sendable, CaseIterable { case fixed, variable }
    /// `backward` adds the gradient of each bag to the rows that it was made of.
    public enum Direction: String, Codable, Sendable, CaseIterable { case forward, backward }

    public struct Table: Codable, Sendable, Hashable {
        public var rows: Int
        /// Lookups in a bag.
        public var bag: Int
        /// Rows as declared, where fewer are there so that they fit in memory.
        public var declaredRows: Int?

        public init(rows: Int, bag: Int, declaredRows: Int? = nil) {
            self.rows = rows
            self.bag = bag
            self.declaredRows = declaredRows
        }
    }

    public var tables: [Table]
    public var dimension: Int
    public var batch: Int
    public var distribution: Distribution
    /// Of Zipf's law: the row of rank k is asked for in proportion to k^−exponent.
    public var exponent: Double?
    public var bags: Bags
    /// Each row is multiplied by a weight of its lookup.
    public var isWeighted: Bool
    public var direction: Direction

    public init(
        tables: [Table], dimension: Int, batch: Int, distribution: Distribution = .uniform, exponent: Double? = nil,
        bags: Bags = .fixed, isWeighted: Bool = false, direction: Direction = .forward
    ) {
        self.tables = tables
        self.dimension = dimension
        self.batch = batch
        self.distribution = distribution
        self.exponent = exponent
        self.bags = bags
        self.isWeighted = isWeighted
        self.direction = direction
    }

    /// One table.
    public init(
        rows: Int, dimension: Int, bag: Int, batch: Int, distribution: Distribution = .uniform,
        exponent: Double? = nil, bags: Bags = .fixed, isWeighted: Bool = false, direction: Direction = .forward
    ) {
        self.init(
            tables: [Table(rows: rows, bag: bag)], dimension: dimension, batch: batch, distribution: distribution,
            exponent: exponent, bags: bags, isWeighted: isWeighted, direction: direction)
    }

    /// Largest number of tables; DLRM-v2 has 26.
    public static let mostTables = 256

    /// Bytes of one row: for int8 with its scale and bias, an f32 each. A dimension that nothing has, in a file that somebody
    /// sent, gives the largest number.
    public func rowBytes(_ type: DataType) -> Int {
        let (values, tooLarge) = dimension.multipliedReportingOverflow(by: type.bytes)
        let (bytes, larger) = values.addingReportingOverflow(type == .int8 ? 8 : 0)
        return tooLarge || larger ? .max : bytes
    }
}

extension EmbeddingShape {
    /// Rows there are ÷ rows declared, over all tables; 1 where all are there.
    public var scale: Double {
        let declared = tables.reduce(0.0) { $0 + Double($1.declaredRows ?? $1.rows) }
        return declared > 0 ? tables.reduce(0.0) { $0 + Double($1.rows) } / declared : 1
    }

    /// The same with no table of more than so many rows that all of them fit in `bytes`, at least one row each. Large tables
    /// are cut and small ones stay whole: that is how DLRM itself bounds its tables.
    public func capped(toBytes bytes: Double, _ type: DataType) -> EmbeddingShape {
        let each = Double(max(rowBytes(type), 1))
        func total(_ most: Int) -> Double { tables.reduce(0) { $0 + Double(min($1.rows, most)) * each } }
        let largest = tables.map(\.rows).max() ?? 0
        guard total(largest) > bytes else { return self }
        var (fits, tooMany) = (1, largest)
        while tooMany - fits > 1 {
            let middle = fits + (tooMany - fits) / 2
            if total(middle) <= bytes { fits = middle } else { tooMany = middle }
        }
        var result = self
        for i in result.tables.indices where result.tables[i].rows > fits {
            result.tables[i].declaredRows = tables[i].declaredRows ?? tables[i].rows
            result.tables[i].rows = fits
        }
        return result
    }

    var sizes: [(name: String, value: String)] {
        var sizes: [(name: String, value: String)] = []
        if tables.count == 1, let table = tables.first {
            sizes.append(("rows", "\(table.rows)"))
            if let declared = table.declaredRows { sizes.append(("declaredRows", "\(declared)")) }
            sizes += [("dimension", "\(dimension)"), ("bag", "\(table.bag)"), ("batch", "\(batch)")]
        } else {
            sizes += [("tables", Self.list(tables)), ("dimension", "\(dimension)"), ("batch", "\(batch)")]
        }
        sizes.append(("distribution", distribution.rawValue))
        // What is usual is not said, so that a case keeps the identity it had before there was a choice.
        if let exponent { sizes.append(("exponent", "\(exponent)")) }
        if bags != .fixed { sizes.append(("bags", bags.rawValue)) }
        if isWeighted { sizes.append(("weighted", "true")) }
        if direction != .forward { sizes.append(("direction", direction.rawValue)) }
        return sizes
    }

    /// Rows × lookups of each table.
    private static func list(_ tables: [Table]) -> String {
        tables.map { "\($0.rows)×\($0.bag)" }.joined(separator: " ")
    }
}

/// JSON: one table lies flat beside the other sizes (`rows`, `bag`), several are `tables`. What is usual may be absent.
extension EmbeddingShape: Codable {
    private enum Key: String, CodingKey {
        case rows, declaredRows, bag, tables, dimension, batch, distribution, exponent, bags, weighted, direction
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let tables =
            try container.decodeIfPresent([Table].self, forKey: .tables) ?? [
                Table(
                    rows: try container.decode(Int.self, forKey: .rows),
                    bag: try container.decode(Int.self, forKey: .bag),
                    declaredRows: try container.decodeIfPresent(Int.self, forKey: .declaredRows))
            ]
        self.init(
            tables: tables, dimension: try container.decode(Int.self, forKey: .dimension),
            batch: try container.decode(Int.self, forKey: .batch),
            distribution: try container.decode(Distribution.self, forKey: .distribution),
            exponent: try container.decodeIfPresent(Double.self, forKey: .exponent),
            bags: try container.decodeIfPresent(Bags.self, forKey: .bags) ?? .fixed,
            isWeighted: try container.decodeIfPresent(Bool.self, forKey: .weighted) ?? false,
            direction: try container.decodeIfPresent(Direction.self, forKey: .direction) ?? .forward)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        if tables.count == 1, let table = tables.first {
            try container.encode(table.rows, forKey: .rows)
            try container.encode(table.bag, forKey: .bag)
            try container.encodeIfPresent(table.declaredRows, forKey: .declaredRows)
        } else {
            try container.encode(tables, forKey: .tables)
        }
        try container.encode(dimension, forKey: .dimension)
        try container.encode(batch, forKey: .batch)
        try container.encode(distribution, forKey: .distribution)
        try container.encodeIfPresent(exponent, forKey: .exponent)
        if bags != .fixed { try container.encode(bags, forKey: .bags) }
        if isWeighted { try container.encode(isWeighted, forKey: .weighted) }
        if direction != .forward { try container.encode(direction, forKey: .direction) }
    }
}
