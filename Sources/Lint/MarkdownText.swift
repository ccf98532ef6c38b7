/// Markdown without its marks.
enum MarkdownText {
    /// Emphasis, code spans, links, escapes and entities gone; what a reader sees is left.
    static func plain(_ text: Substring) -> String {
        var result = ""
        let characters = Array(text)
        var index = 0
        while index < characters.count {
            let character = characters[index]
            switch character {
            case "\\" where index + 1 < characters.count && isMark(characters[index + 1]):
                result.append(characters[index + 1])
                index += 1
            case "*", "`": break
            case "_" where isEdge(characters, index): break
            case "[" where link(characters, index) != nil:
                let (text, end) = link(characters, index) ?? ("", index)
                result += plain(Substring(text))
                index = end
            default: result.append(character)
            }
            index += 1
        }
        let named = ["&lt;": "<", "&gt;": ">", "&#64;": "@", "&quot;": "\"", "&#39;": "'", "<br>": " · ", "&amp;": "&"]
        // The ampersand last, or an escaped entity would be unescaped twice.
        for entity in named.keys.sorted(by: { $1 == "&amp;" && $0 != "&amp;" }) where result.contains(entity) {
            result = result.replacing(entity, with: named[entity] ?? "")
        }
        return trimmed(result)
    }

    private static func isMark(_ character: Character) -> Bool {
        character.isASCII && !character.isLetter && !character.isNumber && character != " "
    }

    /// An underscore at the edge of a word is emphasis, one inside is part of it.
    private static func isEdge(_ characters: [Character], _ index: Int) -> Bool {
        let before = index > 0 ? characters[index - 1] : " "
        let after = index + 1 < characters.count ? characters[index + 1] : " "
        return !(before.isLetter || before.isNumber) || !(after.isLetter || after.isNumber)
    }

    private static func link(_ characters: [Character], _ start: Int) -> (String, Int)? {
        guard let close = characters[start...].firstIndex(of: "]"), close + 1 < characters.count,
            characters[close + 1] == "(", let end = characters[close...].firstIndex(of: ")")
        else { return nil }
        return (String(characters[(start + 1)..<close]), end)
    }

    /// The text that stands for a picture.
    static func alternative(_ line: Substring) -> String {
        guard let end = line.lastRange(of: "](") else { return plain(line.dropFirst(2)) }
        return plain(line[line.index(line.startIndex, offsetBy: 2)..<end])
    }

    static func withoutTags(_ line: Substring) -> String {
        var result = ""
        var isInside = false
        for character in line {
            if character == "<" {
                isInside = true
            } else if character == ">", isInside {
                isInside = false
            } else if !isInside {
                result.append(character)
            }
        }
        return result
    }

    /// Cells of a row, split at pipes that are not escaped.
    static func cells(_ line: Substring) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isEscaped = false
        for character in line.drop(while: { $0 == " " }).dropFirst() {
            if character == "|", !isEscaped {
                cells.append(cell)
                cell = ""
            } else {
                cell.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        if !cell.allSatisfy({ $0 == " " }) { cells.append(cell) }
        return cells.map { plain(Substring($0)) }
    }

    static func trimmed(_ text: String) -> String {
        let space: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(text.drop(while: space).reversed().drop(while: space).reversed())
    }
}

extension Substring {
    /// Where `text` begins for the last time.
    fileprivate func lastRange(of text: String) -> Index? {
        var index = endIndex
        while index > startIndex {
            index = self.index(before: index)
            if self[index...].hasPrefix(text) { return index }
        }
        return nil
    }
}
