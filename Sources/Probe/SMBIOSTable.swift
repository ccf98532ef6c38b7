import SystemFiles

/// The firmware's table of structures (SMBIOS), cut up.
///
/// Whoever wrote the firmware may have erred or lied: nothing outside the bytes is read, every length is checked, and what
/// was whole before a fault is kept.
struct SMBIOSTable {
    /// Why reading stopped before the end; `nil` where it did not.
    private(set) var fault: String?
    /// Of the types that were asked for, in the order of the table, each handle once.
    private(set) var structures: [Structure] = []

    private static let endOfTable: UInt8 = 127

    init(_ bytes: [UInt8], types: Set<UInt8>) { read(bytes, types) }

    private mutating func read(_ bytes: [UInt8], _ types: Set<UInt8>) {
        var place = 0
        var handles: Set<UInt16> = []
        while place < bytes.count {
            guard place + 4 <= bytes.count else { return stop(place, "ends inside a header") }
            let length = Int(bytes[place + 1])
            guard length >= 4 else { return stop(place, "says that it is \(length) bytes long, less than its header") }
            let strings = place + length
            guard let end = Self.endOfStrings(bytes, from: strings) else { return stop(place, "is cut off") }
            let structure = Structure(formatted: bytes[place..<strings], strings: bytes[strings..<end])
            if structure.type == Self.endOfTable { return }
            if types.contains(structure.type), handles.insert(structure.handle).inserted {
                structures.append(structure)
            }
            place = end + 2
        }
    }

    private mutating func stop(_ place: Int, _ problem: String) {
        fault = "the structure at byte \(place) \(problem)"
    }

    /// Where the two NULs begin that end a structure's strings.
    private static func endOfStrings(_ bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place + 1 < bytes.count {
            if bytes[place] == 0, bytes[place + 1] == 0 { return place }
            place += 1
        }
        return nil
    }

    func all(_ type: UInt8) -> [Structure] { structures.filter { $0.type == type } }
}

extension SMBIOSTable {
    /// One structure. A field that its length does not reach is absent: older firmware wrote shorter ones.
    struct Structure {
        let formatted: ArraySlice<UInt8>
        let strings: ArraySlice<UInt8>

        /// Read only from structures of at least four bytes.
        var type: UInt8 { byte(0) ?? 0 }
        var handle: UInt16 { word(2) ?? 0 }

        func byte(_ offset: Int) -> UInt8? {
            let place = formatted.startIndex + offset
            return formatted.indices.contains(place) ? formatted[place] : nil
        }
        func word(_ offset: Int) -> UInt16? { number(offset, 2).map { UInt16($0) } }
        func double(_ offset: Int) -> UInt32? { number(offset, 4).map { UInt32($0) } }
        func quad(_ offset: Int) -> UInt64? { number(offset, 8) }

        /// Little-endian.
        private func number(_ offset: Int, _ count: Int) -> UInt64? {
            let place = formatted.startIndex + offset
            guard place + count <= formatted.endIndex else { return nil }
            return formatted[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }

        /// The string that the byte at `offset` numbers; `nil` where there is none or it says nothing.
        func string(_ offset: Int) -> String? {
            guard let number = byte(offset), number > 0 else { return nil }
            let all = strings.split(separator: 0, omittingEmptySubsequences: false)
            guard all.indices.contains(Int(number) - 1) else { return nil }
            let printable = all[Int(number) - 1].prefix(64).map { 32..<127 ~= $0 ? $0 : UInt8(ascii: "?") }
            let text = String(decoding: printable, as: UTF8.self).trimmed
            return Self.isPlaceholder(text) ? nil : text
        }

        /// What firmware writes where it has nothing to say.
        private static func isPlaceholder(_ text: String) -> Bool {
            let bare = text.lowercased().filter { $0 != " " && $0 != "." && $0 != "_" && $0 != "-" }
            return [
                "", "unknown", "none", "notspecified", "notprovided", "noasset", "nodimm", "nomodule", "undefined",
                "tobefilledbyoem", "notapplicable", "n/a", "na", "null", "empty", "defaultstring", "oem",
            ].contains(bare) || bare.allSatisfy { $0 == "0" || $0 == "?" }
        }
    }
}
