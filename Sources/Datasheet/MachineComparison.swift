import Document
public import Model
import Statistics
import Units

/// Another machine that a sheet is held against.
public struct Versus: Sendable, Equatable {
    /// The sheet's own machine as new, the other as base.
    public var comparison: Comparison
    public var other: Bundle
    /// Its files or numbers do not hold, and it was judged all the same, as was asked for.
    public var isUnverified: Bool

    public init(comparison: Comparison, other: Bundle, isUnverified: Bool = false) {
        self.comparison = comparison
        self.other = other
        self.isUnverified = isUnverified
    }
}

extension Datasheet {
    /// §13: other machines. Differences first, then both values of every metric with ratio, interval and verdict.
    static func comparison(_ reading: Reading) -> Document.Section {
        let all = reading.additions.versus
        guard !all.isEmpty else {
            return Document.Section(
                number: Number.comparison, title: "Comparison",
                blocks: [
                    .paragraph(
                        """
                        None in this sheet: it describes one machine. Differences in configuration, ratios with their intervals and \
                        verdicts stand here in a sheet made from two or more bundles.
                        """)
                ])
        }
        return Document.Section(
            number: Number.comparison, title: "Comparison",
            finding: Prose(
                all.map { "Against \($0.comparison.base.first?.name ?? ""): \(summary($0.comparison))" }
                    .joined(separator: " ")),
            blocks: machinesTables(all).map { .table($0) } + all.flatMap { machineBlocks($0, reading) })
    }

    private static func machineBlocks(_ versus: Versus, _ reading: Reading) -> [Document.Block] {
        let comparison = versus.comparison
        let other = comparison.base.first?.name ?? "the other"
        var blocks: [Document.Block] = [
            .heading("Against \(other): \(title(versus.other.machine))"), .table(differencesTable(comparison)),
        ]
        if !comparison.acknowledged.isEmpty {
            blocks.append(
                .paragraph(
                    Prose(
                        "Acknowledged as part of what is compared: \(Words.list(comparison.acknowledged.map(\.rawValue))). "
                            + "Where these differ, verdicts are about the whole, not about the hardware alone.")))
        }
        let settings = comparison.unacknowledged.filter { $0.subject == .tunable }.map(\.name)
        if !settings.isEmpty {
            blocks.append(
                .paragraph(
                    Prose(
                        "Settings differ (\(Words.some(settings, 6))): verdicts are about the machines as they were tuned, not about "
                            + "what either could reach.")))
        }
        blocks.append(.table(machineTable(comparison, other)))
        if let figure = forest(comparison, other) { blocks.append(.figure(figure)) }
        if let table = efficiencyTable(versus, reading, other) { blocks.append(.table(table)) }
        blocks += geometricMeans(comparison, other)
        blocks += comparison.warnings.map { .paragraph(Prose("Note: \($0).")) }
        return blocks
    }

    private static func machineTable(_ comparison: Comparison, _ other: String) -> Document.Table {
        let common = commonReason(comparison)
        let note = common.map { [Prose("\(commonMark) \(Words.capital($0)).")] } ?? []
        return Document.Table(
            caption: "Every metric of both",
            columns: [
                Document.Column("Case"), Document.Column(other, .number), Document.Column("This machine", .number),
                Document.Column("Unit"), Document.Column("n", .number), Document.Column("Ratio", .number),
                Document.Column("95\(Figures.narrowSpace)% interval", .number), Document.Column("p", .number),
                Document.Column("Verdict"),
                Document.Column("Why", folds: true),
            ],
            rows: comparison.pairs.map { pair in
                [.data(pair.title + (pair.better == .lower ? " ↓" : ""))] + pair.sides + [
                    .number([pair.base, pair.new].map(counted).joined(separator: ", ")),
                    pair.change.map { .number(ratio($0.ratio)) } ?? .notApplicable,
                    pair.change?.interval.map { .number("\(ratio($0.lower)) – \(ratio($0.upper))") } ?? .notApplicable,
                    pair.pAdjusted == nil ? .notApplicable : .number(pair.adjustedText),
                    .data(pair.verdict.rawValue, pair.verdict.emphasis),
                    .data(why(pair, other, common)),
                ]
            },
            notes: note + [
                """
                Verdicts are about this machine. ↓: a metric of which less is wanted. Interval: bootstrap over processes and their samples, within \
                these two runs. n: processes, of the other machine and of this one. p is adjusted for all \(comparison.rule.tests) metrics at \
                \(Figures.percent(comparison.rule.falseDiscoveryRate)).
                """
            ])
    }

    private static let commonMark = "*"

    /// What ends the reasons of three metrics or more: said once, below the table.
    private static func commonReason(_ comparison: Comparison) -> String? {
        let ends = comparison.pairs.compactMap { $0.reason?.split(separator: "; ").map(String.init) }.filter {
            $0.count > 1
        }
        .compactMap(\.last)
        return ends.unique.first { end in ends.count { $0 == end } > 2 }
    }

    private static func why(_ pair: Comparison.Pair, _ other: String, _ common: String?) -> String {
        var reason = pair.reason
        if let common, let text = reason, text.hasSuffix("; " + common) {
            reason = text.dropLast(common.count + 2) + commonMark
        }
        return [pair.statusText(base: other, new: "this machine"), reason, pair.baseText].compactMap { $0 }
            .joined(separator: "; ")
    }

    /// Processes of a side; a dash where it measured nothing.
    static func counted(_ side: Comparison.Side?) -> String { side.map { "\($0.processes)" } ?? "–" }

    static func ratio(_ value: Double) -> String { Figures.fixed(value, decimals: value < 10 ? 3 : 1) }

    /// What can be called and what cannot, on one scale.
    private static func forest(_ comparison: Comparison, _ other: String) -> Document.Figure? {
        let rows = comparison.pairs.compactMap { pair -> Document.Forest.Row? in
            guard let change = pair.change, change.ratio.isFinite, change.ratio > 0, pair.verdict != .notComparable
            else {
                return nil
            }
            // Turned so that right of 1 is better, whichever way the metric counts.
            let isTurned = pair.better == .lower
            func turn(_ value: Double?) -> Double? { value.flatMap { isTurned ? ($0 > 0 ? 1 / $0 : nil) : $0 } }
            let interval = change.interval
            return Document.Forest.Row(
                label: pair.title, ratio: turn(change.ratio) ?? change.ratio,
                lower: turn(isTurned ? interval?.upper : interval?.lower),
                upper: turn(isTurned ? interval?.lower : interval?.upper),
                margin: pair.margin.map { Logarithm.ratio($0.value) } ?? 1,
                text: "× \(ratio(turn(change.ratio) ?? change.ratio)) \(pair.verdict.rawValue)",
                isHollow: pair.verdict == .inconclusive)
        }
        guard !rows.isEmpty else { return nil }
        let shown = Array(rows.prefix(40))
        return Document.Figure(
            title: "This machine against \(other)",
            subtitle: "right of 1 favours this machine; band: the margin; hollow: inconclusive"
                + (rows.count > shown.count ? "; the first \(shown.count) of \(rows.count)" : ""),
            description: shown.map { "\($0.label) \($0.text)" }.joined(separator: "; ") + ".",
            chart: .forest(Document.Forest(axis: "ratio, in favour to the right", rows: shown)))
    }
}
