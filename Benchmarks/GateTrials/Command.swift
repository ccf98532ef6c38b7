import Foundation

/// The tables of docs/METHODOLOGY.md, "How often the gate is wrong": `GateTrials [rates] [COMPARISONS [METRICS [SEED]]]`.
/// With `rates` only what the goals are about, in the same time for ten times as many comparisons.
@main enum Command {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        let given = words.compactMap { UInt64($0) }
        var tables = Tables()
        if given.count > 0 { tables.comparisons = Int(given[0]) }
        if given.count > 1 { tables.metrics = Int(given[1]) }
        if given.count > 2 { tables.seed = given[2] }
        print("\(tables.comparisons) comparisons of \(tables.metrics) metrics, seed \(tables.seed)\n")
        if words.first == "rates" { return rates(tables) }
        falseAlarms(tables)
        print("\n| slowdown of one metric | n | found | CV 0.3–1 % | 1–3 % | 3–9 % |")
        print("| --- | --- | --- | --- | --- | --- |")
        for processes in [10, 20] { detection(tables, processes) }
    }

    private static func rates(_ tables: Tables) {
        print("| what | n | share | of |")
        print("| --- | --- | --- | --- |")
        for processes in [10, 20] {
            for row in tables.falseAlarms(processes: processes, gates: [.withFloor]) {
                let share = percent(Double(row.withAlarm) / Double(row.comparisons))
                print("| A/A with a false alarm | \(processes) | \(share) | \(row.comparisons) |")
            }
            let found = tables.detection(.floors(2), label: "", processes: processes).all
            print("| 2.0 × noise floor found | \(processes) | \(percent(found.share)) | \(found.trials) |")
        }
    }

    private static func falseAlarms(_ tables: Tables) {
        print("| rule | n | A/A comparisons with a false alarm | false alarms in all |")
        print("| --- | --- | --- | --- |")
        for (processes, struck) in [(10, 0.0), (20, 0.0), (10, 0.02)] {
            for row in tables.falseAlarms(processes: processes, struck: struck) {
                let note = struck > 0 ? ", 2 % of processes struck" : ""
                let share = percent(Double(row.withAlarm) / Double(row.comparisons))
                print("| \(row.gate.rawValue)\(note) | \(row.processes) | \(share) | \(row.alarms) |")
            }
        }
    }

    private static func detection(_ tables: Tables, _ processes: Int) {
        let shares = [0.01, 0.02, 0.03, 0.05, 0.10]
        for share in shares { show(tables, .of(share), whole(share), processes) }
        for factor in [1.0, 1.5, 2.0, 3.0] { show(tables, .floors(factor), "\(factor) × noise floor", processes) }
        show(tables, .floors(2), "2.0 × noise floor, the floor as null hypothesis", processes, gate: .floorAsNull)
        show(tables, .promised, "smallest change promised", processes)
        for share in shares {
            show(tables, .of(share), whole(share) + ", interleaved", processes, isInterleaved: true)
        }
        show(tables, .promised, "smallest change promised, interleaved", processes, isInterleaved: true)
    }

    private static func show(
        _ tables: Tables, _ slowdown: Tables.Slowdown, _ label: String, _ processes: Int, gate: Gate = .withFloor,
        isInterleaved: Bool = false
    ) {
        let (all, classes) = tables.detection(
            slowdown, label: label, processes: processes, gate: gate, isInterleaved: isInterleaved)
        let shares = ([all] + classes).map { percent($0.share) }.joined(separator: " | ")
        print("| \(label) | \(processes) | \(shares) |")
    }

    private static func whole(_ share: Double) -> String { String(format: "%.0f %%", share * 100) }
    private static func percent(_ share: Double) -> String {
        share.isNaN ? "–" : String(format: "%.1f %%", share * 100)
    }
}
