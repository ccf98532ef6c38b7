/// Memory modules of one make and setting, as the firmware describes them (SMBIOS type 17).
public struct MemoryModules: Codable, Sendable, Equatable {
    public var count: Int
    /// Of one module.
    public var bytes: UInt64
    /// `DDR5`, `LPDDR5`, `HBM3` …
    public var type: Reported<String>
    /// `DIMM`, `SODIMM` …
    public var formFactor: Reported<String>
    /// `registered`, `unbuffered`, `load-reduced`.
    public var buffering: Reported<String>
    /// Transfers per second that the module is made for.
    public var ratedTransferRate: Reported<Double>
    /// Transfers per second at which it runs.
    public var configuredTransferRate: Reported<Double>
    /// Bits of data in a transfer.
    public var dataBits: Reported<Int>
    /// Bits in a transfer with those for error correction.
    public var totalBits: Reported<Int>
    public var ranks: Reported<Int>
    public var manufacturer: Reported<String>
    public var partNumber: Reported<String>
    /// Where they sit, as the board's labels say.
    public var locators: [String]
    /// Serial numbers and asset tags: only where identifiers were asked for.
    public var identifiers: [String]?

    public init(
        count: Int, bytes: UInt64, type: Reported<String>, formFactor: Reported<String>,
        buffering: Reported<String>, ratedTransferRate: Reported<Double>, configuredTransferRate: Reported<Double>,
        dataBits: Reported<Int>, totalBits: Reported<Int>, ranks: Reported<Int>, manufacturer: Reported<String>,
        partNumber: Reported<String>, locators: [String], identifiers: [String]? = nil
    ) {
        self.count = count
        self.bytes = bytes
        self.type = type
        self.formFactor = formFactor
        self.buffering = buffering
        self.ratedTransferRate = ratedTransferRate
        self.configuredTransferRate = configuredTransferRate
        self.dataBits = dataBits
        self.totalBits = totalBits
        self.ranks = ranks
        self.manufacturer = manufacturer
        self.partNumber = partNumber
        self.locators = locators
        self.identifiers = identifiers
    }
}

/// Sockets for modules that belong together (SMBIOS type 16).
public struct MemoryArray: Codable, Sendable, Equatable {
    public var sockets: Int
    /// As much as could be put in.
    public var maximumBytes: Reported<UInt64>
    /// `none`, `parity`, `single-bit ECC`, `multi-bit ECC`, `CRC`.
    public var errorCorrection: Reported<String>

    public init(sockets: Int, maximumBytes: Reported<UInt64>, errorCorrection: Reported<String>) {
        self.sockets = sockets
        self.maximumBytes = maximumBytes
        self.errorCorrection = errorCorrection
    }
}

/// A memory controller as the kernel's error detection (EDAC) sees it.
public struct MemoryController: Codable, Sendable, Equatable {
    /// The kernel's number.
    public var index: Int
    public var name: Reported<String>
    public var bytes: Reported<UInt64>
    /// Modules that it drives.
    public var modules: Int
    /// The kernel's words for the first module: `Registered-DDR5`.
    public var memoryType: Reported<String>
    /// The kernel's word for the first module: `SECDED`, `S4ECD4ED`, `None`.
    public var errorCorrection: Reported<String>
    /// Errors that were corrected, since the counters were last reset.
    public var correctedErrors: Reported<Int>
    /// Errors that were detected and could not be.
    public var uncorrectedErrors: Reported<Int>

    public init(
        index: Int, name: Reported<String>, bytes: Reported<UInt64>, modules: Int, memoryType: Reported<String>,
        errorCorrection: Reported<String>, correctedErrors: Reported<Int>, uncorrectedErrors: Reported<Int>
    ) {
        self.index = index
        self.name = name
        self.bytes = bytes
        self.modules = modules
        self.memoryType = memoryType
        self.errorCorrection = errorCorrection
        self.correctedErrors = correctedErrors
        self.uncorrectedErrors = uncorrectedErrors
    }
}
