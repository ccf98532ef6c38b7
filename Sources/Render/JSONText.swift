import Document
import Units

/// JSON as a value, written with its members in the order given: a reader finds the important ones first.
indirect enum JSONText {
    case object([(String, JSONText)])
    case array([JSONText])
    case string(String)
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    case null

    /// A member that is left out where there is nothing to say.
    static func optional(_ text: String?) -> JSONText? { text.map { .string($0) } }

    /// Two spaces a level; what fits a line of numbers or words stays on one.
    func write() -> String {
        var text = ""
        write(into: &text, indent: 0)
        return text + "\n"
    }

    private func write(into text: inout String, indent: Int) {
        switch self {
        case .object(let members):
            write("{", "}", members.count, into: &text, indent: indent) { index, text in
                JSONText.quote(members[index].0, into: &text)
                text += ": "
                members[index].1.write(into: &text, indent: indent + 1)
            }
        case .array(let items):
            write("[", "]", items.count, into: &text, indent: indent) { index, text in
                items[index].write(into: &text, indent: indent + 1)
            }
        case .string(let value): JSONText.quote(value, into: &text)
        case .number(let value): text += JSONText.digits(value)
        case .integer(let value): text += String(value)
        case .boolean(let value): text += value ? "true" : "false"
        case .null: text += "null"
        }
    }

    private func write(
        _ open: String, _ close: String, _ count: Int, into text: inout String, indent: Int,
        item: (Int, inout String) -> Void
    ) {
        guard count > 0 else {
            text += open + close
            return
        }
        text += open
        for index in 0..<count {
            text += index == 0 ? "\n" : ",\n"
            JSONText.indent(indent + 1, into: &text)
            item(index, &text)
        }
        text += "\n"
        JSONText.indent(indent, into: &text)
        text += close
    }

    private static func indent(_ level: Int, into text: inout String) {
        for _ in 0..<level { text += " " }
    }

    /// The shortest digits that read back as the same number; whole numbers without a point. JSON knows no infinity.
    static func digits(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Text from data, made harmless first; `<`, `>` and `&` too, so that the text may stand in a page.
    private static func quote(_ value: String, into text: inout String) {
        text += "\""
        for scalar in Neutral.text(value).unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "<": text += "\\u003c"
            case ">": text += "\\u003e"
            case "&": text += "\\u0026"
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension JSONText {
    /// An object without the members that have nothing to say.
    static func members(_ members: [(String, JSONText?)]) -> JSONText {
        .object(members.compactMap { name, value in value.map { (name, $0) } })
    }
}
