import Model
import SystemFiles

/// How much memory the firmware hands over: the best witness that can be read.
struct FirmwareMemory {
    let bytes: Reported<UInt64>
    let source: Reported<String>

    init(_ files: SystemFiles, _ table: FirmwareTable) {
        let blocks = "/sys/devices/system/memory"
        let witnesses: [(String, () -> UInt64?)] = [
            ("SMBIOS memory modules", { table.memory.value?.moduleBytes }),
            ("SMBIOS memory ranges", { table.memory.value?.mappedBytes }),
            ("System RAM of /sys/firmware/memmap", { Self.map(files) }),
            ("memory blocks of \(blocks)", { Self.blocks(files, blocks) }),
        ]
        for (name, bytes) in witnesses {
            if let bytes = bytes(), bytes > 0 {
                (self.bytes, source) = (.known(bytes), .known(name))
                return
            }
        }
        let nothing = "neither SMBIOS nor /sys/firmware/memmap nor \(blocks) tells it"
        (bytes, source) = (.unknown(nothing), .unknown(nothing))
    }

    /// What the firmware's map calls ordinary memory; only root may read it. No processor has addresses of 57 bits.
    private static func map(_ files: SystemFiles) -> UInt64? {
        let folder = "/sys/firmware/memmap"
        let entries = files.names(in: folder)
        // A longer one is read by nobody in a hurry.
        guard !entries.isEmpty, entries.count <= 64 else { return nil }
        var sum: UInt64 = 0
        for entry in entries {
            guard let type = files.line("\(folder)/\(entry)/type").value else { return nil }
            guard type == "System RAM" else { continue }
            guard let first = hexadecimal(files.line("\(folder)/\(entry)/start").value),
                let last = hexadecimal(files.line("\(folder)/\(entry)/end").value), last >= first, last < 1 << 57
            else { return nil }
            let (total, overflow) = sum.addingReportingOverflow(last - first + 1)
            guard !overflow else { return nil }
            sum = total
        }
        return sum
    }

    /// Blocks that are present, switched on or not: the unit in which memory is plugged in.
    private static func blocks(_ files: SystemFiles, _ folder: String) -> UInt64? {
        guard let size = hexadecimal(files.line("\(folder)/block_size_bytes").value) else { return nil }
        let prefix = "memory"
        let count = files.names(in: folder).count { $0.hasPrefix(prefix) && Int($0.dropFirst(prefix.count)) != nil }
        let (bytes, overflow) = size.multipliedReportingOverflow(by: UInt64(count))
        return overflow ? nil : bytes
    }

    /// How many blocks are switched off. Reads a file for each.
    static func offlineBlocks(_ files: SystemFiles) -> Int {
        let folder = "/sys/devices/system/memory"
        return files.names(in: folder).filter { $0.hasPrefix("memory") }
            .count { files.line("\(folder)/\($0)/online").value == "0" }
    }

    /// With or without `0x`.
    private static func hexadecimal(_ text: String?) -> UInt64? {
        text.flatMap { UInt64($0.hasPrefix("0x") ? $0.dropFirst(2) : $0[...], radix: 16) }
    }
}
