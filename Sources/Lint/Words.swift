/// A text taken apart: lower-case words for phrases, and numbers with what stands behind them.
struct Words: Sendable {
    /// Lower case, one space between words and around all, no punctuation: ` a ratio of 1.8 × `.
    let plain: String
    /// As written, in order.
    let tokens: [String]

    init(_ text: String) {
        tokens = Self.split(text)
        plain = " " + tokens.map { $0.lowercased() }.joined(separator: " ") + " "
    }

    func has(_ phrase: String) -> Bool { plain.contains(" " + phrase + " ") }
    func hasAny(_ phrases: String...) -> Bool { phrases.contains(where: has) }
    func hasAny(_ phrases: [String]) -> Bool { phrases.contains(where: has) }
    func first(of phrases: [String]) -> String? { phrases.first(where: has) }
    func starts(_ phrase: String) -> Bool { plain.hasPrefix(" " + phrase + " ") }

    /// Runs of letters and digits that belong together: `1024³`, `GFLOP/s`, `run-to-run`, `3.5`, `±`, `%`.
    private static func split(_ text: String) -> [String] {
        var tokens: [String] = []
        var token = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        func close() {
            while let last = token.last, ".,-/'".unicodeScalars.contains(last) { token.removeLast() }
            if !token.isEmpty { tokens.append(String(token)) }
            token = String.UnicodeScalarView()
        }
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if isWord(scalar) {
                // A unit written onto its number is a word of its own: `95W`, `3x`.
                if let last = token.last, isDigit(last),
                    token.allSatisfy({ isDigit($0) || ".,".unicodeScalars.contains($0) }),
                    !isDigit(scalar), scalar.properties.isAlphabetic
                {
                    close()
                }
                token.append(scalar)
            } else if "\u{202F}\u{2009}'".unicodeScalars.contains(scalar), let last = token.last, isDigit(last),
                isDigit(next)
            {
                continue
            } else if "-./,'’".unicodeScalars.contains(scalar), !token.isEmpty, isWord(next) {
                token.append(scalar == "’" ? "'" : scalar)
            } else {
                close()
                if "%±×$€£σ¥+".unicodeScalars.contains(scalar) { tokens.append(String(Character(scalar))) }
            }
        }
        close()
        return tokens
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || scalar == "_" || scalar == "µ"
            || (scalar.properties.isAlphabetic && scalar != "σ") || scalar.properties.numericType != nil
    }
}

extension Words {
    /// A number with its unit, as they stand in a text.
    struct Quantity: Sendable, Equatable {
        var number: String
        var value: Double
        /// `GFLOP/s`; with a lone prefix joined: `M lookups/s`.
        var unit: String?
    }

    /// Every number of the text, with the unit behind it where there is one.
    var quantities: [Quantity] {
        tokens.indices.compactMap { index in
            guard let value = Self.number(tokens[index]) else { return nil }
            let next = index + 1 < tokens.count ? tokens[index + 1] : ""
            let after = index + 2 < tokens.count ? tokens[index + 2] : ""
            if Unit.isUnit(next) { return Quantity(number: tokens[index], value: value, unit: next) }
            if ["k", "M", "G", "T"].contains(next), Unit.isUnit(after) {
                return Quantity(number: tokens[index], value: value, unit: "\(next) \(after)")
            }
            return Quantity(number: tokens[index], value: value, unit: nil)
        }
    }

    /// `1024`, `3.5`, `12,000`: a decimal point is a point, commas group.
    static func number(_ token: String) -> Double? {
        guard let first = token.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        return Double(token.filter { $0 != "," })
    }

    /// Symbols of units, with and without prefix.
    enum Unit {
        private static let bases: Set<String> = [
            "B", "b", "bit", "B/s", "b/s", "bit/s", "bps", "FLOP", "FLOP/s", "FLOPS", "FLOPs", "OP", "OP/s", "OPS",
            "OPs",
            "s", "Hz", "W", "J", "Wh", "T/s", "FLOP/B", "FLOP/s/W", "FLOP/J", "B/W",
        ]
        private static let whole: Set<String> = [
            "lookups/s", "samples/s", "images/s", "queries/s", "tokens/s", "inferences/s", "items/s", "sequences/s",
            "iterations/s", "seconds", "watts", "joules", "bytes", "hours", "min", "h", "J/lookup", "J/sample",
        ]
        private static let prefixes = [
            "", "k", "K", "M", "G", "T", "P", "E", "m", "µ", "u", "n", "p", "Ki", "Mi", "Gi", "Ti",
        ]

        static func isUnit(_ token: String) -> Bool {
            if whole.contains(token) { return true }
            return prefixes.contains { token.hasPrefix($0) && bases.contains(String(token.dropFirst($0.count))) }
        }
    }
}
