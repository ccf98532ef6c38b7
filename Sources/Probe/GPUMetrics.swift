import Model

/// amdgpu's `gpu_metrics`: a table of bytes whose layout follows from the revision in its first four.
///
/// Only fields whose place and unit are the same on all chips of a revision are read: later revisions moved what stands
/// behind the first few, and those of integrated GPUs give power and temperature in one unit or another. All ones mean "not
/// told".
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
        temperature = layout.temperature.flatMap { table.read($0, 0.001...200) }
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
        /// The unit over the base unit, as a fraction that is exact: a hundredth is no binary number.
        var multiplier = 1.0
        var divisor = 1.0
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
            number(field).map { Double($0) * field.multiplier / field.divisor }.flatMap {
                range.contains($0) ? $0 : nil
            }
        }
    }
}
