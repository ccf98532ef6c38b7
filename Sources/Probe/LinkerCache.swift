/// The index that the GNU dynamic linker keeps of all libraries it can find, /etc/ld.so.cache: one file to read instead
/// of hundreds of places to look at.
///
/// Layout: a head with the count of entries, entries of a fixed size with the places of two texts (name and path), the
/// texts. An older index may stand before it. Numbers are in the order of bytes of the machine; nothing in it is trusted.
struct LinkerCache {
    private static let magic = Array("glibc-ld.so.cache1.1".utf8)
    private static let oldMagic = Array("ld.so-1.7.0\0".utf8)
    private static let headBytes = 48
    private static let entryBytes = 24

    private let bytes: [UInt8]
    /// Where the index begins; places of texts count from here.
    private let start: Int
    private let count: Int

    /// `nil` for anything that is not such an index.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        var start = 0
        if bytes.starts(with: Self.oldMagic) {
            // 12 bytes for each entry of the old index, and the new one begins at a multiple of eight.
            guard let entries = Self.number(bytes, 12), entries < 1 << 20 else { return nil }
            start = (16 + entries * 12 + 7) / 8 * 8
        }
        guard start < bytes.count, bytes[start...].starts(with: Self.magic),
            let count = Self.number(bytes, start + 20), count < 1 << 20,
            start + Self.headBytes + count * Self.entryBytes <= bytes.count
        else { return nil }
        self.start = start
        self.count = count
    }

    /// Kind of library for this architecture, in the second byte of an entry's flags.
    static let architecture: Int? = {
        #if arch(x86_64)
            3
        #elseif arch(arm64)
            10
        #else
            nil
        #endif
    }()

    /// Paths of the named libraries, for each name the first. Those for another architecture are passed over, and so are
    /// variants for certain processors, about which only the linker can decide.
    func paths(_ names: Set<String>, architecture: Int?) -> [String: String] {
        var found: [String: String] = [:]
        for index in 0..<count {
            let entry = start + Self.headBytes + index * Self.entryBytes
            guard let flags = Self.number(bytes, entry), architecture.map({ flags >> 8 & 0xff == $0 }) ?? true,
                Self.number(bytes, entry + 16) == 0, Self.number(bytes, entry + 20) == 0,
                let name = Self.number(bytes, entry + 4).flatMap({ text(start + $0) }), names.contains(name),
                found[name] == nil, let path = Self.number(bytes, entry + 8).flatMap({ text(start + $0) }),
                path.hasPrefix("/")
            else { continue }
            found[name] = path
        }
        return found
    }

    private func text(_ place: Int) -> String? {
        guard bytes.indices.contains(place) else { return nil }
        let end = bytes[place...].prefix(1024).firstIndex(of: 0) ?? place
        return end > place ? String(validating: bytes[place..<end], as: UTF8.self) : nil
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> Int? {
        guard place >= 0, place + 4 <= bytes.count else { return nil }
        let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: UInt32.self) }
        return Int(value)
    }
}
