import Document
import Model
import Statistics
import Units

/// One metric of one case, as several comparisons have it.
private struct MachinesRow {
    struct Key: Hashable {
        var `case`: String
        var metric: String
    }

    var key: Key
    /// In the order of the comparisons; `nil` where one does not have it.
    var pairs: [Comparison.Pair?]

    var any: Comparison.Pair? { pairs.compactMap { $0 }.first }
    /// This machine’s, which is the same in each.
    var own: Comparison.Side? { pairs.lazy.compactMap { $0?.new }.first }
}

extension Datasheet {
    /// More machines than these beside this one would make a table that no page holds.
    private static let mostOthers = 2

    /// Every metric of this machine and of two others side by side: the values first, then what each of the others comes to.
    /// Of three or four others two tables; of one its own table says it all.
    static func machinesTables(_ all: [Versus]) -> [Document.Table] {
        guard all.count > 1 else { return [] }
        return stride(from: 0, to: all.count, by: mostOthers).compactMap { start in
            let some = Array(all[start..<min(start + mostOthers, all.count)])
            return some.count > 1 ? machinesTable(some.map(\.comparison)) : nil
        }
    }

    private static func machinesTable(_ comparisons: [Comparison]) -> Document.Table {
        let names = comparisons.map { $0.base.first?.name ?? "the other" }
        let values = [Document.Column("This machine", .number)] + names.map { Document.Column($0, .number) }
        let verdicts = names.flatMap { name in
            [
                Document.Column("Ratio to \(name), 95\(Figures.narrowSpace)% interval"),
                Document.Column("Against \(name), adjusted p"),
            ]
        }
        return Document.Table(
            caption: "This machine, \(Words.list(names)): every metric side by side",
            columns: [Document.Column("Case")] + values + [Document.Column("Unit"), Document.Column("n", .number)]
                + verdicts,
            rows: rows(comparisons).map(machinesCells),
            notes: [
                """
                Ratio: this machine ÷ the other, with its bootstrap interval. Against: verdicts, about this machine. ↓: a metric of which less \
                is wanted. n: processes, in the order of the machines. p: adjusted for all metrics of its comparison. Why a verdict is \
                what it is stands in the tables below.
                """
            ])
    }

    private static func rows(_ comparisons: [Comparison]) -> [MachinesRow] {
        var places: [MachinesRow.Key: Int] = [:]
        var rows: [MachinesRow] = []
        for (index, comparison) in comparisons.enumerated() {
            for pair in comparison.pairs {
                let key = MachinesRow.Key(case: pair.case.id, metric: pair.metric)
                let place = places[key] ?? rows.count
                if place == rows.count {
                    places[key] = place
                    rows.append(MachinesRow(key: key, pairs: Array(repeating: nil, count: comparisons.count)))
                }
                rows[place].pairs[index] = pair
            }
        }
        return rows
    }

    private static func machinesCells(_ row: MachinesRow) -> [Document.Cell] {
        guard let any = row.any else { return [] }
        let sides = [row.own] + row.pairs.map { $0?.base }
        let metrics = sides.map { side in side.map(any.metric) }
        let column = NumberColumn(metrics.compactMap { $0 })
        let values = metrics.map { $0.map { Document.Cell.number(column.value($0)) } ?? .notApplicable }
        let verdicts = row.pairs.flatMap { pair -> [Document.Cell] in
            guard let pair else { return [.notApplicable, .data("not measured there", .quiet)] }
            let p = pair.pAdjusted == nil ? "" : ", p\(Figures.space)\(pair.adjustedText)"
            return [
                ratioText(pair).map { .data($0) } ?? .notApplicable,
                .data(pair.verdict.rawValue + p, pair.verdict.emphasis),
            ]
        }
        return [.data(any.title + (any.better == .lower ? " ↓" : ""))] + values
            + [.data(column.unit), .number(sides.map(counted).joined(separator: ", "))] + verdicts
    }

    /// `1.012 (1.003 to 1.021)`, broken before the interval and not in it.
    private static func ratioText(_ pair: Comparison.Pair) -> String? {
        guard let change = pair.change else { return nil }
        let to = "\(Figures.space)to\(Figures.space)"
        return ratio(change.ratio) + " "
            + (change.interval.map { "(\(ratio($0.lower))\(to)\(ratio($0.upper)))" } ?? "(no interval)")
    }
}
