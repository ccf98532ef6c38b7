import Model

/// Prices.
enum CostRules {
    static let all = [price]

    private static let currencies: Set<String> = [
        "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "SEK", "NOK", "DKK", "$", "€", "£", "¥",
    ]
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private static let price = Rule(
        "CST01", .error, "a price without date, region and billing model",
        mend: "Give the price's date, region and billing model (on-demand, spot, reserved) beside it."
    ) { exhibit in
        var traces: [Trace] = []
        exhibit.objects { path, object in
            guard let currency = object["currency"]?.text, !currency.isEmpty,
                ["amount", "price", "perHour", "pricePerHour", "hourly"].contains(where: { object[$0]?.number != nil })
            else { return }
            let missing = [
                ("date", ["date", "priceDate"]), ("region", ["region"]),
                ("billing model", ["billing", "billingModel"]),
            ]
            .filter { _, keys in !keys.contains { key in object[key].map { !$0.isNull && $0.text != "" } ?? false } }
            if !missing.isEmpty {
                traces.append(Trace(exhibit.place(path), "a price without \(missing.map(\.0).joined(separator: ", "))"))
            }
        }
        return exhibit.isSheet ? traces + sheet(exhibit) : traces
    }

    /// What stands under one caption or heading: a price and what is said of it.
    private struct Group: Hashable {
        let section: Int?
        let context: String
    }

    /// A price an hour is complete where date, region and billing model stand beside it: in its own sentence, or under its own
    /// caption. Said again elsewhere it needs them no more; another price does. A cost that follows from a price needs one that
    /// is complete somewhere.
    private static func sheet(_ exhibit: Exhibit) -> [Trace] {
        let priced = exhibit.passages.filter { $0.kind != .code && !amounts($0.words.tokens).isEmpty }
        guard let first = priced.first else { return [] }
        let groups = Dictionary(grouping: exhibit.passages.filter { $0.kind != .code }) {
            Group(section: $0.section, context: $0.context)
        }
        let hourly = priced.filter { isHourly($0.words) }
        func missing(_ passage: Passage) -> [String] {
            let group = Group(section: passage.section, context: passage.context)
            let own = lacking([passage.words])
            // Where two prices stand together, one date is the date of one of them.
            let isAlone = !hourly.contains {
                Group(section: $0.section, context: $0.context) == group
                    && amounts($0.words.tokens).isDisjoint(with: amounts(passage.words.tokens))
            }
            guard isAlone, !own.isEmpty else { return own }
            return lacking((groups[group] ?? []).map(\.words))
        }
        let whole = hourly.filter { missing($0).isEmpty }
        let known = Set(whole.flatMap { amounts($0.words.tokens) })
        var traces: [Trace] = []
        for passage in hourly where known.isDisjoint(with: amounts(passage.words.tokens)) {
            traces.append(Trace(passage.place, "a price without \(missing(passage).joined(separator: ", "))"))
        }
        guard hourly.isEmpty else { return traces }
        let number = exhibit.section("cost")?.number
        let near = exhibit.passages.filter { passage in
            !amounts(passage.words.tokens).isEmpty || (number != nil && passage.section == number)
        }
        let lacks = lacking(near.map(\.words))
        return lacks.isEmpty ? [] : [Trace(first.place, "a price without \(lacks.joined(separator: ", "))")]
    }

    private static func lacking(_ texts: [Words]) -> [String] {
        var missing: [String] = []
        if !texts.contains(where: isDated) { missing.append("date") }
        if !texts.contains(where: tellsRegion) { missing.append("region") }
        if !texts.contains(where: {
            $0.hasAny("on-demand", "on demand", "spot", "reserved", "preemptible", "purchase", "list price")
        }) {
            missing.append("billing model")
        }
        return missing
    }

    private static func isHourly(_ words: Words) -> Bool {
        words.hasAny("an hour", "per hour", "hourly", "each hour")
            || words.tokens.contains { token in
                let parts = token.split(separator: "/")
                return parts.count == 2 && currencies.contains(String(parts[0])) && ["h", "hour"].contains(parts[1])
            }
    }

    /// `$ 0.34`, `0.34 USD`: each amount with its currency, `0.34 USD`.
    private static func amounts(_ tokens: [String]) -> Set<String> {
        var found: Set<String> = []
        for index in tokens.indices where currencies.contains(String(tokens[index].prefix { $0 != "/" })) {
            let before = index > 0 ? tokens[index - 1] : ""
            let after = index + 1 < tokens.count ? tokens[index + 1] : ""
            for number in [before, after] where Words.number(number) != nil {
                found.insert("\(number) \(tokens[index].prefix { $0 != "/" })")
            }
        }
        return found
    }

    /// `2026-11-23`, `23 November 2026`.
    private static func isDated(_ words: Words) -> Bool {
        words.hasAny(months)
            || words.tokens.contains { token in
                let parts = token.split(separator: "-")
                return parts.count == 3 && parts[0].count == 4 && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
            }
    }

    /// The word, or a name like `eu-central-1`, `us-central1`, `westeurope`.
    private static func tellsRegion(_ words: Words) -> Bool {
        words.has("region")
            || words.tokens.contains { token in
                let parts = token.split(separator: "-")
                return parts.count >= 2 && token.last?.isNumber == true && parts[0].count == 2
                    && parts[0].allSatisfy(\.isLetter)
            }
    }
}
