import Document
public import Model

/// Takes out of a sheet what tells this machine, or a person, from every other.
///
/// First what the bundle itself names as an identifier, wherever else it stands: a host name in a library's path. Then what
/// looks like one in any text: hardware addresses, UUIDs, addresses with a port or of a private network, home directories.
struct Redaction {
    static let mark = "[left out]"
    private let values: [String]

    /// - Parameter others: machines that the sheet is held against, whose names are not told either.
    init(_ bundle: Bundle, others: [Bundle] = []) {
        // Shorter ones are words of their own: a host called `node` must not take the word out of every sentence.
        values = Set(([bundle] + others).flatMap { Self.named($0.machine) })
            .filter { $0.count >= 5 && $0 != "localhost" }.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    /// What a machine says of itself that no other says.
    static func named(_ machine: Machine) -> [String] {
        let cloud = machine.cloud.value?.identifiers
        let devices =
            machine.accelerators.flatMap { [$0.uuid, $0.serial] }.compactMap { $0 }
            + (machine.memory.modules.value ?? []).flatMap { $0.identifiers ?? [] }
        return (machine.identifiers ?? []).compactMap(\.value.value)
            + [cloud?.instance, cloud?.account].compactMap { $0 } + devices
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

extension Datasheet {
    /// Whether a bundle of this machine has identifiers in its fields, which it has only where they were asked for.
    public static func hasIdentifiers(_ machine: Machine) -> Bool {
        machine.identifiers != nil || !Redaction.named(machine).isEmpty
    }
}
