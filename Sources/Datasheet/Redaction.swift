import Document
import Model

/// Takes out of a sheet what tells this machine, or a person, from every other.
///
/// First what the bundle itself names as an identifier, wherever else it stands: a host name in a library's path. Then what
/// looks like one in any text: hardware addresses, UUIDs, addresses with a port or of a private network, home directories.
struct Redaction {
    static let mark = "[left out]"
    private let values: [String]

    init(_ bundle: Bundle) {
        let named = (bundle.machine.identifiers ?? []).compactMap(\.value.value)
        let cloud = bundle.machine.cloud.value?.identifiers
        let devices =
            bundle.machine.accelerators.flatMap { [$0.uuid, $0.serial] }.compactMap { $0 }
            + (bundle.machine.memory.modules.value ?? []).flatMap { $0.identifiers ?? [] }
        // Shorter ones are words of their own: a host called `node` must not take the word out of every sentence.
        values = (named + [cloud?.instance, cloud?.account].compactMap { $0 } + devices)
            .filter { $0.count >= 5 && $0 != "localhost" }.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    /// Without the fields that hold identifiers.
    func applied(to recording: Recording) -> Recording {
        var recording = recording
        recording.bundle.machine.identifiers = nil
        if case .known(var cloud) = recording.bundle.machine.cloud, cloud.identifiers != nil {
            cloud.identifiers = nil
            recording.bundle.machine.cloud = .known(cloud)
        }
        for index in recording.bundle.machine.accelerators.indices {
            recording.bundle.machine.accelerators[index].uuid = nil
            recording.bundle.machine.accelerators[index].serial = nil
        }
        if case .known(var modules) = recording.bundle.machine.memory.modules {
            for index in modules.indices { modules[index].identifiers = nil }
            recording.bundle.machine.memory.modules = .known(modules)
        }
        return recording
    }

    func applied(to document: Document) -> Document { document.mapTexts(text) }

    /// `text` without identifiers.
    func text(_ text: String) -> String {
        var text = text
        for value in values where text.contains(value) { text = text.replacing(value, with: Self.mark) }
        guard text.utf8.contains(where: { $0 == 0x2F || $0 == 0x3A || $0 == 0x2D || $0 == 0x2E }) else { return text }
        return Self.withoutPatterns(text)
    }

    /// Looks at each word: what stands between blanks, quotes, brackets and the like.
    private static func withoutPatterns(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = 0
        var changed = false
        while at < bytes.count {
            let isStart = at == 0 || !Shape.isWord(bytes[at - 1])
            if isStart, let length = Shape.identifier(bytes[at...]) {
                result += Array(mark.utf8)
                at += length
                changed = true
            } else if let length = Shape.home(bytes[at...]) {
                result += Array(bytes[at..<(at + 6)]) + Array(mark.utf8)
                at += length
                changed = true
            } else {
                result.append(bytes[at])
                at += 1
            }
        }
        return changed ? String(decoding: result, as: UTF8.self) : text
    }
}

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
            return hardwareAddress(bytes) ?? uuid(bytes) ?? networkAddress(bytes)
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
            let (a, b) = (numbers[0] ?? 0, numbers[1] ?? 0)
            let isPrivate = (a == 192 && b == 168) || (a == 172 && (16...31).contains(b))
            return hasPort || isPrivate ? part.count : nil
        }

        /// `/home/name`: the name goes.
        static func home(_ bytes: ArraySlice<UInt8>) -> Int? {
            guard bytes.first == 0x2F, bytes.starts(with: Array("/home/".utf8)) else { return nil }
            let name = bytes.dropFirst(6).prefix { isWord($0) || $0 == 0x2D }
            return name.isEmpty ? nil : 6 + name.count
        }
    }
}
