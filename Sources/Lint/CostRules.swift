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
        guard exhibit.isSheet,
            let first = exhibit.passages.first(where: { $0.kind != .code && isPrice($0.words.tokens) })
        else { return traces }
        let number = exhibit.section("cost")?.number
        let near = exhibit.passages.filter { passage in
            isPrice(passage.words.tokens) || (number != nil && passage.section == number)
        }
        var missing: [String] = []
        if !near.contains(where: { isDated($0.words) }) { missing.append("date") }
        if !near.contains(where: { tellsRegion($0.words) }) { missing.append("region") }
        if !near.contains(where: {
            $0.words.hasAny("on-demand", "on demand", "spot", "reserved", "preemptible", "purchase", "list price")
        }) {
            missing.append("billing model")
        }
        if !missing.isEmpty { traces.append(Trace(first.place, "a price without \(missing.joined(separator: ", "))")) }
        return traces
    }

    /// `$ 0.34`, `0.34 USD`.
    private static func isPrice(_ tokens: [String]) -> Bool {
        tokens.indices.contains { index in
            guard currencies.contains(tokens[index]) else { return false }
            let before = index > 0 ? tokens[index - 1] : ""
            let after = index + 1 < tokens.count ? tokens[index + 1] : ""
            return Words.number(before) != nil || Words.number(after) != nil
        }
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
