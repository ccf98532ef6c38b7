extension SMBIOSMemory.Module {
    /// Type 17; `nil` for an empty socket, and for one whose size is not told.
    init?(_ device: SMBIOSTable.Structure) {
        guard let bytes = Self.bytes(device), bytes > 0 else { return nil }
        self.init(
            bytes: bytes, type: device.byte(0x12).flatMap { Self.types[$0] },
            formFactor: device.byte(0x0e).flatMap { Self.formFactors[$0] },
            buffering: device.word(0x13).flatMap(Self.buffering),
            ratedTransferRate: Self.rate(device.word(0x15), device.double(0x54)),
            configuredTransferRate: Self.rate(device.word(0x20), device.double(0x58)),
            dataBits: Self.width(device.word(0x0a)), totalBits: Self.width(device.word(8)),
            ranks: device.byte(0x1b).flatMap { $0 & 15 == 0 ? nil : Int($0 & 15) },
            manufacturer: device.string(0x17), partNumber: device.string(0x1a), locator: device.string(0x10),
            bank: device.string(0x11), serialNumber: device.string(0x18), assetTag: device.string(0x19))
    }

    /// In MiB; in KiB where the highest bit is set; in a field of its own where it does not fit.
    private static func bytes(_ device: SMBIOSTable.Structure) -> UInt64? {
        guard let size = device.word(0x0c), size != 0xffff else { return nil }
        if size == 0x7fff { return device.double(0x1c).map { UInt64($0 & 0x7fff_ffff) << 20 } }
        return size & 0x8000 == 0 ? UInt64(size) << 20 : UInt64(size & 0x7fff) << 10
    }

    /// Millions of transfers per second; in a field of its own where it does not fit.
    private static func rate(_ short: UInt16?, _ long: UInt32?) -> Double? {
        guard let short, short > 0 else { return nil }
        guard short == 0xffff else { return Double(short) * 1e6 }
        return long.flatMap { $0 & 0x7fff_ffff == 0 ? nil : Double($0 & 0x7fff_ffff) * 1e6 }
    }

    private static func width(_ bits: UInt16?) -> Int? {
        bits.flatMap { $0 == 0 || $0 == 0xffff ? nil : Int($0) }
    }

    private static func buffering(_ detail: UInt16) -> String? {
        if detail & 1 << 15 != 0 { return "load-reduced" }
        if detail & 1 << 13 != 0 { return "registered" }
        return detail & 1 << 14 != 0 ? "unbuffered" : nil
    }

    private static let types: [UInt8: String] = [
        0x03: "DRAM", 0x07: "RAM", 0x0f: "SDRAM", 0x12: "DDR", 0x13: "DDR2", 0x14: "DDR2 FB-DIMM", 0x18: "DDR3",
        0x19: "FBD2", 0x1a: "DDR4", 0x1b: "LPDDR", 0x1c: "LPDDR2", 0x1d: "LPDDR3", 0x1e: "LPDDR4",
        0x1f: "non-volatile", 0x20: "HBM", 0x21: "HBM2", 0x22: "DDR5", 0x23: "LPDDR5", 0x24: "HBM3",
    ]

    private static let formFactors: [UInt8: String] = [
        0x03: "SIMM", 0x05: "chip", 0x09: "DIMM", 0x0b: "row of chips", 0x0c: "RIMM", 0x0d: "SODIMM", 0x0e: "SRIMM",
        0x0f: "FB-DIMM", 0x10: "die", 0x11: "CAMM",
    ]
}
