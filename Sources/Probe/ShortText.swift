import SystemFiles

/// Texts that something unknown wrote.
enum ShortText {
    /// Without control characters and marks that turn the direction of reading, and no longer than `most` characters.
    static func plain(_ text: String, _ most: Int) -> String {
        let scalars = text.unicodeScalars.prefix(4 * most).map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: " "
            default: Character(scalar)
            }
        }
        return String(String(scalars).trimmed.prefix(most))
    }

    /// What a C function writes into a buffer of `capacity` bytes that it is told of; `nil` where it returns an error or
    /// writes nothing.
    static func written(_ capacity: Int, _ write: (UnsafeMutablePointer<CChar>, Int) -> Int32) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            buffer.initialize(repeating: 0)
            // The last byte stays 0 whatever the function does.
            guard let start = buffer.baseAddress, write(start, capacity - 1) == 0 else { return nil }
            let text = plain(String(cString: start), capacity)
            return text.isEmpty ? nil : text
        }
    }
}
