import Document
import Model
import Statistics
import Units

/// A value with what it may be, of which quotients are made: the bounds of a quotient are what the bounds of both allow.
struct Bounded: Equatable {
    var value: Double
    var lower: Double?
    var upper: Double?

    init(_ value: Double, lower: Double? = nil, upper: Double? = nil) {
        (self.value, self.lower, self.upper) = (value, lower, upper)
    }

    init(_ side: Comparison.Side) { self.init(side.value, lower: side.interval?.lower, upper: side.interval?.upper) }

    /// Mean power with the uncertainty of the energy it comes from; without bounds where that is as large as the energy.
    init?(power energy: Energy) {
        guard energy.meanPower > 0, energy.meanPower.isFinite, energy.joules > 0 else { return nil }
        let share = energy.uncertainty / energy.joules
        guard share >= 0, share < 1 else {
            self.init(energy.meanPower)
            return
        }
        self.init(
            energy.meanPower, lower: energy.meanPower * (1 - share), upper: energy.meanPower * (1 + share))
    }

    static func / (one: Bounded, other: Bounded) -> Bounded? {
        let ratio = one.value / other.value
        guard ratio.isFinite, ratio > 0 else { return nil }
        var result = Bounded(ratio)
        if let low = one.lower, let high = one.upper, let least = other.lower, let most = other.upper, least > 0,
            low >= 0
        {
            (result.lower, result.upper) = (low / most, high / least)
        }
        return result
    }

    /// An exact factor.
    func times(_ factor: Double) -> Bounded {
        Bounded(value * factor, lower: lower.map { $0 * factor }, upper: upper.map { $0 * factor })
    }

    /// As the columns of numbers know it.
    func metric(_ unit: String, level: Double = 0.95) -> Metric {
        var interval: Interval?
        if let lower, let upper, lower.isFinite, upper.isFinite {
            interval = Interval(lower: lower, upper: upper, level: level)
        }
        return Metric(name: "", symbol: unit, better: .higher, value: value, interval: interval, count: 0)
    }
}

/// Rates for the energy and for the money, of one pair of metrics.
private struct Efficiency {
    let title: String
    let measure: String
    let unit: Unit
    let base: Bounded
    let new: Bounded
    /// Why no ratio is made of the two.
    var obstacle: String?
}

extension Datasheet {
    /// Per watt and per unit of money, where both machines have it.
    static func efficiencyTable(_ versus: Versus, _ reading: Reading, _ other: String) -> Document.Table? {
        let found = efficiencies(versus, reading)
        guard !found.isEmpty else { return nil }
        let interval = "95\(Figures.narrowSpace)% interval"
        return Document.Table(
            caption: "For the energy and the money",
            columns: [
                Document.Column("Case"), Document.Column("Measure"), Document.Column(other, .number),
                Document.Column(interval, .number), Document.Column("This machine", .number),
                Document.Column(interval, .number), Document.Column("Unit"), Document.Column("Ratio", .number),
                Document.Column("From – to", .number),
            ], rows: found.map(efficiencyRow), notes: efficiencyNotes(versus, reading, other, found))
    }

    private static func efficiencyRow(_ one: Efficiency) -> [Document.Cell] {
        let (base, new) = (one.base.metric(one.unit.symbol), one.new.metric(one.unit.symbol))
        let column = NumberColumn([base, new], unit: one.unit)
        func bounds(_ metric: Metric) -> Document.Cell {
            metric.interval == nil ? .data("none", .quiet) : .number(column.bounds(metric))
        }
        var cells: [Document.Cell] = [
            .data(one.title), .data(one.measure), .number(column.value(base)), bounds(base),
            .number(column.value(new)), bounds(new), .data(column.unit),
        ]
        if let obstacle = one.obstacle {
            cells += [.data("none: \(obstacle)", .quiet), .notApplicable]
        } else if let quotient = one.new / one.base {
            cells.append(.number(ratio(quotient.value)))
            if let lower = quotient.lower, let upper = quotient.upper, lower.isFinite, upper.isFinite {
                cells.append(.number("\(ratio(lower)) – \(ratio(upper))"))
            } else {
                cells.append(.data("none", .quiet))
            }
        } else {
            cells += [.notApplicable, .notApplicable]
        }
        return cells
    }

    private static func efficiencies(_ versus: Versus, _ reading: Reading) -> [Efficiency] {
        let own = Dictionary(reading.bundle.measurements.map { ($0.case.id, $0) }) { first, _ in first }
        let others = Dictionary(versus.other.measurements.map { ($0.case.id, $0) }) { first, _ in first }
        let prices = prices(versus, reading)
        var found: [Efficiency] = []
        for pair in versus.comparison.pairs where pair.verdict != .notComparable && pair.better == .higher {
            // What is per watt already has its own line, and its verdict, in the table above.
            guard let base = pair.base.map(Bounded.init), let new = pair.new.map(Bounded.init),
                !pair.metric.hasSuffix("PerWatt")
            else { continue }
            if let a = others[pair.case.id]?.energy, let b = own[pair.case.id]?.energy,
                let before = Bounded(power: a), let after = Bounded(power: b),
                let left = base / before, let right = new / after
            {
                found.append(
                    Efficiency(
                        title: pair.title, measure: "per watt", unit: Unit(symbol: pair.unit + "/W"), base: left,
                        new: right,
                        obstacle: a.boundary == b.boundary ? nil : "boundaries differ"))
            }
            if let (mine, theirs) = prices, pair.unit.hasSuffix("/s"), base.value > 0, new.value > 0 {
                let work = String(pair.unit.dropLast(2))
                found.append(
                    Efficiency(
                        title: pair.title, measure: "per \(mine.currency)",
                        unit: Unit("\(work)/\(mine.currency)", prefixes: Unit(symbol: pair.unit).prefixes),
                        base: base.times(3600 / theirs.amount), new: new.times(3600 / mine.amount)))
            }
        }
        return found
    }

    /// Both prices, where they are of one currency.
    private static func prices(_ versus: Versus, _ reading: Reading) -> (mine: Price, theirs: Price)? {
        guard let mine = reading.price, let theirs = versus.other.price, mine.currency == theirs.currency,
            mine.amount > 0, theirs.amount > 0
        else { return nil }
        return (mine, theirs)
    }

    private static func efficiencyNotes(
        _ versus: Versus, _ reading: Reading, _ other: String, _ found: [Efficiency]
    ) -> [Prose] {
        var notes: [Prose] = [
            """
            Per watt: value ÷ mean power of the timed windows of the same run, at the boundary of each machine’s source; its interval is \
            what the 95\(Figures.narrowSpace)% interval of the value (between processes) and the uncertainty of the energy allow \
            together. Per unit of money: value × 3\(Figures.narrowSpace)600 ÷ price per hour; the price counts as exact. From – to: the \
            least and the greatest ratio that both intervals allow. No verdict is given on these; rates per watt that were \
            metered in each process stand with theirs in the table above.
            """
        ]
        if found.contains(where: { $0.obstacle != nil }) {
            notes.append("Where the meters cover different parts of the machines no ratio is made of them.")
        }
        if let (mine, theirs) = prices(versus, reading) {
            func text(_ price: Price) -> String {
                "\(money(price.amount, price)) an hour (\(price.billing.rawValue), \(price.region), \(price.date))"
            }
            notes.append(Prose("Prices, as stated: this machine \(text(mine)); \(other) \(text(theirs))."))
        }
        return notes
    }
}
