import Document
import Units
import Testing

@testable import Render

/// Data stays data, whatever it looks like.
struct EscapeTests {
    @Test(arguments: [
        ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"), ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
        ("\u{1B}[31m", "\u{FFFD}[31m"), ("a\u{202E}b", "a\u{FFFD}b"), ("é\u{202F}€", "é\u{202F}€"),
    ])
    func html(_ text: String, _ escaped: String) { #expect(Escape.html(text) == escaped) }

    @Test(arguments: [
        ("a|b", "a\\|b"), ("`x`", "\\`x\\`"), ("<b>", "&lt;b&gt;"), ("[a](b)", "\\[a\\](b)"),
        ("**x**", "\\*\\*x\\*\\*"),
        ("https://x", "https\\://x"), ("{{7}}", "\\{\\{7\\}\\}"), ("# x", "\\# x"), ("- x", "\\- x"),
        ("1. x", "1\\. x"), ("x - y", "x - y"),
        ("a\nb", "a\u{FFFD}b"), ("\\", "\\\\"), ("@you", "&#64;you"), ("1024³", "1024³"), ("6.1.0-28", "6.1.0-28"),
    ])
    func markdown(_ text: String, _ escaped: String) {
        let found = Escape.markdown(text)
        #expect(found == escaped)
    }

    @Test(arguments: [
        ("x", "`x`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a|b", "`a\\|b`"), ("", "`  `"),
        ("a``b`", "``` a``b` ```"),
    ])
    func markdownCode(_ text: String, _ escaped: String) {
        #expect(Escape.markdownCode(text, inTable: true) == escaped)
    }

    @Test func strictNeutralText() {
        for value in Array(0...0x1F) + Array(0x7F...0x9F) + [
            0x202A, 0x202E, 0x2066, 0x2069, 0x200F, 0x061C, 0xFEFF, 0x2028,
        ] {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            #expect(Neutral.text("a\(scalar)b") == "a\u{FFFD}b")
        }
        #expect(Neutral.lines("a\nb\u{1B}c") == ["a", "b\u{FFFD}c"])
    }

    @Test func textInAStyleSheetCannotLeaveItsString() {
        let text = Stylesheet.string("\"; } </style><script>\\")
        #expect(!text.dropFirst().dropLast().contains { "\"<>;{}/".contains($0) })
    }
}
