/// A table as it is read: heads, rows, and where each row stands.
struct SheetTable: Sendable {
    struct Row: Sendable {
        var cells: [String]
        var place: Place
    }

    var caption: String
    /// Title of the group of rows, where a table has several.
    var group: String
    var heads: [String]
    /// Columns written flush right.
    var numbers: [Bool]
    var rows: [Row]
    var notes: String
    var section: Int?
    var place: Place

    /// A table of names and values has no heads.
    var isFacts: Bool { heads.allSatisfy(\.isEmpty) && heads.count == 2 }

    /// The first column whose head is one of `names`, lower case.
    func column(_ names: String...) -> Int? {
        heads.firstIndex { head in names.contains(head.lowercased()) }
    }

    /// The first column whose head contains `part`.
    func column(containing part: String) -> Int? { heads.firstIndex { $0.lowercased().contains(part) } }

    func cell(_ row: Row, _ column: Int?) -> String? {
        guard let column, row.cells.indices.contains(column) else { return nil }
        return row.cells[column]
    }

    /// All words of a row.
    func text(_ row: Row) -> String { row.cells.joined(separator: " · ") }
}

extension SheetTable {
    /// A row with a value and what is said of it.
    struct Figure {
        var name: String
        var value: String
        var unit: String
        var interval: String
        var status: String
        var count: String?
        var row: Row

        /// Half the width of the interval, in the unit of the value; `nil` where none is written.
        var halfWidth: Double? {
            let numbers = Words(interval).quantities.map(\.value)
            if interval.contains("±") { return numbers.first }
            guard numbers.count >= 2 else { return nil }
            return (numbers[1] - numbers[0]) / 2
        }

        var number: Words.Quantity? { Words(value).quantities.first }

        /// Whether it says of itself that it is not to be relied on.
        var isLabelled: Bool {
            let words = Words("\(status) \(name)")
            return words.hasAny("unconverged", "noisy", "failed", "skipped", "dependent", "missing", "interrupted")
        }
    }

    /// Rows of a table that has a column of values; empty for every other table.
    var figures: [Figure] {
        guard let value = column("value", "result", "median"), column("bound") == nil else { return [] }
        let interval = heads.firstIndex { Words($0).hasAny("interval", "ci", "confidence") }
        return rows.map { row in
            let names = row.cells.prefix(value).joined(separator: " ")
            return Figure(
                name: group.isEmpty ? names : "\(group) \(names)", value: cell(row, value) ?? "",
                unit: cell(row, column("unit")) ?? "", interval: cell(row, interval) ?? "",
                status: cell(row, column("status")) ?? "",
                count: cell(row, column("n", "processes", "count", "samples")),
                row: row)
        }
    }
}
