import Model
import SystemFiles

/// What the firmware says about memory, or why it is not told.
struct FirmwareTable {
    static let file = "/sys/firmware/dmi/tables/DMI"

    let memory: Reported<SMBIOSMemory>

    init(_ files: SystemFiles) {
        switch files.bytes(Self.file, atMost: SystemFiles.limit + 1) {
        case .unknown(let reason):
            memory = .unknown(Self.mended(reason))
        case .known(let bytes) where bytes.count > SystemFiles.limit:
            memory = .unknown("\(Self.file): longer than 1 MiB")
        case .known(let bytes):
            let found = SMBIOSMemory(bytes)
            let isEmpty = found.modules.isEmpty && found.arrays.isEmpty && found.mappedBytes == nil
            memory =
                isEmpty ? .unknown("\(Self.file): \(found.fault ?? "describes no memory")") : .known(found)
        }
    }

    /// The reason with what would help.
    static func mended(_ reason: String) -> String {
        reason.hasSuffix("Permission denied") ? reason + "; root may read it: sudo assay probe" : reason
    }

    /// Equal modules together, in the order of their first.
    func modules(withIdentifiers: Bool) -> Reported<[MemoryModules]> {
        switch memory {
        case .unknown(let reason): return .unknown(reason)
        case .known(let found):
            guard !found.modules.isEmpty else { return .unknown("\(Self.file): \(found.fault ?? "names no module")") }
            return .known(
                found.modules.reduce(into: []) { groups, module in
                    let next = MemoryModules(module, withIdentifiers: withIdentifiers)
                    if let same = groups.firstIndex(where: { $0.isAlike(next) }) {
                        groups[same].add(next)
                    } else {
                        groups.append(next)
                    }
                })
        }
    }

    var arrays: Reported<[MemoryArray]> {
        switch memory {
        case .unknown(let reason): .unknown(reason)
        case .known(let found): found.arrays.isEmpty ? .unknown("SMBIOS describes no array") : .known(found.arrays)
        }
    }

    /// Channels that the names of the sockets give away: `P0 CHANNEL A`, `Node0_Channel3_Dimm0`.
    var channels: Reported<Int> {
        switch memory {
        case .unknown(let reason): return .unknown(reason)
        case .known(let found):
            let names = found.modules.map { module in
                [module.bank, module.locator].lazy.compactMap { $0.flatMap(Self.channel) }.first
            }
            guard !names.isEmpty, !names.contains(nil) else {
                return .unknown("the names of the sockets in SMBIOS do not tell channels")
            }
            return .known(Set(names).count)
        }
    }

    /// What stands up to and with the channel's own letter or number, in small letters without spaces.
    static func channel(_ name: String) -> String? {
        let text = Array(name.lowercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "_") })
        let word = Array("channel".utf8)
        guard text.count > word.count else { return nil }
        for start in 0..<(text.count - word.count) where Array(text[start..<start + word.count]) == word {
            let rest = text[(start + word.count)...]
            let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            let mark = digits.isEmpty ? rest.prefix(1) : digits
            return String(decoding: text[..<(start + word.count)] + mark, as: UTF8.self)
        }
        return nil
    }
}

extension MemoryModules {
    fileprivate init(_ module: SMBIOSMemory.Module, withIdentifiers: Bool) {
        let silent = "SMBIOS does not say"
        let place = [module.bank, module.locator].compactMap { $0 }.joined(separator: " ")
        self.init(
            count: 1, bytes: module.bytes, type: Reported(module.type, else: silent),
            formFactor: Reported(module.formFactor, else: silent), buffering: Reported(module.buffering, else: silent),
            ratedTransferRate: Reported(module.ratedTransferRate, else: silent),
            configuredTransferRate: Reported(module.configuredTransferRate, else: silent),
            dataBits: Reported(module.dataBits, else: silent), totalBits: Reported(module.totalBits, else: silent),
            ranks: Reported(module.ranks, else: silent), manufacturer: Reported(module.manufacturer, else: silent),
            partNumber: Reported(module.partNumber, else: silent), locators: place.isEmpty ? [] : [place],
            identifiers: withIdentifiers ? [module.serialNumber, module.assetTag].compactMap { $0 } : nil)
    }

    /// Equal but for where they sit.
    fileprivate func isAlike(_ other: MemoryModules) -> Bool {
        var bare = other
        (bare.count, bare.locators, bare.identifiers) = (count, locators, identifiers)
        return bare == self
    }

    fileprivate mutating func add(_ other: MemoryModules) {
        count += other.count
        locators += other.locators
        identifiers = identifiers.map { $0 + (other.identifiers ?? []) }
    }
}
