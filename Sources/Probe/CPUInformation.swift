import Model
import SystemFiles

/// The first block of /proc/cpuinfo: one processing unit stands for all, and a large machine's file is megabytes long.
struct CPUInformation: Sendable {
    private let values: [String: String]
    private let problem: String

    init(_ files: SystemFiles) {
        switch files.head("/proc/cpuinfo") {
        case .unknown(let reason): (values, problem) = ([:], reason)
        case .known(let text): (values, problem) = (Self.parse(text), "/proc/cpuinfo does not say")
        }
    }

    private static func parse(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        // The next processor's block begins as this one did.
        for line in text.lines {
            guard let (key, value) = line.keyed(":") else { continue }
            if key == "processor", values[key] != nil { break }
            if values[key] == nil { values[key] = value }
        }
        return values
    }

    func text(_ keys: String...) -> Reported<String> {
        Reported(keys.lazy.compactMap { values[$0] }.first { !$0.isEmpty }, else: problem)
    }

    /// Decimal, or hexadecimal with `0x`, as arm kernels write part numbers.
    func number(_ key: String) -> Reported<Int> {
        switch text(key) {
        case .unknown(let reason): .unknown(reason)
        case .known(let text):
            Reported(
                text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text),
                else: "/proc/cpuinfo: \(key) is no number")
        }
    }

    /// Names of features, as x86 (`flags`), arm (`Features`) and RISC-V (`isa`) kernels list them.
    var features: Set<String> {
        let list = values["flags"] ?? values["Features"] ?? values["isa"] ?? ""
        return Set(list.words.map(String.init))
    }

    var isArm: Bool { values["CPU implementer"] != nil }
    var isX86: Bool { values["vendor_id"] != nil && values["flags"] != nil }
}
