import Model
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Small pieces of language that several sections use, independent of locale.
enum Words {
    /// `1 case`, `3 cases`.
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        let digits = Figures.grouped(UInt64(max(number, 0)))
        return "\(digits) \(number == 1 ? one : many ?? one + "s")"
    }

    /// `a, b and c`.
    static func list(_ parts: [String]) -> String {
        guard let last = parts.last else { return "" }
        return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
    }

    /// The first few, and how many there are beyond them.
    static func some(_ parts: [String], _ most: Int = 3) -> String {
        guard parts.count > most else { return list(parts) }
        return parts.prefix(most).joined(separator: ", ") + " and \(parts.count - most) more"
    }

    /// `6`, or `6 – 80` where they differ.
    static func range(_ numbers: [Int]) -> String {
        guard let least = numbers.min(), let most = numbers.max() else { return "none" }
        return least == most ? "\(least)" : "\(least)–\(most)"
    }

    /// `6 processes`, `1–6 processes`, `1 process`.
    static func span(_ numbers: [Int], _ one: String, _ many: String? = nil) -> String {
        "\(range(numbers)) \(numbers.max() == 1 ? one : many ?? one + "s")"
    }

    /// A bound as it was declared: `5 %`, `0.5 %`.
    static func target(_ fraction: Double) -> String {
        let whole = (fraction * 100).rounded()
        return abs(fraction * 100 - whole) < 1e-9 ? Figures.percent(fraction) : share(fraction)
    }

    /// A quantity that was declared: `5 ms`, `12.5 ms`.
    static func declared(_ value: Double, _ unit: Unit) -> String {
        let scale = Scale(for: value, unit: unit)
        return Figures.declared(value / scale.divisor) + Figures.space + scale.symbol
    }

    /// A share with two significant digits: `0.45 %`, `12 %`.
    static func share(_ fraction: Double) -> String {
        Figures.significant(fraction * 100, 2) + Figures.narrowSpace + "%"
    }

    static func range(percent fractions: [Double]) -> String {
        guard let least = fractions.min(), let most = fractions.max() else { return "none" }
        let low = Figures.percent(least)
        let high = Figures.percent(most)
        return low == high ? high : Figures.fixed(least * 100, decimals: 0) + "–" + high
    }

    static func threads(_ count: Int) -> String { "\(number(count)) thread\(count == 1 ? "" : "s")" }

    /// Small numbers as words, for running text.
    static func number(_ count: Int) -> String {
        let words = ["none", "one", "two", "three", "four", "five", "six"]
        return words.indices.contains(count) ? words[count] : "\(count)"
    }

    /// Reasons why things are not known, each once, with what it holds for: `a and b: no such file or directory`.
    ///
    /// The path that a reason begins with is left out: it stands where the thing is read from.
    static func unknowns(_ things: [(name: String, reason: String)]) -> [String] {
        let plain = things.map { thing in
            let parts = thing.reason.split(separator: ": ", maxSplits: 1)
            let isPath = parts.count == 2 && parts[0].hasPrefix("/")
            return (name: thing.name, reason: lowered(isPath ? String(parts[1]) : thing.reason))
        }
        return plain.map(\.reason).unique.map { reason in
            let names = plain.filter { $0.reason == reason }.map(\.name)
            return "\(names.joined(separator: ", ")): \(reason)"
        }
    }

    /// `48 s`, `14 min 50 s`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else {
            return "unknown: the recorded duration is \(seconds) s"
        }
        guard seconds >= 99.5 else { return Figures.quantity(seconds, .seconds, significant: 2) }
        let whole = Int(seconds.rounded())
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        if hours > 0 { return "\(hours)\(Figures.space)h \(minutes)\(Figures.space)min" }
        return "\(minutes)\(Figures.space)min" + (rest > 0 ? " \(rest)\(Figures.space)s" : "")
    }

    /// `23 November 2026`, in UTC.
    static func day(_ date: Date) -> String {
        guard let civil = Civil(date) else { return "date not representable" }
        return "\(civil.day) \(months[civil.month - 1]) \(civil.year)"
    }

    /// `09:12:07`, in UTC.
    static func time(_ date: Date) -> String {
        guard let civil = Civil(date) else { return "time not representable" }
        return [civil.hour, civil.minute, civil.second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    /// `2026-11-23T09:12:07Z`.
    static func timestamp(_ date: Date) -> String? {
        guard let civil = Civil(date), (0...9999).contains(civil.year) else { return nil }
        func padded(_ number: Int, _ digits: Int) -> String {
            String(repeating: "0", count: max(digits - "\(number)".count, 0)) + "\(number)"
        }
        return "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))T\(time(date))Z"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

/// A moment in the proleptic Gregorian calendar, UTC. Own arithmetic, because a formatter would bring a locale.
struct Civil {
    var year, month, day, hour, minute, second: Int

    /// `nil` beyond the years that a sheet can be from.
    init?(_ date: Date) {
        let seconds = date.timeIntervalSince1970
        guard seconds.isFinite, abs(seconds) < 2.5e11 else { return nil }
        let whole = Int(seconds.rounded(.down))
        let ofDay = (whole % 86_400 + 86_400) % 86_400
        (hour, minute, second) = (ofDay / 3600, ofDay / 60 % 60, ofDay % 60)
        // Days since 1 March of year 0, in eras of 400 years, so that the leap day ends a year.
        let days = (whole - ofDay) / 86_400 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let ofEra = days - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Reported where Value == String {
    /// The value, or why there is none.
    var text: String { value ?? "unknown: \(reason ?? "no reason recorded")" }
}

extension Reported {
    func text(_ write: (Value) -> String) -> String { map(write).text }
}

extension Words {
    /// A word for a shell: quoted unless it is made of harmless characters only.
    static func shell(_ word: String) -> String {
        let harmless = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        if harmless, !word.isEmpty, !word.hasPrefix("-") { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }

    /// `transparentHugePages` → `transparent huge pages`; runs of capitals stay together.
    static func setting(_ key: String) -> String {
        var text = ""
        let names = [
            "numa": "NUMA", "smt": "SMT", "cpu": "CPU", "thp": "THP", "aslr": "ASLR", "ksm": "KSM", "nmi": "NMI",
            "rcu": "RCU",
        ]
        let characters = Array(key)
        for (index, character) in characters.enumerated() {
            let before = index > 0 ? characters[index - 1] : nil
            let after = index + 1 < characters.count ? characters[index + 1] : nil
            if character.isUppercase, let before, before.isLowercase || after?.isLowercase == true { text += " " }
            text +=
                character.isUppercase && after?.isUppercase != true && before?.isUppercase != true
                ? character.lowercased() : String(character)
        }
        return text.split(separator: " ").map { names[String($0)] ?? String($0) }.joined(separator: " ")
    }

    /// The first letter small, as within a sentence; abbreviations keep their capitals.
    static func lowered(_ text: String) -> String {
        text.dropFirst().first?.isUppercase == true ? text : text.prefix(1).lowercased() + text.dropFirst()
    }

    /// The first letter as a capital.
    static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
