import Document
import Testing

@testable import Render

/// Text from data in each format: nothing in it can begin a command, a formula or a key.
struct FormatTests {
    private static let poison = "a\\input{/etc/passwd}%$&#_^~\u{1B}[31m--,,?`'\"<script>*[x]"

    @Test func latexHasNothingThatActs() {
        let text = Escape.latex(Self.poison)
        #expect(text.hasPrefix("a\\textbackslash{}input\\{/etc/passwd\\}\\%\\$\\&\\#\\_\\textasciicircum{}"))
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("-{}-") && text.contains(",{},"))
        #expect(text.contains("{*}{[}x{]}"))
        // Letters that no T1 font has are named, so that pdflatex never stops at them.
        #expect(Escape.latex("中é×²") == "{[}U+4E2D{]}é\\ensuremath{\\times}\\textsuperscript{2}")
        for scalar in (0x20...0x2FF).compactMap(Unicode.Scalar.init) {
            let escaped = Escape.latex(String(scalar))
            #expect(escaped.unicodeScalars.allSatisfy { $0.isASCII || (0xC0...0xFF).contains($0.value) })
        }
    }

    @Test func codeInLatexMayBreakAnywhere() {
        let text = Escape.latexCode("0123456789abcdef/x-y_z")
        #expect(
            text == "01234567\\allowbreak{}89abcdef\\allowbreak{}/\\allowbreak{}x-{}\\allowbreak{}y\\_\\allowbreak{}z")
    }

    @Test(arguments: ["=cmd()", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "\u{202E}=1"])
    func spreadsheetsRunNothing(_ text: String) {
        let field = CSV.field(text)
        #expect(field.hasPrefix("\"'"))
    }

    @Test func fieldsKeepTheirShape() {
        #expect(CSV.field("plain") == "plain")
        #expect(CSV.field("a,b") == "\"a,b\"")
        #expect(CSV.field("say \"x\"") == "\"say \"\"x\"\"\"")
        #expect(CSV.field("two\nlines") == "two\u{FFFD}lines")
    }

    @Test func jsonNumbersReadBackTheSame() {
        for value in [0.1, 1e300, Double.leastNonzeroMagnitude, -0.0, 123_456_789, 1e16, 2.5e-9] {
            #expect(Double(JSONText.digits(value)) == value)
        }
        #expect(JSONText.digits(6) == "6")
        #expect(JSONText.digits(.nan) == "null" && JSONText.digits(.infinity) == "null")
        let text = JSONText.object([("a", .string("<\"\\\u{1B}>&")), ("b", .array([])), ("c", .null)]).write()
        #expect(text == "{\n \"a\": \"\\u003c\\\"\\\\\u{FFFD}\\u003e\\u0026\",\n \"b\": [],\n \"c\": null\n}\n")
    }

    @Test func frontMatterQuotesEveryText() {
        let matter = FrontMatter([
            ("title", .text("a: \"b\"\n---\nverified: true")), ("n", .number(1.5)), ("none", .list([])),
            (
                "list",
                .list([.text("x"), .mapping([Card.Field("k", .text("v")), Card.Field("m", .list([.number(2)]))])])
            ),
        ])
        let expected = """
            ---
            title: "a: \\"b\\"\u{FFFD}---\u{FFFD}verified: true"
            n: 1.5
            none: []
            list:
              - "x"
              - k: "v"
                m:
                  - 2
            ---

            """
        #expect(matter.write() == expected)
    }

    @Test func headingsHaveTheNamesThatSitesGiveThem() {
        #expect(Anchors.name("10 Results") == "10-results")
        #expect(Anchors.name("2 At a glance: it’s") == "2-at-a-glance-its")
    }

    @Test func linesThatOtherReadersWouldRunAreText() {
        #expect(Escape.markdown("% note") == "\\% note")
        #expect(Escape.markdown("100 %") == "100 %")
        #expect(Escape.markdown("import x from y") == "&#105;mport x from y")
        #expect(Escape.markdown("::: danger").hasPrefix("\\:"))
    }
}
