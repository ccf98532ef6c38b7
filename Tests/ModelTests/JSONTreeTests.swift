import Foundation
import Model
import Testing

/// A tree says what Foundation's reader says, and is not brought down by what is no JSON.
struct JSONTreeTests {
    private func tree(_ text: String) throws -> JSONTree { try JSONTree(parsing: Array(text.utf8)) }

    @Test func readsEveryKind() throws {
        let value = try tree(#"{"a": [1, -2.5e3, true, false, null, "x\n\"\\\/\u00e9\ud83d\ude00"], "b": {}}"#)
        let list = try #require(value["a"]?.elements)
        #expect(list.map(\.number) == [1, -2500, nil, nil, nil, nil])
        #expect(list[2].bool == true && list[3].bool == false && list[4].isNull)
        #expect(list[5].text == "x\n\"\\/é😀")
        #expect(value["b"]?.members == [])
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "tru", "1 2", "\"\\x\"", "\"\\u12\"", "\"", "[1e999]", "--1",
        "\"\u{1}\"",
    ])
    func refusesWhatIsNone(_ text: String) {
        #expect(throws: JSONProblem.self) { try tree(text) }
    }

    @Test func depthIsBounded() {
        #expect(throws: JSONProblem.self) { try tree(String(repeating: "[", count: 1_000_000)) }
        #expect(throws: Never.self) {
            try tree(String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
        }
    }

    @Test func problemsNameTheLine() {
        #expect { try tree("{\n\"a\": 1,\n oops}") } throws: { "\($0)".contains("line 3") }
    }

    @Test func differencesNameTheirPath() throws {
        let one = try tree(#"{"a": [1, {"b": "x"}], "c": 1}"#)
        let other = try tree(#"{"a": [1, {"b": "y"}], "d": 1}"#)
        #expect(one.differences(from: other).map(\.path) == ["a[1].b", "c", "d"])
        #expect(one.differences(from: one).isEmpty)
    }
}
