/// Cutting what system files hold.
///
/// At bytes, not at characters: comparing characters, with all that Unicode knows about them, takes longer than the kernel
/// takes to write most of these files.
extension StringProtocol where SubSequence == Substring {
    /// The lines that are not empty.
    public var lines: [Substring] { pieces(self[...], separator: UInt8(ascii: "\n")) }

    /// The words between spaces.
    public var words: [Substring] { pieces(self[...], separator: UInt8(ascii: " ")) }

    /// Without spaces, tabs, line ends and NULs at either end.
    public var trimmed: String { withoutBlanks(self[...]) }

    /// What stands before and after the first `mark`, trimmed.
    public func keyed(_ mark: Unicode.Scalar) -> (key: String, value: String)? {
        let text = self[...]
        guard let place = text.utf8.firstIndex(of: UInt8(ascii: mark)) else { return nil }
        return (withoutBlanks(text[..<place]), withoutBlanks(text[text.utf8.index(after: place)...]))
    }

    /// Whether `text` stands somewhere in it, byte for byte.
    public func holds(_ text: String) -> Bool { stands(text, in: self[...]) }
}

// Not generic, so that one compiled copy serves every caller.

private func pieces(_ text: Substring, separator: UInt8) -> [Substring] {
    var pieces: [Substring] = []
    var start = text.startIndex
    while let end = text.utf8[start...].firstIndex(of: separator) {
        if start < end { pieces.append(text[start..<end]) }
        start = text.utf8.index(after: end)
    }
    if start < text.endIndex { pieces.append(text[start...]) }
    return pieces
}

private func withoutBlanks(_ text: Substring) -> String {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) || $0 == 0 }
    guard let first = text.utf8.firstIndex(where: { !isBlank($0) }),
        let last = text.utf8.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
}

private func stands(_ text: String, in whole: Substring) -> Bool {
    guard let first = text.utf8.first else { return true }
    var rest = whole.utf8[...]
    while let start = rest.firstIndex(of: first) {
        rest = rest[start...]
        if rest.starts(with: text.utf8) { return true }
        rest = rest.dropFirst()
    }
    return false
}
