public import Document
import Units

/// The numbers behind a sheet as RFC 4180 comma-separated values, in base units, a row a metric.
public enum CSV {
    private static let quantity = ["value", "unit", "lower", "upper", "level", "count"]

    public static func render(_ document: Document) -> String {
        let dataset = document.dataset
        let head = (dataset.fields + quantity).map(field)
        let rows = dataset.rows.map { row in row.values.map(cell) + cells(row.quantity) }
        return ([head] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private static func cells(_ quantity: Document.Quantity?) -> [String] {
        guard let quantity, quantity.value.isFinite else { return self.quantity.map { _ in "" } }
        func number(_ value: Double?) -> String { value.map { $0.isFinite ? JSONText.digits($0) : "" } ?? "" }
        return [
            number(quantity.value), field(quantity.unit), number(quantity.lower), number(quantity.upper),
            number(quantity.level), quantity.count.map(String.init) ?? "",
        ]
    }

    private static func cell(_ datum: Document.Datum) -> String {
        switch datum {
        case .text(let text): field(text)
        case .number(let number): number.isFinite ? JSONText.digits(number) : ""
        case .missing: ""
        }
    }

    /// Text from data. A spreadsheet runs what begins with `=`, `+`, `-` or `@`: an apostrophe before it makes it text.
    public static func field(_ text: String) -> String {
        var text = Neutral.text(text)
        // What a spreadsheet skips before it looks.
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace && $0.value != 0xFFFD }
        if let first, "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first) { text = "'" + text }
        let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0 == " " || $0 == ";" || $0 == "'" }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
