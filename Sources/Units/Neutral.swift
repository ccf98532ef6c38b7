/// Makes text from data harmless in itself, before any format escapes it.
///
/// Control characters drive terminals and break XML; marks that turn the reading direction make a name read as another.
/// Each is shown as U+FFFD, so that a reader sees that something was there.
public enum Neutral {
    public static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(isHarmful(scalar) ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }

    /// Text of several lines: line feeds stay.
    public static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { Neutral.text(String($0)) }
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Arabic letter mark; zero-width space to right-to-left mark; line and paragraph separators, embeddings and
        // overrides; isolates; byte order mark; interlinear annotation; tags.
        case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        // Not characters, and not allowed in XML.
        case 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
