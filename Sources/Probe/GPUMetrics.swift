import Model

/// amdgpu's `gpu_metrics`: a table of bytes whose layout follows from the revision in its first four.
///
/// Only fields whose place and unit are the same on all chips of a revision are read: later revisions moved what stands
/// behind the first few, and those of integrated GPUs give power in one unit or another. All ones mean "not told".
struct GPUMetrics: Equatable {
    /// Degrees Celsius.
    var temperature: Double?
    /// Watts.
    var power: Double?
    /// Hz, now.
    var graphicsClock: Double?
    var memoryClock: Double?
    var hasEnergyCounter: Bool
    /// What holds the clocks down; `nil` where the revision has no word for it that all chips share.
    var throttleReasons: [String]?

    /// Longer than every revision there is.
    static let limit = 1 << 13

    /// From the bytes of the file at `path`, or why not.
    static func parse(_ bytes: [UInt8], _ path: String) -> Reported<GPUMetrics> {
        guard bytes.count >= 4 else { return .unknown("\(path): \(bytes.count) bytes, no header") }
        let size = Int(bytes[0]) | Int(bytes[1]) << 8
        guard size >= 4, size <= bytes.count else {
            return .unknown("\(path): says \(size) bytes and has \(bytes.count)")
        }
        let revision = "\(bytes[2]).\(bytes[3])"
        guard let layout = Layout(format: bytes[2], content: bytes[3]) else {
            return .unknown("\(path): revision \(revision) is not known")
        }
        guard size >= layout.end else {
            return .unknown("\(path): \(size) bytes are too few for revision \(revision)")
        }
        return .known(GPUMetrics(Table(bytes: bytes[..<size]), layout))
    }

    private init(_ table: Table, _ layout: Layout) {
        temperature = table.read(layout.temperature, 0...200)
        power = layout.power.flatMap { table.read($0, 0.001...10_000) }
        graphicsClock = layout.graphicsClock.flatMap { table.read($0, 1e6...1e10) }
        memoryClock = layout.memoryClock.flatMap { table.read($0, 1e6...1e10) }
        hasEnergyCounter = layout.energy.flatMap { table.number($0) }.map { $0 > 0 } ?? false
        throttleReasons = layout.throttle.flatMap { table.number($0) }.map(AMDThrottling.words)
    }

    /// One number in the table: where, how many bytes, and the unit it is in.
    struct Field {
        var offset: Int
        var width: Int
        var scale = 1.0
    }

    private struct Table {
        let bytes: ArraySlice<UInt8>

        /// Little-endian; `nil` beyond the end, and for all ones.
        func number(_ field: Field) -> UInt64? {
            guard field.offset >= 0, field.offset + field.width <= bytes.count else { return nil }
            let part = bytes[field.offset..<(field.offset + field.width)]
            return part.allSatisfy { $0 == 0xff } ? nil : part.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }

        func read(_ field: Field, _ range: ClosedRange<Double>) -> Double? {
            number(field).map { Double($0) * field.scale }.flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension GPUMetrics {
    /// Where things stand, by revision (the kernel's `kgd_pp_interface.h`).
    fileprivate struct Layout {
        var temperature: Field
        var power: Field?
        var graphicsClock: Field?
        var memoryClock: Field?
        var energy: Field?
        var throttle: Field?

        init?(format: UInt8, content: UInt8) {
            switch (format, content) {
            case (1, 0): self.init(temperature: 16, watts: 34, graphics: 54, memory: 58, energy: Field(offset: 36, width: 4))
            case (1, 1...3):
                self.init(temperature: 4, watts: 22, graphics: 54, memory: 58, energy: Field(offset: 24, width: 8))
                throttle = content == 3 ? Field(offset: 112, width: 8) : nil
            case (1, 4): self.init(temperature: 4, watts: 10, graphics: 240, memory: 280, energy: Field(offset: 24, width: 8))
            case (1, 5): self.init(temperature: 4, watts: 10, graphics: 312, memory: 352, energy: Field(offset: 88, width: 8))
            case (1, 6...8): self.init(temperature: 4, watts: 10)
            case (2, 0): self.init(centi: 16, graphics: 80, memory: 84)
            case (2, 1...4):
                self.init(centi: 4, graphics: 76, memory: 80)
                throttle = content >= 2 ? Field(offset: 120, width: 8) : nil
                power = content == 4 ? Field(offset: 40, width: 2, scale: 1e-3) : nil
            case (3, 0):
                self.init(centi: 4, graphics: 174, memory: 186)
                power = Field(offset: 112, width: 4, scale: 1e-3)
            default: return nil
            }
        }

        /// Discrete GPUs: whole degrees, whole watts.
        private init(temperature: Int, watts: Int, graphics: Int? = nil, memory: Int? = nil, energy: Field? = nil) {
            self.temperature = Field(offset: temperature, width: 2)
            power = Field(offset: watts, width: 2)
            graphicsClock = graphics.map { Field(offset: $0, width: 2, scale: 1e6) }
            memoryClock = memory.map { Field(offset: $0, width: 2, scale: 1e6) }
            self.energy = energy
        }

        /// Integrated GPUs: hundredths of a degree.
        private init(centi: Int, graphics: Int, memory: Int) {
            temperature = Field(offset: centi, width: 2, scale: 0.01)
            graphicsClock = Field(offset: graphics, width: 2, scale: 1e6)
            memoryClock = Field(offset: memory, width: 2, scale: 1e6)
        }

        /// Bytes that a table of this revision has at least.
        var end: Int {
            [temperature, power, graphicsClock, memoryClock, energy, throttle].compactMap { $0 }.map { $0.offset + $0.width }
                .max() ?? 4
        }
    }
}

/// amdgpu's throttle bits that mean the same on every chip.
enum AMDThrottling {
    private static let words: [Int: String] = [
        0: "package power limit", 1: "package power limit 1", 2: "package power limit 2", 3: "package power limit 3",
        4: "sustained power limit", 5: "fast power limit", 6: "slow power limit", 7: "slow power limit of the APU",
        16: "graphics current", 17: "SoC current", 18: "memory current", 19: "supply current", 21: "CPU peak current",
        22: "graphics peak current", 32: "GPU temperature", 33: "core temperature", 34: "memory temperature",
        35: "edge temperature", 36: "hotspot temperature", 37: "SoC temperature", 38: "graphics regulator temperature",
        39: "SoC regulator temperature", 40: "memory regulator temperature", 41: "memory regulator 1 temperature",
        42: "coolant temperature", 43: "coolant 1 temperature", 44: "regulator too hot", 45: "regulator 1 too hot",
        46: "PROCHOT of the CPU", 47: "PROCHOT of the GPU",
    ]

    /// Bits without a word are given by number, so that none is dropped.
    static func words(_ bits: UInt64) -> [String] {
        (0..<64).filter { bits >> UInt64($0) & 1 == 1 }.map { words[$0] ?? "bit \($0)" }
    }
}
