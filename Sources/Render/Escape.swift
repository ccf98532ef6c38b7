import Units

/// Escapes for the formats that have markup. Each takes data and returns text that can only be read as text.
public enum Escape {
    /// For HTML and SVG, inside elements and inside double-quoted attributes alike.
    public static func html(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for character in Neutral.text(text).unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// For Markdown as GitHub reads it, in running text and in table cells. Braces too, for readers that run them.
    static func markdown(_ text: String) -> String {
        var result = ""
        // A line that begins so is code to MDX.
        for (word, number) in [("import ", "&#105;"), ("export ", "&#101;")] where text.hasPrefix(word) {
            return number + markdown(String(text.dropFirst()))
        }
        let scalars = Array(Neutral.text(text).unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "~", "!", "$", "^": result += "\\" + String(scalar)
            // Only where it would make an address of the text.
            case ":" where index + 1 < scalars.count && scalars[index + 1] == "/": result += "\\:"
            case "@": result += "&#64;"
            case "-", "+", "=", ".", ")", "%", ":":
                result += opensABlock(scalars, index) ? "\\" + String(scalar) : String(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether the mark at `index` would open a list or underline a heading: nothing but spaces before it (for `1.` digits
    /// too), and after it a space, the end, or more of the same.
    private static func opensABlock(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        let before = scalars[..<index].drop { $0 == " " }
        // To MyST a line that begins with it is a comment.
        if scalars[index] == "%" { return before.isEmpty }
        let isNumbered = scalars[index] == "." || scalars[index] == ")"
        guard isNumbered ? !before.isEmpty && before.allSatisfy({ ("0"..."9").contains($0) }) : before.isEmpty else {
            return false
        }
        guard index + 1 < scalars.count else { return true }
        return scalars[index + 1] == " " || scalars[index + 1] == scalars[index]
    }

    /// A code span in Markdown: a fence longer than any inside; pipes escaped where a table would take them.
    static func markdownCode(_ text: String, inTable: Bool) -> String {
        var neutral = Neutral.text(text)
        if inTable { neutral = neutral.replacing("|", with: "\\|") }
        var longest = 0
        var run = 0
        for character in neutral {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let pad = neutral.hasPrefix("`") || neutral.hasSuffix("`") || neutral.isEmpty ? " " : ""
        return fence + pad + neutral + pad + fence
    }
}
