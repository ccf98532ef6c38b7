extension EmbeddingShape {
    /// What a batch does. Bytes: rows and indices read, sums written in f32; an offset for each bag, a weight for each lookup
    /// where there are any. Backward a row is read and written, and the gradients are read.
    func work(_ type: DataType) throws(ShapeError) -> Work {
        let counted = try count(type)
        let sums = try product(tables.count, batch, dimension, 4)
        let elements = try product(counted.lookups, dimension)
        let rows = direction == .backward ? try product(2, counted.rowBytes) : counted.rowBytes
        // A value that is scaled, by a weight or by the scale of its row, costs a multiply-add; else an addition.
        let scaled = isWeighted || type == .int8
        return Work(
            flops: Double(try product(scaled ? 2 : 1, elements)),
            bytes: Double(try sum(rows, sums, counted.asked)), lookups: Double(counted.lookups),
            footprint: try sum(counted.tableBytes, sums, counted.asked))
    }

    /// The same rows and indices, but no sums.
    func gatherWork(_ type: DataType) throws(ShapeError) -> Work {
        let counted = try count(type)
        let indices = try product(counted.lookups, 8)
        return Work(
            flops: 0, bytes: Double(try sum(counted.rowBytes, indices)), lookups: Double(counted.lookups),
            footprint: try sum(counted.tableBytes, indices))
    }

    private func count(_ type: DataType) throws(ShapeError) -> (
        lookups: Int, rowBytes: Int, tableBytes: Int, asked: Int
    ) {
        try check()
        let row = try sum(product(dimension, type.bytes), type == .int8 ? 8 : 0)
        var bags = 0
        var stored = 0
        for table in tables {
            bags = try sum(bags, table.bag)
            stored = try sum(stored, product(table.rows, row))
        }
        let lookups = try product(bags, batch)
        let asked = try sum(product(lookups, isWeighted ? 12 : 8), product(tables.count, batch, 8))
        return (lookups, try product(lookups, row), stored, asked)
    }

    private func check() throws(ShapeError) {
        try positive(("dimension", dimension), ("batch", batch))
        guard (1...Self.mostTables).contains(tables.count) else {
            throw .invalid(key: "tables", problem: "\(tables.count) tables; 1 to \(Self.mostTables) may be there")
        }
        for table in tables {
            try positive(("rows", table.rows), ("bag", table.bag))
        }
        switch (distribution, exponent) {
        case (.uniform, nil): break
        case (.uniform, _): throw .invalid(key: "exponent", problem: "a uniform distribution has none")
        case (.zipf, nil): throw .invalid(key: "exponent", problem: "is missing; a Zipf distribution needs one")
        case (.zipf, let exponent?):
            guard exponent > 0, exponent <= 10 else {
                throw .invalid(key: "exponent", problem: "\(exponent) is not above 0 and at most 10")
            }
        }
    }
}
