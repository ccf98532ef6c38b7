import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// §12: what work costs at the stated price; without one, what a price would need.
    static func cost(_ reading: Reading) -> Document.Section {
        guard let price = reading.price else {
            return Document.Section(
                number: Number.cost, title: "Cost", finding: Prose(reading.noPriceFinding),
                blocks: [
                    .paragraph(
                        """
                        A cost needs a price with its currency, date, region and billing model; none is looked up. Give it with \
                        \(code: "--price") or \(code: "--price-list"). Cost per unit of work is then price ÷ 3600 ÷ throughput, \
                        with the interval of the throughput.
                        """)
                ] + trainingBlocks(reading))
        }
        let costs = costs(reading, price)
        var blocks: [Document.Block] = [.table(.facts("The price, as stated", priceRows(price, reading)))]
        if costs.isEmpty {
            blocks.append(.paragraph("No case has a rate that a price could be held against."))
        } else {
            blocks.append(.table(costTable(costs, price, reading)))
        }
        blocks += trainingBlocks(reading)
        return Document.Section(
            number: Number.cost, title: "Cost", finding: Prose(costSentence(costs, price)), blocks: blocks)
    }

    /// What a price was said to be, a row each.
    static func priceRows(_ price: Price, _ reading: Reading) -> [(String, Prose)] {
        let amount = "\(money(price.amount, price)) an hour, of the whole machine at full load"
        let stated =
            reading.additions.price == nil ? "for the run; it is in the bundle" : "when this sheet was rendered"
        var rows: [(String, Prose)] = [
            ("Price", Prose(amount)), ("Billing model", Prose(price.billing.rawValue)), ("Region", Prose(price.region)),
            ("Date", Prose(price.date)), ("Source", Prose(price.source ?? "not stated")),
            ("Instance type", Prose(price.instanceType ?? "not stated")), ("Stated", Prose(stated)),
        ]
        if let doubt = reading.priceDoubt(price) { rows.append(("Beware", "\(strong: doubt)")) }
        return rows
    }

    /// One case at the price: so much for so much work.
    struct CostEntry {
        var measurement: Measurement
        var metric: Metric
        /// Work that the cost is of, in the metric's unit without the second.
        var amount: Double
        /// `10¹⁸ FLOP`, `million iterations of matrix multiply`.
        var work: String
        var value: Double
        var bounds: (lower: Double, upper: Double)?
    }

    /// Kernels and models with the most threads each; ceilings are nobody's work.
    static func costs(_ reading: Reading, _ price: Price) -> [CostEntry] {
        (reading.kernels + reading.scenarios).filter { $0.case.threads == reading.mostThreads }.compactMap {
            measurement in
            for metric in measurement.metrics where metric.better == .higher {
                guard let (amount, work) = work(metric, measurement), metric.value > 0 else { continue }
                let value = price.amount * amount / 3600 / metric.value
                guard value.isFinite else { continue }
                var bounds: (lower: Double, upper: Double)?
                if let interval = metric.interval, interval.lower > 0 {
                    bounds = (
                        price.amount * amount / 3600 / interval.upper, price.amount * amount / 3600 / interval.lower
                    )
                }
                return CostEntry(
                    measurement: measurement, metric: metric, amount: amount, work: work, value: value, bounds: bounds)
            }
            return nil
        }
    }

    /// What is paid for: iterations of a kernel by the million, operations by 10¹⁸, lookups by 10¹². A scenario’s sample is one
    /// iteration of its kernel; an inference would be the answer of a whole model, and none is measured.
    private static func work(_ metric: Metric, _ measurement: Measurement) -> (Double, String)? {
        switch metric.unit {
        case Unit.samplesPerSecond.symbol, "queries/s":
            let work = "million iterations of \(Words.lowered(measurement.case.kernel.title))"
            guard measurement.case.scenario == .server else { return (1e6, work) }
            let seconds = measurement.case.scenarioSettings?.latencyBound
            let bound = seconds.map { " of \(Words.declared($0, .seconds))" } ?? ""
            return (1e6, "\(work), at the latency bound\(bound)")
        case Unit.flopsPerSecond.symbol: return (1e18, "10¹⁸ FLOP")
        case Unit.operationsPerSecond.symbol: return (1e18, "10¹⁸ OP")
        case Unit.lookupsPerSecond.symbol: return (1e12, "10¹² lookups")
        default: return nil
        }
    }

    private static func costTable(_ costs: [CostEntry], _ price: Price, _ reading: Reading) -> Document.Table {
        let rows = costs.map { cost -> [Document.Cell] in
            let places = moneyDecimals(cost)
            let quantity = Document.Quantity(
                "costPerWork", cost.value, unit: price.currency, bounds: cost.bounds,
                level: cost.metric.interval?.level, from: [Document.Source(cost.metric, of: cost.measurement)],
                constants: [Document.Constant("price", price.amount), Document.Constant("amount", cost.amount)])
            let bounds = cost.bounds.map {
                Document.Cell.number(
                    "\(Figures.fixed($0.lower, decimals: places)) – \(Figures.fixed($0.upper, decimals: places))")
            }
            return [
                .data(reading.name(cost.measurement)), .number(NumberColumn.text(cost.metric)),
                .number(Figures.fixed(cost.value, decimals: places), quantity: quantity),
                .data("\(price.currency) per \(cost.work)"), bounds ?? .data("none: n < 6", .quiet),
                .number(hourly(cost.metric)), statusCell(cost.measurement),
            ]
        }
        return Document.Table(
            caption: "Cost of work, \(Words.threads(reading.mostThreads))",
            columns: [
                Document.Column("Case"), Document.Column("Throughput", .number), Document.Column("Cost", .number),
                Document.Column("Unit"), Document.Column("95\(Figures.narrowSpace)% interval", .number),
                Document.Column("Work in an hour at full load", .number), Document.Column("Status"),
            ], rows: rows,
            notes: [
                """
                Cost: price ÷ 3600 ÷ throughput. The interval is that of the throughput; the price counts as exact. Idle time, \
                storage, traffic and people are not in it.
                """
            ])
    }

    /// What an hour of the case does: the rate times 3600.
    private static func hourly(_ metric: Metric) -> String {
        let unit = metric.unit.hasSuffix("/s") ? String(metric.unit.dropLast(2)) : metric.unit
        let counted = Unit(unit, prefixes: unit == "FLOP" || unit == "OP" ? .decimal : .none)
        if counted.prefixes == .decimal { return Figures.quantity(metric.value * 3600, counted) }
        let scaled = metric.value * 3600
        let text = scaled >= 1e9 ? "\(Figures.significant(scaled / 1e9)) × 10⁹" : Figures.significant(scaled)
        return "\(text)\(Figures.space)\(unit)"
    }

    static func money(_ amount: Double, _ price: Price) -> String {
        let places = amount >= 100 ? 2 : max(2, min(Figures.significantDecimals(amount, 3), 6))
        return "\(Figures.fixed(amount, decimals: places))\(Figures.space)\(price.currency)"
    }

    private static func moneyDecimals(_ cost: CostEntry) -> Int {
        guard let bounds = cost.bounds, bounds.upper > bounds.lower else {
            return Figures.significantDecimals(cost.value, 3)
        }
        return max(Figures.decimals(halfWidth: (bounds.upper - bounds.lower) / 2), 0)
    }

    /// The one cost that stands for all, with its interval: of a scenario where there is one, else of the first kernel.
    static func costSentence(_ costs: [CostEntry], _ price: Price) -> String {
        let hour = "\(money(price.amount, price)) an hour"
        let sound = costs.filter(\.measurement.isSound)
        guard let cost = sound.first(where: { $0.work.hasPrefix("million") }) ?? sound.first else {
            return "\(hour); no sound case to hold it against."
        }
        let places = moneyDecimals(cost)
        let value = Figures.fixed(cost.value, decimals: places) + Figures.space + price.currency
        let interval =
            cost.bounds.map {
                "95\(Figures.narrowSpace)% interval \(Figures.fixed($0.lower, decimals: places)) – "
                    + Figures.fixed($0.upper, decimals: places)
            } ?? "no interval: n < 6"
        return "At \(hour): \(value) per \(cost.work) (\(interval)) in \(cost.measurement.case.workload)."
    }
}

extension Reading {
    /// Why there is no cost.
    var noPriceFinding: String {
        additions.noPrice.map { "Not stated: \($0)." } ?? "Not stated: no price was given."
    }

    /// What speaks against the price being that of this machine.
    func priceDoubt(_ price: Price) -> String? {
        guard let cloud = machine.cloud.value else { return nil }
        var parts: [String] = []
        if let stated = price.instanceType, let found = cloud.instanceType.value, stated != found {
            parts.append("the price is of \(stated), the machine is \(found)")
        }
        if let found = cloud.region.value, found != price.region {
            parts.append("the price is of \(price.region), the machine stands in \(found)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
