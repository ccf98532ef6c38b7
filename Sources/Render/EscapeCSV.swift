import Units

extension Escape {
    /// A field of comma-separated values (RFC 4180). A spreadsheet runs what begins with `=`, `+`, `-` or `@`: an apostrophe
    /// before it makes it text. Numbers are to be written without this.
    public static func csv(_ text: String) -> String {
        var text = Neutral.text(text)
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace && $0.value != 0xFFFD }
        if let first, "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first) { text = "'" + text }
        let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0 == " " || $0 == ";" || $0 == "'" }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
