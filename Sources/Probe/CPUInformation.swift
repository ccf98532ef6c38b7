import Model
import SystemFiles

/// The first block of /proc/cpuinfo: one processing unit stands for all, and a large machine's file is megabytes long.
struct CPUInformation {
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
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let colon = line.firstIndex(of: ":") else {
                // An empty line ends the block. Old arm kernels put one before a block for the whole board.
                if values["processor"] != nil { break }
                continue
            }
            let key = line[..<colon].trimmed
            if values[key] == nil { values[key] = line[line.index(after: colon)...].trimmed }
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
        return Set(list.split(separator: " ").map(String.init))
    }

    var isArm: Bool { values["CPU implementer"] != nil }
    var isX86: Bool { values["vendor_id"] != nil && values["flags"] != nil }
}
