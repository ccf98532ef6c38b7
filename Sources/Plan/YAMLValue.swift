import Yams

/// One place in a YAML document, read with errors that name it.
struct YAMLValue {
    let node: Node
    let file: String
    /// Path of keys from the root.
    let key: String

    func problem(_ problem: String) -> PlanError {
        PlanError(.badInput, file: file, line: node.mark?.line, key: key, problem: problem)
    }

    /// What a person sees here, short enough for an error message.
    var shown: String {
        switch node {
        case .scalar(let scalar): scalar.string.count > 40 ? scalar.string.prefix(40) + "…" : scalar.string
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    var isMapping: Bool { if case .mapping = node { true } else { false } }

    /// A mapping whose keys are all among `known`.
    func mapping(_ known: [String]) throws(PlanError) -> [String: YAMLValue] {
        guard case .mapping(let mapping) = node else { throw problem("is \(shown); a mapping is needed") }
        var values: [String: YAMLValue] = [:]
        for (name, value) in mapping {
            guard let name = name.string else { throw problem("has a key that is not a name") }
            guard known.contains(name) else {
                let place = YAMLValue(node: value, file: file, key: key)
                throw place.problem("unknown key \(name.prefix(40))" + Nearest.hint(for: name, among: known))
            }
            values[name] = YAMLValue(node: value, file: file, key: key.isEmpty ? name : "\(key).\(name)")
        }
        return values
    }

    func list() throws(PlanError) -> [YAMLValue] {
        guard case .sequence(let sequence) = node else { throw problem("is \(shown); a list is needed") }
        guard sequence.count <= 10_000 else { throw problem("has \(sequence.count) entries; 10000 are the most") }
        return sequence.enumerated().map { YAMLValue(node: $1, file: file, key: "\(key)[\($0)]") }
    }

    /// The entries of a list, or the one value that stands in the place of a list.
    func listOrOne() throws(PlanError) -> [YAMLValue] {
        if case .scalar = node { return [self] }
        return try list()
    }

    func string() throws(PlanError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw problem("is \(shown); a text is needed")
        }
        guard scalar.string.count <= 200, !scalar.string.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw problem("is longer than 200 characters or has control characters")
        }
        return scalar.string
    }

    /// A number of money, above zero.
    func amount() throws(PlanError) -> Double {
        guard case .scalar(let scalar) = node, let number = Double(scalar.string), number.isFinite, number > 0 else {
            throw problem("is \(shown); a number above 0 is needed, per hour")
        }
        return number
    }

    /// A whole number from 1.
    func count() throws(PlanError) -> Int {
        guard case .scalar(let scalar) = node, let number = Int(scalar.string) else {
            throw problem("is \(shown); a whole number below 2^63 is needed")
        }
        guard number >= 1 else { throw problem("\(number) is not positive") }
        return number
    }

    func whole() throws(PlanError) -> Int {
        guard case .scalar(let scalar) = node, let number = Int(scalar.string) else {
            throw problem("is \(shown); a whole number below 2^63 is needed")
        }
        guard number >= 0 else { throw problem("\(number) is negative") }
        return number
    }

    func flag() throws(PlanError) -> Bool {
        switch try string() {
        case "true": return true
        case "false": return false
        default: throw problem("is \(shown); true or false is needed")
        }
    }

    /// One of an enumeration's raw values.
    func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) throws(PlanError) -> Choice
    where Choice.RawValue == String {
        let text = try string()
        guard let choice = Choice(rawValue: text) else {
            throw problem("unknown: \(text)" + Nearest.hint(for: text, among: Choice.allCases.map(\.rawValue)))
        }
        return choice
    }

    /// Seconds: `250ms`, `0.3s`, `15m`, `2h`, or a plain number of seconds.
    func seconds() throws(PlanError) -> Double {
        let text = try string()
        guard let seconds = TimeText.seconds(text) else {
            throw problem("is \(shown); a time such as 250ms, 0.3s, 15m is needed")
        }
        return seconds
    }

    /// A share: `1%` or `0.01`; between 0 and 1, not 0.
    func share() throws(PlanError) -> Double {
        let text = try string()
        let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
        guard let number, number > 0, number <= 1 else {
            throw problem("is \(shown); a share such as 1% or 0.01 is needed")
        }
        return number
    }

    /// Bytes: `64MiB`, `1GiB`, or a plain number.
    func bytes() throws(PlanError) -> Int {
        let text = try string()
        let units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)]
        let unit = units.first { text.hasSuffix($0.0) }
        let digits = text.dropLast(unit?.0.count ?? 0).trimmed
        guard let number = Int(digits) else { throw problem("is \(shown); bytes such as 64MiB are needed") }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << (unit?.1 ?? 0))
        guard !overflow, bytes > 0 else { throw problem("\(text) is not a number of bytes from 1 to 2^63") }
        return bytes
    }
}

extension StringProtocol {
    var trimmed: Substring {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return Substring(text)
    }
}

/// Times as people write them.
public enum TimeText {
    /// `250ms`, `0.3s`, `15m`, `2h` or plain seconds; `nil` for anything else, for zero, and for more than 30 days.
    public static func seconds(_ text: String) -> Double? {
        let units = [("ms", 1e-3), ("s", 1.0), ("m", 60.0), ("h", 3600.0)]
        let unit = units.first { text.hasSuffix($0.0) }
        guard let number = Double(text.dropLast(unit?.0.count ?? 0).trimmed) else { return nil }
        let seconds = number * (unit?.1 ?? 1)
        return seconds > 0 && seconds <= 30 * 86400 ? seconds : nil
    }
}
