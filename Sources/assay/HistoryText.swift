import Datasheet
import Document
import Model
import Plan
import Render
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How the history's answers are written on a terminal.
enum HistoryText {
    static func line(_ word: String, _ text: String) -> String {
        word + String(repeating: " ", count: max(10 - word.count, 0)) + " " + text
    }

    static func time(_ date: Date) -> String {
        String(date.formatted(.iso8601).prefix(16)).replacing("T", with: " ")
    }

    static func table(_ entries: [HistoryEntry]) -> String {
        let rows = entries.map { entry -> [Document.Cell] in
            [
                .text("\(entry.id)"), .text("\(time(entry.created))"), .text("\(entry.suite)"),
                .number("\(entry.measured) of \(entry.cases)"),
                .text("\(entry.machine.key) \(entry.machine.name)"), .text("\(String(entry.fingerprint.prefix(6)))"),
                .text("\(note(entry))"),
            ]
        }
        let columns = [
            Document.Column("Run"), Document.Column("Time (UTC)"), Document.Column("Suite"),
            Document.Column("Measured", .number), Document.Column("Machine"), Document.Column("State"),
            Document.Column("Baseline"),
        ]
        guard !rows.isEmpty else { return "no runs" }
        return text(Document.Table(caption: "", columns: columns, rows: rows))
    }

    private static func note(_ entry: HistoryEntry) -> String {
        let parts = entry.baselines + (entry.interrupted.map { ["interrupted: \($0)"] } ?? [])
        return parts.joined(separator: ", ")
    }

    static func text(_ table: Document.Table) -> String {
        var text = Terminal(width: Console.width(), isColoured: false).render(table)
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    static func description(_ run: HistoryRun) -> String {
        let reference = run.values.reference
        let head = [
            line("run", "\(reference.id), \(time(reference.created)) UTC"),
            line("suite", "\(reference.suite), seed \(run.seed)"), line("machine", reference.machine),
            line("assay", "\(reference.tool.version), commit \(reference.tool.commit.prefix(12))"),
        ]
        let rows = run.values.results.flatMap { result -> [[Document.Cell]] in
            let name = "\(result.case.workload), \(result.case.backend.rawValue), \(result.case.threads)"
            guard !result.metrics.isEmpty else {
                return [
                    [
                        .text("\(name)"), .text("\(result.status.rawValue): \(result.reason ?? "")"), .number(""),
                        .number(""),
                    ]
                ]
            }
            return result.metrics.map { kept in
                [
                    .text("\(name)"), .text("\(kept.metric.name)"), .number(value(kept.metric.value, kept.metric.unit)),
                    .number("\(kept.processes.count)"),
                ]
            }
        }
        let table = Document.Table(
            caption: "",
            columns: [
                Document.Column("Case"), Document.Column("Metric"), Document.Column("Value", .number),
                Document.Column("Processes", .number),
            ], rows: rows)
        return (head + ["", text(table)]).joined(separator: "\n")
    }

    static func value(_ value: Double, _ symbol: String) -> String {
        Figures.quantity(value, Unit(symbol: symbol), significant: 4)
    }

    /// Seconds: `180d`, or what a time is written like elsewhere.
    static func age(_ text: String) -> Double? {
        if text.hasSuffix("d"), let days = Double(text.dropLast()), days > 0, days < 1e5 { return days * 86_400 }
        return TimeText.seconds(text)
    }
}
