import Model

/// What the firmware's table says about memory. A pure function of its bytes.
struct SMBIOSMemory {
    var modules: [Module] = []
    var arrays: [MemoryArray] = []
    /// Bytes of the address ranges that memory arrays are mapped to; `nil` where the table names none.
    var mappedBytes: UInt64?
    /// Why the table could not be read to its end; `nil` where it could.
    var fault: String?

    /// More than any machine has.
    private static let mostSockets = 2048

    /// A populated socket.
    struct Module: Equatable {
        var bytes: UInt64
        var type: String?
        var formFactor: String?
        var buffering: String?
        var ratedTransferRate: Double?
        var configuredTransferRate: Double?
        var dataBits: Int?
        var totalBits: Int?
        var ranks: Int?
        var manufacturer: String?
        var partNumber: String?
        var locator: String?
        var bank: String?
        var serialNumber: String?
        var assetTag: String?
    }

    init(_ bytes: [UInt8]) {
        let table = SMBIOSTable(bytes, types: [16, 17, 19])
        fault = table.fault
        // Sockets of video memory, flash memory or a cache card are described in the same way.
        let systemMemory = 3
        let all = table.all(16)
        let others = Set(all.filter { $0.byte(5).map(Int.init) != systemMemory }.map(\.handle))
        arrays = all.filter { !others.contains($0.handle) }.map(MemoryArray.init)
        let sockets = table.all(17).filter { device in !(device.word(4).map(others.contains) ?? false) }
        if sockets.count > Self.mostSockets { fault = fault ?? "it has \(sockets.count) sockets" }
        modules = sockets.prefix(Self.mostSockets).compactMap(Module.init)
        let ranges = table.all(19).filter { range in !(range.word(0x0c).map(others.contains) ?? false) }
        if !ranges.isEmpty { mappedBytes = Self.sum(ranges.compactMap(Self.size)) }
    }

    /// Over all modules; `nil` where there are none, or more than can be.
    var moduleBytes: UInt64? { modules.isEmpty ? nil : Self.sum(modules.map(\.bytes)) }

    private static func sum(_ sizes: [UInt64]) -> UInt64? {
        sizes.reduce(UInt64?.some(0)) { sum, size in
            guard let (value, overflow) = sum?.addingReportingOverflow(size), !overflow else { return nil }
            return value
        }
    }

    /// Type 19: first and last KiB, or, where these do not fit, first and last byte.
    private static func size(_ range: SMBIOSTable.Structure) -> UInt64? {
        guard let first = range.double(4), let last = range.double(8) else { return nil }
        if first == .max {
            guard let first = range.quad(0x0f), let last = range.quad(0x17), last > first, last < .max else {
                return nil
            }
            return last - first + 1
        }
        return last >= first ? (UInt64(last) - UInt64(first) + 1) << 10 : nil
    }
}

extension MemoryArray {
    /// Type 16.
    init(_ array: SMBIOSTable.Structure) {
        let small = array.double(7).flatMap { $0 == 0x8000_0000 || $0 == 0 ? nil : UInt64($0) << 10 }
        let large = array.quad(0x0f).flatMap { $0 == 0 ? nil : $0 }
        let maximum = array.double(7) == 0x8000_0000 ? large : small
        let correction: String? =
            switch array.byte(6) {
            case 3: "none"
            case 4: "parity"
            case 5: "single-bit ECC"
            case 6: "multi-bit ECC"
            case 7: "CRC"
            default: nil
            }
        self.init(
            sockets: Int(array.word(0x0d) ?? 0), maximumBytes: Reported(maximum, else: "SMBIOS does not say"),
            errorCorrection: Reported(correction, else: "SMBIOS does not say"))
    }
}
