extension Redaction {
    /// What identifiers look like.
    enum Shape {
        static func isWord(_ byte: UInt8) -> Bool {
            isHex(byte) || (0x67...0x7A).contains(byte) || (0x47...0x5A).contains(byte) || byte == 0x2E || byte == 0x5F
        }

        static func isHex(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
        }

        /// Bytes of the identifier that `bytes` begins with.
        static func identifier(_ bytes: ArraySlice<UInt8>) -> Int? {
            guard let first = bytes.first, isHex(first) else { return nil }
            return hardwareAddress(bytes) ?? uuid(bytes) ?? networkAddress(bytes) ?? longAddress(bytes)
        }

        /// `02:fe:ed:fa:ca:de`, with colons or hyphens.
        private static func hardwareAddress(_ bytes: ArraySlice<UInt8>) -> Int? {
            let part = Array(bytes.prefix(18))
            guard part.count >= 17, part[2] == 0x3A || part[2] == 0x2D else { return nil }
            for index in 0..<17 {
                guard index % 3 == 2 ? part[index] == part[2] : isHex(part[index]) else { return nil }
            }
            return part.count > 17 && (isWord(part[17]) || part[17] == part[2]) ? nil : 17
        }

        /// Eight, four, four, four and twelve hexadecimal digits.
        private static func uuid(_ bytes: ArraySlice<UInt8>) -> Int? {
            let part = Array(bytes.prefix(37))
            guard part.count >= 36 else { return nil }
            for index in 0..<36 {
                guard [8, 13, 18, 23].contains(index) ? part[index] == 0x2D : isHex(part[index]) else { return nil }
            }
            return part.count > 36 && isWord(part[36]) ? nil : 36
        }

        /// Four numbers that are no version: of a private network, or with a port after them.
        private static func networkAddress(_ bytes: ArraySlice<UInt8>) -> Int? {
            let part = bytes.prefix(15).prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
            let numbers = part.split(separator: 0x2E, omittingEmptySubsequences: false).map { digits in
                digits.count <= 3 ? Int(String(decoding: digits, as: UTF8.self)) : nil
            }
            guard numbers.count == 4, numbers.allSatisfy({ ($0 ?? 256) < 256 }) else { return nil }
            let rest = bytes.dropFirst(part.count)
            if let next = rest.first, isWord(next) { return nil }
            let hasPort = rest.first == 0x3A && rest.dropFirst().first.map { (0x30...0x39).contains($0) } == true
            return hasPort || isPrivate(numbers.map { $0 ?? 0 }) ? part.count : nil
        }

        /// Of RFC 1918, link-local, or shared behind a carrier (RFC 6598). The metadata service’s own address is the same
        /// on every machine.
        private static func isPrivate(_ numbers: [Int]) -> Bool {
            let (a, b) = (numbers[0], numbers[1])
            if a == 169, b == 254 { return numbers != [169, 254, 169, 254] }
            return a == 10 || (a == 192 && b == 168) || (a == 172 && (16...31).contains(b))
                || (a == 100 && (64...127).contains(b))
        }

        /// `fe80::1%eth0`, `fd12:3456:789a::1`: link-local and unique local addresses; any that stands in brackets before
        /// a port. An address on the PCI bus has no group of four digits that begins so.
        private static func longAddress(_ bytes: ArraySlice<UInt8>) -> Int? {
            var part = bytes.prefix(40).prefix(while: { isHex($0) || $0 == 0x3A })
            // `fe80::1: no route`: the last colon is the sentence’s.
            if part.last == 0x3A, part.dropLast().last != 0x3A { part = part.dropLast() }
            guard isLongAddress(Array(part)) else { return nil }
            let rest = bytes.dropFirst(part.count)
            if let next = rest.first, isWord(next), next != 0x2E { return nil }
            let zone =
                rest.first == 0x25
                ? 1 + rest.dropFirst().prefix(16).prefix(while: { isWord($0) || $0 == 0x2D }).count : 0
            let first = part.prefix { $0 != 0x3A }
            let prefix = first.count == 4 ? Int(String(decoding: first, as: UTF8.self), radix: 16) ?? 0 : 0
            let isLocal = prefix & 0xFFC0 == 0xFE80 || prefix & 0xFE00 == 0xFC00
            let end = Array(rest.dropFirst(zone).prefix(3))
            let hasPort = end.count == 3 && end[0] == 0x5D && end[1] == 0x3A && (0x30...0x39).contains(end[2])
            return isLocal || hasPort ? part.count + zone : nil
        }

        /// Eight groups of at most four digits, or fewer with `::` once.
        private static func isLongAddress(_ bytes: [UInt8]) -> Bool {
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.filter({ $0 == ":" }).count >= 2, !text.contains(":::") else { return false }
            let halves = text.split(separator: "::", omittingEmptySubsequences: false)
            let groups = halves.map { half in half.split(separator: ":", omittingEmptySubsequences: false) }
            let count = halves.reduce(0) { $0 + $1.split(separator: ":").count }
            let isWhole = zip(halves, groups).allSatisfy { half, parts in
                half.isEmpty || parts.allSatisfy { (1...4).contains($0.count) }
            }
            return isWhole && (halves.count == 1 ? count == 8 : halves.count == 2 && count <= 7)
        }

        /// `/home/name`: the name goes.
        static func home(_ bytes: ArraySlice<UInt8>) -> Int? {
            guard bytes.first == 0x2F, bytes.starts(with: Array("/home/".utf8)) else { return nil }
            let name = bytes.dropFirst(6).prefix { isWord($0) || $0 == 0x2D }
            return name.isEmpty ? nil : 6 + name.count
        }
    }
}
