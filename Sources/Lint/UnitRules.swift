import Model
import Units

/// Numbers as they are written.
enum UnitRules {
    static let all = [units, digits]

    private static let units = Rule(
        "UNI01", .error, "a number has no unit, or MB and MiB, or bits and bytes, are mixed",
        mend: "Write the unit beside the number or in its column; use one family of prefixes for one thing."
    ) { exhibit in
        bare(exhibit) + bareText(exhibit) + mixed(exhibit)
    }

    /// Values in data, and in columns of values.
    private static func bare(_ exhibit: Exhibit) -> [Trace] {
        let values = exhibit.results.flatMap(\.values).filter { $0.unit?.isEmpty ?? true }
        let traces = values.map { Trace(exhibit.place($0.path), "\($0.name) has no unit") }
        guard exhibit.isSheet else { return traces }
        return traces
            + exhibit.tables.flatMap { table in
                table.figures.compactMap { figure -> Trace? in
                    guard figure.number != nil, figure.unit.isEmpty else { return nil }
                    let told = Words("\(figure.value) \(figure.interval) \(table.heads.joined(separator: " "))")
                    let hasUnit =
                        told.quantities.contains { $0.unit != nil } || told.tokens.contains(where: Words.Unit.isUnit)
                    return hasUnit ? nil : Trace(figure.row.place, "\(figure.name): \(figure.value) has no unit")
                }
            }
    }

    private static let things = ["throughput", "bandwidth", "latency", "power", "energy"]

    /// `a throughput of 213.4.`
    private static func bareText(_ exhibit: Exhibit) -> [Trace] {
        guard exhibit.isSheet else { return [] }
        return exhibit.passages.filter { $0.kind == .prose || $0.isHeadline }.compactMap { passage in
            let tokens = passage.words.tokens
            for index in tokens.indices.dropLast(2) where things.contains(tokens[index].lowercased()) {
                guard ["of", "is", "was", "reaches", "reached"].contains(tokens[index + 1].lowercased()),
                    Words.number(tokens[index + 2]) != nil
                else { continue }
                let next = index + 3 < tokens.count ? tokens[index + 3] : ""
                if next.isEmpty
                    || next.first?.isUppercase == false && !Words.Unit.isUnit(next)
                        && !["%", "×", "x", "M", "±", "to"].contains(next) && next.count > 3
                {
                    return Trace(
                        passage.place, "\(tokens[index]) \(tokens[index + 1]) \(tokens[index + 2]) has no unit")
                }
            }
            return nil
        }
    }

    /// Columns, and sentences, that write one kind of amount in two ways.
    private static func mixed(_ exhibit: Exhibit) -> [Trace] {
        guard exhibit.isSheet else { return [] }
        var traces: [Trace] = []
        for passage in exhibit.passages where passage.kind == .prose || passage.isHeadline {
            if let problem = mixture(passage.words.quantities.compactMap(\.unit)) {
                traces.append(Trace(passage.place, problem))
            }
        }
        for table in exhibit.tables where !table.isFacts {
            for column in table.heads.indices where table.numbers.indices.contains(column) && table.numbers[column] {
                let units = table.rows.flatMap { row in
                    Words(table.cell(row, column) ?? "").quantities.compactMap(\.unit)
                }
                if let problem = mixture(units) {
                    traces.append(Trace(table.place, "in the column “\(table.heads[column])”: \(problem)"))
                }
            }
        }
        return traces
    }

    private static func mixture(_ units: [String]) -> String? {
        let amounts = units.filter { $0.hasSuffix("B") && $0.count > 1 }
        if let binary = amounts.first(where: { $0.hasSuffix("iB") }),
            let decimal = amounts.first(where: { !$0.hasSuffix("iB") && !$0.hasSuffix("FLOP/B") })
        {
            return "\(decimal) and \(binary) are mixed"
        }
        let bits = units.first { $0.hasSuffix("b/s") || $0.hasSuffix("bps") || $0.hasSuffix("bit/s") }
        let bytes = units.first { $0.hasSuffix("B/s") }
        if let bits, let bytes { return "\(bits) and \(bytes) are mixed" }
        return nil
    }

    private static let digits = Rule(
        "UNI02", .warning, "more digits than the interval supports",
        mend: "Round to two significant digits of the half-width of the interval."
    ) { exhibit in
        guard exhibit.isSheet else { return [] }
        return exhibit.tables.flatMap(\.figures).compactMap { figure in
            guard let half = figure.halfWidth, half > 0, half.isFinite, let number = figure.number,
                Words(figure.interval).quantities.allSatisfy({
                    $0.unit == nil || $0.unit == number.unit || number.unit == nil
                })
            else { return nil }
            let written = number.number.split(separator: ".").dropFirst().first?.count ?? 0
            // What is written is rounded itself: the half-width may be off by half of its last digit.
            let allowed = Figures.decimals(halfWidth: half * 0.9)
            guard written > max(allowed, 0) else { return nil }
            return Trace(
                figure.row.place,
                "\(figure.name): \(number.number) has \(written) decimals, its interval supports \(max(allowed, 0))")
        }
    }
}
