import Document
import Model
import Units

extension Datasheet {
    /// What bringing operands into the layouts that a library chose costs, apart from the results, which begin after it.
    static func reorderTable(_ reading: Reading) -> Document.Table? {
        let rows = reading.kernels.compactMap { measurement -> [Document.Cell]? in
            guard let cost = measurement.reorder else { return nil }
            let parts = [cost.source, cost.weights, cost.destination]
            return [.data(reading.workload(measurement)), .number("\(measurement.case.threads)")]
                + parts.map { $0.map { .number(Figures.quantity($0, .seconds, significant: 2)) } ?? .notApplicable }
                + [times(parts.compactMap { $0 }.reduce(0, +), measurement)]
        }
        guard !rows.isEmpty else { return nil }
        return Document.Table(
            caption: "Reorders, which are no part of the results",
            columns: [
                Document.Column("Case"), Document.Column("Threads", .number), Document.Column("Source", .number),
                Document.Column("Weights", .number), Document.Column("Destination", .number),
                Document.Column("Together, in iterations", .number),
            ], rows: rows,
            notes: [
                """
                Seconds to bring an operand from plain row-major order into the layout that the library chose, and what is \
                computed back: medians over processes, measured once in each. –: the plain order will do. Inside a network most \
                of them are paid once, or not at all.
                """
            ])
    }

    /// The cost as so many iterations of the case itself.
    private static func times(_ seconds: Double, _ measurement: Measurement) -> Document.Cell {
        guard let rate = measurement.metrics.first?.value, let flops = measurement.work?.flops, rate > 0, flops > 0
        else {
            return .notApplicable
        }
        return .number(Figures.significant(seconds * rate / flops, 2))
    }
}
