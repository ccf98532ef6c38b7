import Units

extension Escape {
    /// For LaTeX, in running text, headings and table cells. Nothing can begin a command, end an argument or a row, and
    /// nothing is left that pdflatex cannot set: what it has no letter for is named by its number.
    static func latex(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        var last: Unicode.Scalar = " "
        for scalar in Neutral.text(text).unicodeScalars {
            // Ligatures: `--` is a dash, `?` and `!` before a back quote are Spanish, `<<` and `,,` are quotes.
            if scalar == last, scalar == "-" || scalar == "," { result += "{}" }
            result += latexScalar(scalar)
            last = scalar
        }
        return result
    }

    /// For `\texttt`: breaks allowed after every mark and every eight letters, because hashes and paths have no blanks.
    static func latexCode(_ text: String) -> String {
        var result = ""
        var run = 0
        for scalar in Neutral.text(text).unicodeScalars {
            result += scalar == "-" ? "-{}" : latexScalar(scalar)
            let isPlain = scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            run = isPlain ? run + 1 : 0
            if run == 8 || !isPlain && scalar != " " {
                result += "\\allowbreak{}"
                run = 0
            }
        }
        return result
    }

    private static func latexScalar(_ scalar: Unicode.Scalar) -> String {
        if let known = latexNames[scalar] { return known }
        // Printable ASCII, and the letters of Latin-1 and Latin Extended-A that the T1 fonts have.
        switch scalar.value {
        case 0x20...0x7E, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0xFF: return String(scalar)
        default: return "{[}U+\(hexadecimal(scalar.value)){]}"
        }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }

    private static let latexNames: [Unicode.Scalar: String] = {
        var names: [Unicode.Scalar: String] = [
            "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#",
            "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}",
            ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "\\textquotedbl{}", "'": "\\textquotesingle{}",
            "`": "\\textasciigrave{}", "[": "{[}", "]": "{]}", "?": "?{}", "!": "!{}", "*": "{*}",
            "\u{A0}": "~", "\u{202F}": "\\,", "\u{2009}": "\\,", "\u{2060}": "", "\u{2212}": "\\ensuremath{-}",
            "–": "\\textendash{}", "—": "\\textemdash{}", "…": "\\textellipsis{}", "‘": "\\textquoteleft{}",
            "’": "\\textquoteright{}", "“": "\\textquotedblleft{}", "”": "\\textquotedblright{}",
            "„": "\\quotedblbase{}", "«": "\\guillemotleft{}", "»": "\\guillemotright{}",
            "×": "\\ensuremath{\\times}", "÷": "\\ensuremath{\\div}", "±": "\\ensuremath{\\pm}",
            "·": "\\textperiodcentered{}", "§": "\\S{}", "°": "\\textdegree{}", "µ": "\\textmu{}", "μ": "\\textmu{}",
            "®": "\\textregistered{}", "©": "\\textcopyright{}", "™": "\\texttrademark{}", "†": "\\textdagger{}",
            "€": "\\texteuro{}", "£": "\\pounds{}", "¥": "\\textyen{}", "←": "\\ensuremath{\\leftarrow}",
            "→": "\\ensuremath{\\rightarrow}", "↑": "\\ensuremath{\\uparrow}", "↓": "\\ensuremath{\\downarrow}",
            "≤": "\\ensuremath{\\leq}", "≥": "\\ensuremath{\\geq}", "≠": "\\ensuremath{\\neq}",
            "≈": "\\ensuremath{\\approx}", "≫": "\\ensuremath{\\gg}", "∞": "\\ensuremath{\\infty}",
            "√": "\\ensuremath{\\surd}", "∈": "\\ensuremath{\\in}", "∆": "\\ensuremath{\\Delta}",
            "Δ": "\\ensuremath{\\Delta}", "λ": "\\ensuremath{\\lambda}", "σ": "\\ensuremath{\\sigma}",
            "½": "\\textonehalf{}", "¼": "\\textonequarter{}", "¾": "\\textthreequarters{}",
            "•": "\\textbullet{}", "\u{FFFD}": "{[}?{]}", "ᵀ": "\\textsuperscript{T}",
            "ʳ": "\\textsuperscript{r}", "ᵢ": "\\textsubscript{i}", "⌊": "\\ensuremath{\\lfloor}",
            "⌋": "\\ensuremath{\\rfloor}", "⌈": "\\ensuremath{\\lceil}", "⌉": "\\ensuremath{\\rceil}",
            "⁻": "\\textsuperscript{\\ensuremath{-}}", "⁺": "\\textsuperscript{+}",
        ]
        for (index, scalar) in "⁰¹²³⁴⁵⁶⁷⁸⁹".unicodeScalars.enumerated() {
            names[scalar] = "\\textsuperscript{\(index)}"
        }
        for (index, scalar) in "₀₁₂₃₄₅₆₇₈₉".unicodeScalars.enumerated() { names[scalar] = "\\textsubscript{\(index)}" }
        return names
    }()
}
