import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// How long each canary took, over the median of its like in this run: 1.05 is five per cent slower.
    static func canaries(_ records: [ProcessRecord]) -> [Watched] {
        let pairs = records.sorted { $0.order < $1.order }.flatMap { $0.canaries ?? [] }
        return pairs.map(\.name).unique.map { name in
            let own = pairs.filter { $0.name == name }
            let medians = Dictionary(grouping: own) { $0.processingUnit ?? -1 }.mapValues { pairs in
                Order.median(pairs.flatMap { [$0.before, $0.after] }) ?? 0
            }
            let values = own.flatMap { pair -> [Double] in
                guard let usual = medians[pair.processingUnit ?? -1], usual > 0 else { return [] }
                return [pair.before / usual, pair.after / usual]
            }
            let bound = name == "ALU" ? DisturbanceBounds.arithmeticCanary : DisturbanceBounds.memoryCanary
            return Watched(
                name: "Canary: \(name)", values: values, bound: 1 + bound,
                write: { Figures.fixed($0, decimals: 3 + $1) }, absent: "none was run")
        }
    }

    static func canaryBlocks(_ reading: Reading) -> [Document.Block] {
        let canaries = canaries(reading.bundle.processes)
        guard !canaries.isEmpty else { return [.paragraph("Canaries around processes: none was run.")] }
        let note: Prose =
            "Time of a short loop before and after each process, over its median in this run; 1 is usual, more is slower."
        let excluded = exclusionTable(reading).map { Document.Block.table($0) }
        return [
            .table(table("Canaries around each process", canaries, note)),
            excluded ?? .paragraph("Processes excluded as disturbed: none."),
        ]
    }

    /// Processes that do not count because something disturbed them, each with what and with its replacement.
    private static func exclusionTable(_ reading: Reading) -> Document.Table? {
        let rows = reading.bundle.processes.compactMap { record -> [Document.Cell]? in
            guard let exclusion = record.excluded else { return nil }
            let causes = exclusion.causes.map { cause in
                cause.kind.words + (cause.detail.map { " (\($0))" } ?? "")
            }
            let name = reading.measurement(record.case).map(reading.name) ?? record.case
            return [
                .data(name), .number("\(record.process)"), .data(Words.list(causes)),
                exclusion.replacedBy.map { .number("\($0)") } ?? .data("none that was quiet", .quiet),
            ]
        }
        guard !rows.isEmpty else { return nil }
        return Document.Table(
            caption: "Processes excluded because they were disturbed",
            columns: [
                Document.Column("Case"), Document.Column("Process", .number), Document.Column("Disturbed by"),
                Document.Column("Replaced by", .number),
            ], rows: rows, notes: ["Their samples are in the bundle; they count for nothing."])
    }
}
