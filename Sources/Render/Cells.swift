/// Text measured in the cells of a terminal.
enum Cells {
    /// Cells that `text` takes: two for wide East Asian characters and pictographs, one for the rest.
    static func width(_ text: String) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    private static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6,
            0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return scalar.properties.generalCategory == .nonspacingMark ? 0 : 1
        }
    }

    /// The widest line of `text`.
    static func widest(_ text: String) -> Int {
        text.split(separator: "\n").map { width(String($0)) }.max() ?? 0
    }

    /// The first `room` cells, with an ellipsis as the last.
    static func cut(_ text: String, _ room: Int) -> String {
        var result = ""
        var used = 1
        for character in text {
            guard used + width(character) <= room else { return result + "…" }
            used += width(character)
            result.append(character)
        }
        return result
    }

    /// Lines of at most `room` cells, broken at spaces, and inside a word only where it is longer than a line.
    static func wrap(_ text: String, _ room: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrapLine(String($0), room) }
    }

    private static func wrapLine(_ text: String, _ room: Int) -> [String] {
        guard room > 0, width(text) > room else { return [text] }
        let indent = String(text.prefix { $0 == " " })
        let room = max(room - indent.count, 1)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var rest = String(word)
            if !line.isEmpty, width(line) + 1 + width(rest) > room {
                lines.append(line)
                line = ""
            }
            while width(rest) > room {
                var part = ""
                while let first = rest.first, width(part) + width(first) <= max(room, 2) {
                    part.append(first)
                    rest.removeFirst()
                }
                lines.append(part)
            }
            line += line.isEmpty ? rest : " " + rest
        }
        return (line.isEmpty ? lines : lines + [line]).map { indent + $0 }
    }

    /// A bar of at most `ten` cells and a bit, in eighths of a cell.
    static func bar(_ fraction: Double, ten: Int) -> String {
        guard fraction.isFinite, fraction > 0 else { return String(repeating: " ", count: ten) }
        let eighths = Int((min(fraction, 1 + 1 / Double(ten)) * Double(ten) * 8).rounded())
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        let bar = String(repeating: "█", count: eighths / 8) + partial
        return bar + String(repeating: " ", count: max(ten - bar.count, 0))
    }

    static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
