public import Document
public import Model
import Statistics
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A trend as charts and tables.
public struct TrendReport: Sendable, Equatable {
    /// One a metric, in the trend's order.
    public var figures: [Document.Figure]
    /// What stands under each figure where it stands alone: its shifts with their causes, and what the letters mean.
    public var notes: [[String]]
    /// What shifted; `nil` where nothing did.
    public var shifts: Document.Table?
    public var breaks: Document.Table?
    /// What the whole comes to.
    public var lead: Prose
}

extension Datasheet {
    /// - Parameter charted: metrics that get a chart at most; those that shifted come first.
    public static func trend(_ trend: Trend, charted: Int = .max) -> TrendReport {
        let order = trend.metrics.enumerated().sorted {
            ($0.element.shifts.isEmpty ? 1 : 0, $0.offset) < ($1.element.shifts.isEmpty ? 1 : 0, $1.offset)
        }
        let shown = order.prefix(charted).map(\.element)
        return TrendReport(
            figures: shown.map { figure($0, trend) }, notes: shown.map { notes($0, trend) }, shifts: shifts(trend),
            breaks: breaks(trend), lead: lead(trend))
    }

    private static func lead(_ trend: Trend) -> Prose {
        let count = trend.metrics.reduce(0) { $0 + $1.shifts.count }
        let what = count == 0 ? "no shift" : Words.count(count, "shift")
        let floor = Figures.percent(LogRatio.share(trend.rule.magnitude), decimals: 1)
        return """
            \(trend.machine.name): \(Words.count(trend.metrics.count, "metric")) over \(Words.count(trend.runs.count, "run")), \
            \(what) of at least \(floor) that lasted \(trend.rule.persistence) runs or more.
            """
    }

    private static func figure(_ metric: Trend.MetricTrend, _ trend: Trend) -> Document.Figure {
        let largest = metric.points.map { abs($0.value) }.max() ?? 1
        let scale = Scale(for: largest, unit: Unit(symbol: metric.key.unit))
        let ends = [metric.points.first?.run ?? 0] + metric.shifts.map(\.run)
        let last = metric.points.last?.run ?? 0
        let values = metric.shifts.isEmpty ? [] : [metric.shifts[0].before] + metric.shifts.map(\.after)
        let levels = values.enumerated().map { place, value in
            Document.Trace.Level(
                from: ends[place], to: place + 1 < ends.count ? max(ends[place + 1] - 1, ends[place]) : last,
                value: value / scale.divisor)
        }
        let trace = Document.Trace(
            axis: scale.symbol, runs: trend.runs.count, first: trend.runs.first.map { day($0.created) } ?? "",
            last: trend.runs.last.map { day($0.created) } ?? "",
            points: metric.points.map {
                Document.Trace.Point(run: $0.run, value: $0.value / scale.divisor, isHollow: $0.status != .valid)
            }, levels: levels,
            shifts: metric.shifts.map { Document.Trace.Mark(run: $0.run, label: signedShare($0.relative)) },
            breaks: trend.breaks.enumerated().map { Document.Trace.Mark(run: $1.run, label: letter($0)) })
        let name = title(metric.key)
        return Document.Figure(
            title: name, subtitle: "\(scale.symbol); better is \(metric.key.better.rawValue)",
            description: "\(name) over \(metric.points.count) runs. " + words(metric, trend), chart: .trace(trace))
    }

    private static func words(_ metric: Trend.MetricTrend, _ trend: Trend) -> String {
        guard !metric.shifts.isEmpty else { return "No shift." }
        return metric.shifts.map { "\(signedShare($0.relative)) at run \(trend.runs[$0.run].id)." }.joined(
            separator: " ")
    }

    /// Breaks in a picture that stands alone, at most.
    private static let mostNotes = 8

    private static func notes(_ metric: Trend.MetricTrend, _ trend: Trend) -> [String] {
        let shifts = metric.shifts.map { shift in
            "\(signedShare(shift.relative)) from run \(trend.runs[shift.run].id) on: \(cause(shift))"
        }
        let breaks = trend.breaks.enumerated().map { place, entry in
            "\(letter(place)): from run \(trend.runs[entry.run].id) on: \(Words.some(entry.changes.map(\.text), 3))"
        }
        let left = breaks.count - mostNotes
        let isMixed = metric.points.contains { $0.status != .valid }
        return shifts + breaks.prefix(mostNotes) + (left > 0 ? ["and \(left) more known changes"] : [])
            + (isMixed ? ["Hollow: noisy, or unconverged."] : [])
    }

    private static func cause(_ shift: Trend.Shift) -> String {
        let causes = shift.likelyCauses.map(\.text).joined(separator: "; ")
        return causes.isEmpty ? "no known change" : causes
    }

    private static func shifts(_ trend: Trend) -> Document.Table? {
        let rows = trend.metrics.flatMap { metric in
            metric.shifts.map { shift -> [Document.Cell] in
                let unit = Unit(symbol: metric.key.unit)
                return [
                    .text("\(title(metric.key))"), .text("\(trend.runs[shift.run].id)"),
                    .number(Figures.quantity(shift.before, unit, significant: 4)),
                    .number(Figures.quantity(shift.after, unit, significant: 4)),
                    .text(
                        "\(signedShare(shift.relative)) \(shift.isWorse ? "worse" : "better")",
                        shift.isWorse ? .bad : .good),
                    .number(probability(shift.pAdjusted)),
                    .text("\(cause(shift))"),
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        return Document.Table(
            caption: "Shifts",
            columns: [
                Document.Column("Metric"), Document.Column("From run"), Document.Column("Before", .number),
                Document.Column("After", .number), Document.Column("Change"), Document.Column("p adjusted", .number),
                Document.Column("Likely cause", folds: true),
            ], rows: rows)
    }

    private static func breaks(_ trend: Trend) -> Document.Table? {
        guard !trend.breaks.isEmpty else { return nil }
        return Document.Table(
            caption: "Known changes of the machine",
            columns: [Document.Column(""), Document.Column("From run"), Document.Column("What", folds: true)],
            rows: trend.breaks.enumerated().map { index, entry in
                [
                    .text("\(letter(index))"), .text("\(trend.runs[entry.run].id)"),
                    .text("\(Words.some(entry.changes.map(\.text), 4))"),
                ]
            })
    }

    private static func title(_ key: SeriesKey) -> String {
        "\(key.workload), \(key.backend.rawValue), \(Words.threads(key.threads)): \(key.metric)"
    }

    private static func probability(_ p: Double) -> String {
        p < 0.001 ? "< 0.001" : Figures.fixed(p, decimals: 3)
    }

    /// `a` … `z`, then `aa`, …
    private static func letter(_ index: Int) -> String {
        let last = String(UnicodeScalar(UInt8(97 + index % 26)))
        return index < 26 ? last : letter(index / 26 - 1) + last
    }

    private static func day(_ date: Date) -> String { Words.day(date) }
}
