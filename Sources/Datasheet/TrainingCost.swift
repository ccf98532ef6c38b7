import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// Most kernels that a training run is projected from.
    private static let mostKernels = 24

    /// A training run, projected from the rate of each matrix multiplication; or what it takes to project one.
    static func trainingBlocks(_ reading: Reading) -> [Document.Block] {
        guard let training = reading.additions.training, training.problem == nil else {
            return [
                .paragraph(
                    """
                    A training run is not projected: none was stated. \(code: "--training-flop") gives the operations it takes, or \
                    \(code: "--training-parameters") and \(code: "--training-tokens") the size it follows from.
                    """)
            ]
        }
        let rates = reading.kernels.filter {
            $0.case.kernel == .matmul && $0.case.threads == reading.mostThreads
                && $0.metrics.first?.unit == Unit.flopsPerSecond.symbol && ($0.metrics.first?.value ?? 0) > 0
        }
        guard !rates.isEmpty else {
            return [
                .paragraph(
                    Prose(
                        "The training run of \(operations(training)) is not projected: no matrix multiplication in floating point was measured with \(Words.threads(reading.mostThreads))."
                    ))
            ]
        }
        return [.table(trainingTable(Array(rates.prefix(mostKernels)), training, reading, of: rates.count))]
    }

    private static func trainingTable(
        _ rates: [Measurement], _ training: TrainingRun, _ reading: Reading, of count: Int
    ) -> Document.Table {
        let interval = "95\(Figures.narrowSpace)% interval"
        var columns = [
            Document.Column("Case"), Document.Column("Throughput", .number),
            Document.Column("Machine hours, projected", .number), Document.Column(interval, .number),
        ]
        if let price = reading.price {
            columns += [
                Document.Column("\(price.currency), projected", .number), Document.Column(interval, .number),
            ]
        }
        columns.append(Document.Column("Status"))
        let rows = rates.compactMap { measurement -> [Document.Cell]? in
            guard let metric = measurement.metrics.first else { return nil }
            let amount = Document.Constant("amount", training.flops)
            var cells: [Document.Cell] = [.data(reading.name(measurement)), .number(NumberColumn.text(metric))]
            cells += projection("projectedTime", unit: "s", 1 / 3600, [amount], metric, measurement)
            if let price = reading.price {
                cells += projection(
                    "projectedCost", unit: price.currency, price.amount / 3600,
                    [Document.Constant("price", price.amount), amount], metric, measurement)
            }
            return cells + [statusCell(measurement)]
        }
        let left = count > rates.count ? " The first \(rates.count) of \(count) matrix multiplications." : ""
        return Document.Table(
            caption: "A training run of \(operations(training)), projected", columns: columns, rows: rows,
            notes: [
                Prose(trainingNote(training, isPriced: reading.price != nil) + left)
            ])
    }

    private static func trainingNote(_ training: TrainingRun, isPriced: Bool) -> String {
        var origin = "The number of operations was stated when this sheet was rendered."
        if let parameters = training.parameters, let tokens = training.tokens {
            origin =
                "The operations are 6 × \(power(parameters)) parameters × \(power(tokens)) tokens, as stated when this sheet was "
                + "rendered (Kaplan et al. 2020)."
        }
        let cost = isPriced ? " Projected cost: projected hours × price an hour." : ""
        return """
            Projected, not measured. Projected time: operations ÷ throughput of the one kernel, with \
            the interval of that throughput, as if all of the training ran at its rate on this one machine. A real one takes \
            longer: input, normalisation, optimiser, communication and restarts come on top. \(origin)\(cost)
            """
    }

    /// A projected value in hours or money, and its interval turned around.
    private static func projection(
        _ formula: String, unit: String, _ factor: Double, _ constants: [Document.Constant], _ metric: Metric,
        _ measurement: Measurement
    ) -> [Document.Cell] {
        let amount = (constants.last?.value ?? 0) * factor
        let value = amount / metric.value
        guard value.isFinite else { return [.notApplicable, .notApplicable] }
        // Time is written in hours and kept in seconds, as all else.
        let base = formula == "projectedTime" ? 3600.0 : 1
        var bounds: (lower: Double, upper: Double)?
        if let interval = metric.interval, interval.lower > 0 {
            bounds = (amount / interval.upper, amount / interval.lower)
        }
        let places = bounds.map { Figures.decimals(halfWidth: ($0.upper - $0.lower) / 2) }
        let decimals = max(places ?? Figures.significantDecimals(value), 0)
        let quantity = Document.Quantity(
            formula, value * base, unit: unit, bounds: bounds.map { ($0.lower * base, $0.upper * base) },
            level: metric.interval?.level, from: [Document.Source(metric, of: measurement)], constants: constants)
        return [
            .number(Figures.fixed(value, decimals: decimals), quantity: quantity),
            bounds.map {
                .number(
                    "\(Figures.fixed($0.lower, decimals: decimals)) – \(Figures.fixed($0.upper, decimals: decimals))")
            } ?? .data("none: n < 6", .quiet),
        ]
    }

    /// `GPT-3, 3.15 × 10²³ FLOP`.
    private static func operations(_ training: TrainingRun) -> String {
        (training.name.map { "\($0), " } ?? "") + "\(power(training.flops))\(Figures.space)FLOP"
    }

    /// `3.15 × 10²³`; plain below a million.
    private static func power(_ value: Double) -> String {
        guard value.isFinite, value >= 1e6 else { return Figures.significant(value) }
        var (mantissa, exponent) = (value, 0)
        while mantissa >= 9.995, exponent < 320 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        let raised = String(exponent).map { superscripts[$0.wholeNumberValue ?? 0] }.joined()
        return "\(Figures.significant(mantissa)) × 10\(raised)"
    }

    private static let superscripts = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
}
