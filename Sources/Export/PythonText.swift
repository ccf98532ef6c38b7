/// Text as a double-quoted literal that Python, JSON and YAML read alike, in ASCII alone.
enum PythonText {
    static func literal(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    /// Everything but printable ASCII as `\u` and four digits; a character beyond the first plane as the two halves that JSON has.
    static func ascii(_ text: String) -> String {
        text.utf16.reduce(into: "") { result, unit in
            if (0x20..<0x7f).contains(unit) {
                result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else if unit == 0x0a {
                result += "\n"
            } else {
                result += "\\u" + hexadecimal(unit)
            }
        }
    }

    private static func escaped(_ text: String) -> String {
        text.utf16.reduce(into: "") { result, unit in
            switch unit {
            case 0x22: result += "\\\""
            case 0x5c: result += "\\\\"
            case 0x0a: result += "\\n"
            case 0x20..<0x7f: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default: result += "\\u" + hexadecimal(unit)
            }
        }
    }

    private static func hexadecimal(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
