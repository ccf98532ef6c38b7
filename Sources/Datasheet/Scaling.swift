import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// From one thread to the most, each with both absolute values.
    static func scalingTable(_ reading: Reading) -> Document.Table? {
        let pairs = reading.scaling
        guard !pairs.isEmpty else { return nil }
        let rows = pairs.compactMap { pair -> [Document.Cell]? in
            guard let one = pair.one.metrics.first, let all = pair.all.metrics.first else { return nil }
            let column = NumberColumn([one, all])
            let status =
                pair.one.isSound && pair.all.isSound
                ? Document.Cell.data("valid", .quiet) : .data("one side is not valid", .bad)
            return [
                .data(pair.one.case.workload), .number(column.value(one)), .number(column.value(all)),
                .data(column.unit),
                .number("\(pair.all.case.threads)"),
                speedUp(one, all).map { ratioCell(one, all, pair.one, pair.all, $0) } ?? .notApplicable,
                speedUpRange(one, all, pair.all, pair.one),
            ] + efficiencyCells(pair.one, pair.all) + [status]
        }
        return Document.Table(
            caption: "From one thread to the most measured",
            columns: [
                Document.Column("Case"), Document.Column("1 thread", .number), Document.Column("All", .number),
                Document.Column("Unit"),
                Document.Column("Threads", .number), Document.Column("Ratio", .number),
                Document.Column("From – to", .number), Document.Column("Efficiency", .number),
                Document.Column("From – to", .number), Document.Column("Status"),
            ], rows: rows,
            notes: [
                Prose(
                    "Ratio: of the two medians beside it; for latency, one thread’s time over that of all, which has no efficiency. "
                        + scalingNote(pairs.map(\.all)))
            ])
    }

    static func scalingFigure(_ reading: Reading) -> Document.Figure? {
        let pairs = reading.scaling.filter { $0.one.metrics.first?.better == .higher }
        guard let most = pairs.map(\.all.case.threads).max(), pairs.count > 1 else { return nil }
        let oneType = Set(pairs.map(\.one.case.dataType)).count == 1
        let rows = pairs.compactMap { pair -> Document.Bars.Row? in
            guard let one = pair.one.metrics.first, let all = pair.all.metrics.first, let ratio = speedUp(one, all)
            else {
                return nil
            }
            let bounds = speedUpBounds(one, all, pair.all, pair.one)
            return Document.Bars.Row(
                label: oneType
                    ? pair.one.case.withoutType : pair.one.case.workload, value: ratio, lower: bounds?.lower,
                upper: bounds?.upper, text: Figures.fixed(ratio, decimals: 2),
                isHollow: !pair.one.isSound || !pair.all.isSound)
        }
        return Document.Figure(
            title: scalingTitle(pairs),
            subtitle: "Speed-up from one thread to \(Words.number(most)); hollow: one side is not valid",
            description: rows.map { "\($0.label) \($0.text)" }.joined(separator: "; ") + ". Ideal: \(most).",
            chart: .bars(
                Document.Bars(
                    axis: "speed-up", style: .dot, rows: Array(rows.prefix(24)), reference: Double(most),
                    referenceName: "ideal")))
    }

    /// Names what the picture shows where arithmetic and memory clearly part ways; ¾ and ½ of the ideal gain.
    private static func scalingTitle(_ pairs: [(one: Measurement, all: Measurement)]) -> String {
        func gains(_ kernels: Set<Kernel>) -> [Double] {
            pairs.filter { kernels.contains($0.one.case.kernel) && $0.one.isSound && $0.all.isSound }.compactMap {
                pair in
                guard let one = pair.one.metrics.first, let all = pair.all.metrics.first, let ratio = speedUp(one, all)
                else {
                    return nil
                }
                return (ratio - 1) / Double(pair.all.case.threads - 1)
            }
        }
        let arithmetic = gains([.matmul, .convolution, .peakCompute])
        let memory = gains([.streamTriad])
        guard let least = arithmetic.min(), let most = memory.max(), least >= 0.75, most < Threshold.smallGain else {
            return "Gain from more threads"
        }
        return "Arithmetic grows with the threads, memory bandwidth does not"
    }

    static func speedUp(_ one: Metric, _ all: Metric) -> Double? {
        let ratio = one.better == .higher ? all.value / one.value : one.value / all.value
        return ratio.isFinite && ratio > 0 ? ratio : nil
    }

    /// Bounds of the ratio from the bounds of both: wider than needed, and honest without assumptions.
    static func worst(_ one: Metric, _ all: Metric) -> Double? {
        guard let a = one.interval, let b = all.interval else { return nil }
        return one.better == .higher ? quotient(b.lower, a.upper) : quotient(a.lower, b.upper)
    }

    static func best(_ one: Metric, _ all: Metric) -> Double? {
        guard let a = one.interval, let b = all.interval else { return nil }
        return one.better == .higher ? quotient(b.upper, a.lower) : quotient(a.upper, b.lower)
    }

    private static func quotient(_ value: Double, _ divisor: Double) -> Double? {
        divisor > 0 ? value / divisor : nil
    }
}
