import Foundation
import Model
import Testing

/// Foundation's encoder is the oracle: what is written differs from what it writes in no byte.
struct JSONWriterTests {
    private struct Everything: Codable {
        enum Colour: String, Codable { case red, green }
        enum Choice: Codable { case none, number(Int), pair(first: String, second: Double) }
        struct Inner: Codable { var z = "last", a = [1, 2], empty: [Int] = [], nothing: [String: Int] = [:] }
        var text = "quote \" backslash \\ slash / line\n\r\ttab \u{8}\u{c}\u{1}\u{1f}\u{7f} é 🙂 \u{2028}"
        var bool = true
        var integers = [Int.min, 0, Int.max]
        var unsigned = UInt64.max
        var small: [Int8] = [-128, 127]
        var numbers = [0, -0.0, 1, 0.1, 1e21, 1e-7, 123456789.125, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        var float: Float = 0.25
        var date = Date(timeIntervalSince1970: 1_790_000_000)
        var colour = Colour.green
        var choices = [Choice.none, .number(3), .pair(first: "1", second: 2.5)]
        var absent: Int?
        var present: Int? = 7
        var inner = Inner()
        var reported: [Reported<Int>] = [.known(1), .unknown("why")]
        var table: [String: [Double]] = ["b": [1], "a": [], "B": [2.5]]
        var optionals: [Int?] = [1, nil]
        var deep = [[["x"]], []]
    }

    private static func foundation(_ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) throws -> String
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    @Test func everyKindOfValueIsWrittenAsFoundationWritesIt() throws {
        let value = Everything()
        let document = String(decoding: try JSON.document(value), as: UTF8.self)
        #expect(try document == Self.foundation(value, .prettyPrinted))
        let line = String(decoding: try JSON.line(value), as: UTF8.self)
        #expect(try line == Self.foundation(value, []))
    }

    /// Pieces put together are the whole, wherever they were cut.
    @Test(arguments: [0, 1, 40, 1200]) func whatIsPouredIsTheSame(count: Int) throws {
        let value = (0..<count).map { _ in Everything() }
        var (poured, pieces) = ([UInt8](), 0)
        try JSON.pour(value) {
            poured += $0
            pieces += 1
        }
        #expect(poured == (try JSON.text(value)))
        #expect(pieces > 10 || count < 1200)
    }

    @Test func nothingIsPouredOfWhatCannotBeWritten() {
        var pieces = 0
        #expect(throws: JSONProblem.self) {
            try JSON.pour([String](repeating: "much", count: 100_000).map { [$0: 1.0] } + [["": .nan]]) { _ in
                pieces += 1
            }
        }
        #expect(pieces == 0)
    }

    @Test func aNumberThatJSONCannotHoldIsNamedByItsPlace() throws {
        #expect(throws: JSONProblem(place: "list[1].value", problem: "nan cannot be written as JSON")) {
            try JSON.line(["list": [["value": 1.0], ["value": Double.nan]]])
        }
    }
}
