import Document
import Model
import Units

extension Datasheet {
    /// The half page for who decides. At most seven figures and eight limits; the rest of the limits stand in §3.
    static func glance(_ reading: Reading) -> Document.Glance {
        Document.Glance(
            number: Number.glance, title: "At a glance", headlines: headlines(reading),
            caution: cautionList(reading), figure: roofline(reading), facts: facts(reading))
    }

    private static func headlines(_ reading: Reading) -> Document.Headlines {
        let counts = reading.measured.map(\.processes)
        let threads = reading.mostThreads
        return Document.Headlines(
            title: "What it delivers",
            common: "\(Words.threads(threads)), median of \(Words.span(counts, "process", "processes"))",
            valueTitle: "value",
            intervalTitle: "95\(Figures.narrowSpace)% interval", shareTitle: "share of ceiling",
            rows: headlineMeasurements(reading).prefix(7).compactMap { headline($0, reading) },
            none: "No case was measured; the reasons stand in §14.")
    }

    /// For each kernel and data type the case with the most threads, then the most work: chosen by size, never by result.
    static func headlineMeasurements(_ reading: Reading) -> [Measurement] {
        let order: [Kernel] = [.matmul, .convolution, .embedding, .streamTriad, .pointerChase, .peakCompute]
        return order.flatMap { kernel in
            DataType.allCases.compactMap { type in
                reading.measured.filter { $0.case.kernel == kernel && $0.case.dataType == type && !$0.case.isOfASweep }
                    .max { ($0.case.threads, $0.size) < ($1.case.threads, $1.size) }
            }
        }
    }

    private static func headline(_ measurement: Measurement, _ reading: Reading) -> Document.Headline? {
        let ceiling = reading.ceiling(of: measurement)
        guard let metric = measurement.sharedMetric(ceiling) else { return nil }
        let column = NumberColumn(metric)
        let type = measurement.case.kernel.isCeiling ? "" : ", \(measurement.case.dataType.rawValue)"
        return Document.Headline(
            label: measurement.case.kernel.title + type, note: headlineNote(measurement, metric, reading),
            value: column.value(metric), interval: column.plusMinusWithUnit(metric),
            share: shareCell(measurement, reading, detailed: true),
            quantity: Document.Quantity(metric, of: measurement))
    }

    private static func headlineNote(_ measurement: Measurement, _ metric: Metric, _ reading: Reading) -> String {
        var parts = [measurement.case.shortWorkload, measurement.implementationText]
        if measurement.case.threads != reading.mostThreads { parts.append(Words.threads(measurement.case.threads)) }
        if metric.better == .lower { parts.append("lower is better") }
        if !measurement.isSound { parts.append(measurement.status.rawValue) }
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func cautionList(_ reading: Reading) -> Document.Caution {
        let all = cautions(reading)
        let most = 8
        var items = all.prefix(most).map(\.prose)
        if all.count > most { items[most - 1] = "\(all.count - most + 1) more limits stand in \(section: 3)." }
        return Document.Caution(title: "Beware of", common: "in order of how far it could mislead", items: items)
    }

    private static func facts(_ reading: Reading) -> Document.Facts {
        let processes = Words.count(reading.bundle.processes.count, "process", "processes")
        return Document.Facts(
            title: "Energy, cost, effort",
            items: [
                Document.Definition("Energy", energyFact(reading)),
                Document.Definition("Cost", costFact(reading)),
                Document.Definition(
                    "Effort",
                    """
                    \(Words.count(reading.measured.count, "case")) measured in \(processes), \
                    \(Words.duration(reading.bundle.duration))\(reading.bundle.interrupted == nil ? "" : " until it was cut off"). Reproduce: \(code: command(reading.bundle.plan)) \
                    (\(section: Number.reproduction)).
                    """),
            ] + verdicts(reading))
    }

    /// As much as the verdicts say and no more, a line for each machine that this one is held against.
    private static func verdicts(_ reading: Reading) -> [Document.Definition] {
        reading.additions.versus.map { versus in
            let other = versus.comparison.base.first?.name ?? "another"
            return Document.Definition(
                "Against \(other)",
                Prose(summary(versus.comparison)) + " Verdicts are about this machine (\(section: Number.comparison)).")
        }
    }

    private static func costFact(_ reading: Reading) -> Prose {
        guard let price = reading.price else {
            return "\(reading.noPriceFinding) (\(section: Number.cost)) None is looked up."
        }
        let terms = "\(price.billing.rawValue), \(price.region), \(price.date)"
        return "\(costSentence(costs(reading, price), price)) \(Words.capital(terms)) (\(section: Number.cost))."
    }

    /// The first headline that has one, gross, with what it is of.
    private static func energyFact(_ energy: Energy, _ reading: Reading) -> Prose {
        let count = reading.measured.count { $0.energy != nil }
        let source = "\(energy.source), \(Words.boundary(energy.boundary))"
        let figures = headlineMeasurements(reading).lazy.compactMap { measurement -> String? in
            guard let cost = measurement.metric("energyPerWork") else { return nil }
            let column = NumberColumn(cost)
            return "\(column.value(cost)) \(column.plusMinusWithUnit(cost)) for \(reading.name(measurement)). "
        }
        return Prose(figures.first ?? "")
            + "Gross, by \(source), for \(Words.count(count, "case")) (\(section: Number.power)); a sensor, no meter."
    }

    private static func energyFact(_ reading: Reading) -> Prose {
        if let energy = reading.measured.lazy.compactMap(\.energy).first {
            return energyFact(energy, reading)
        }
        let tried = Words.count(reading.machine.power.count, "source")
        let reason = reading.measured.compactMap(\.energyUnavailable).first ?? "no source could be read"
        return "Unavailable: \(reason). \(tried) tried (\(section: Number.power)); nothing is estimated from a rating."
    }
}

extension Measurement {
    /// Operations, and where there are none bytes or lookups: what makes one case larger than another.
    var size: Double {
        guard let work else { return 0 }
        return work.flops > 0 ? work.flops : max(work.bytes, work.lookups, Double(work.footprint))
    }

    /// `oneDNN, brg:avx512_core`.
    var implementationText: String {
        guard let implementation else { return `case`.backend.rawValue }
        return implementation.library + (implementation.reported.isEmpty ? "" : ", \(implementation.reported)")
    }
}

extension Case {
    /// The workload without the kernel's name before it.
    var shortWorkload: String {
        let prefix = kernel.rawValue + " "
        return workload.hasPrefix(prefix) ? String(workload.dropFirst(prefix.count)) : workload
    }
}
