import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// One number for a set of cases, the set named: only of the cases that both measured and that may be compared.
    ///
    /// Kernels and ceilings, and different numbers of threads, are sets of their own: a mean over them would be of nothing.
    static func geometricMeans(_ comparison: Comparison, _ other: String) -> [Document.Block] {
        let comparable = comparison.pairs.filter {
            $0.verdict != .notComparable && $0.change != nil && $0.better == .higher
        }
        let sets = comparable.map(MeanSet.init).unique.compactMap { set -> (set: MeanSet, pairs: [Comparison.Pair])? in
            let pairs = comparable.filter { MeanSet($0) == set }
            return pairs.count > 1 ? (set, pairs) : nil
        }
        let rows = sets.compactMap { meanRow($0.set, $0.pairs) }
        guard !rows.isEmpty else { return [] }
        let long = sets.filter { $0.pairs.count > mostNamed }
        let table = Document.Table(
            caption: "Geometric means over the same cases on both machines",
            columns: [
                Document.Column("Set"), Document.Column(other, .number), Document.Column("This machine", .number),
                Document.Column("Ratio", .number), Document.Column("Cases", folds: true),
            ], rows: rows,
            notes: [
                """
                Each case is held against itself on the other machine; the cases of a set differ in size and data type. No verdict: they \
                weigh alike here, as they do in no application.
                """
            ])
        guard !long.isEmpty else { return [.table(table)] }
        return [
            .table(table),
            .folded(
                title: "Cases of the sets",
                blocks: [
                    .definitions(
                        long.map { Document.Definition($0.set.name($0.pairs.count), Prose(names($0.pairs))) })
                ]),
        ]
    }

    /// So many are named in the table itself; more are below it.
    private static let mostNamed = 12

    private static func meanRow(_ set: MeanSet, _ pairs: [Comparison.Pair]) -> [Document.Cell]? {
        guard let logarithms = Logarithm.of(pairs.compactMap { $0.change?.ratio }),
            let base = Logarithm.of(pairs.compactMap { $0.base?.value }),
            let new = Logarithm.of(pairs.compactMap { $0.new?.value }), base.count == new.count
        else { return nil }
        func mean(_ values: [Double]) -> Double { Logarithm.ratio(values.reduce(0, +) / Double(values.count)) }
        func shown(_ value: Double) -> String { Figures.quantity(value, Unit(symbol: set.unit)) }
        return [
            .data(set.name(pairs.count)), .number(shown(mean(base))), .number(shown(mean(new))),
            .number(ratio(mean(logarithms))),
            .data(pairs.count > mostNamed ? "all \(pairs.count) are named below" : names(pairs)),
        ]
    }

    private static func names(_ pairs: [Comparison.Pair]) -> String {
        pairs.map(\.title).joined(separator: ", ")
    }
}

/// What cases of one mean have in common.
private struct MeanSet: Hashable {
    let unit: String
    let isCeiling: Bool
    let threads: Int

    init(_ pair: Comparison.Pair) {
        unit = pair.unit
        isCeiling = pair.case.kernel.isCeiling
        threads = pair.case.threads
    }

    /// `9 kernels in FLOP/s, 2 threads`.
    func name(_ count: Int) -> String {
        "\(count) \(isCeiling ? "ceilings" : "kernels") in \(unit), \(Words.threads(threads))"
    }
}
