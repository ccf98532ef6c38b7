/// What a number is counted in. Values are kept in base units everywhere; a prefix is chosen only when one is shown.
public struct Unit: Hashable, Sendable, CustomStringConvertible {
    /// How prefixes are chosen for display.
    public enum Prefixes: Sendable, Hashable {
        /// k, M, G … as powers of 1000, and m, µ, n downwards.
        case decimal
        /// Ki, Mi, Gi … as powers of 1024, for capacities.
        case binary
        /// Shown as it is.
        case none
    }

    /// The symbol as written in files: `FLOP/s`, `B/s`, `s`, `J`, `B`.
    public let symbol: String
    public let prefixes: Prefixes

    public init(_ symbol: String, prefixes: Prefixes) {
        self.symbol = symbol
        self.prefixes = prefixes
    }

    /// The unit that a symbol read from a file stands for. Unknown symbols are shown as they are, unscaled.
    public init(symbol: String) {
        self = Unit.all.first { $0.symbol == symbol } ?? Unit(symbol, prefixes: .none)
    }

    public var description: String { symbol }

    public static let flopsPerSecond = Unit("FLOP/s", prefixes: .decimal)
    public static let operationsPerSecond = Unit("OP/s", prefixes: .decimal)
    public static let lookupsPerSecond = Unit("lookups/s", prefixes: .decimal)
    public static let samplesPerSecond = Unit("samples/s", prefixes: .none)
    public static let bytesPerSecond = Unit("B/s", prefixes: .decimal)
    public static let seconds = Unit("s", prefixes: .decimal)
    public static let hertz = Unit("Hz", prefixes: .decimal)
    public static let joules = Unit("J", prefixes: .decimal)
    public static let watts = Unit("W", prefixes: .decimal)
    public static let bytes = Unit("B", prefixes: .binary)
    public static let flops = Unit("FLOP", prefixes: .decimal)
    /// Energy per unit of work, by what the work is counted in.
    public static func joulesPer(_ work: String) -> Unit { Unit("J/\(work)", prefixes: .decimal) }
    /// A rate per watt: `FLOP/s/W`.
    public static func perWatt(_ rate: Unit) -> Unit { Unit("\(rate.symbol)/W", prefixes: rate.prefixes) }
    public static let ratio = Unit("", prefixes: .none)

    static let all: [Unit] =
        [
            .flopsPerSecond, .operationsPerSecond, .lookupsPerSecond, .samplesPerSecond, .bytesPerSecond, .seconds,
            .hertz,
            .joules, .watts, .bytes, .flops,
        ] + [.flopsPerSecond, .operationsPerSecond, .lookupsPerSecond, .samplesPerSecond, .bytesPerSecond].map(perWatt)
        + ["FLOP", "OP", "lookup", "sample", "B", "iteration"].map(joulesPer)
}

/// One prefix for one number or for a whole column, so that a column is scaled once.
public struct Scale: Hashable, Sendable {
    /// What a base value is divided by.
    public let divisor: Double
    /// The unit as shown: `GFLOP/s`, `MiB`, `ns`. Counted things take a word: `M lookups/s`.
    public let symbol: String

    /// The prefix under which `value` reads as 1 to 999 (1 to 1023 for capacities).
    public init(for value: Double, unit: Unit) {
        let magnitude = value.isFinite ? abs(value) : 0
        let steps: [(Double, String)] =
            switch unit.prefixes {
            case .decimal where unit == .seconds:
                [(1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n")]
            case .decimal:
                [
                    (1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"),
                    (1e-6, "µ"), (1e-9, "n"), (1e-12, "p"),
                ]
            case .binary:
                [
                    (0x1p60, "Ei"), (0x1p50, "Pi"), (0x1p40, "Ti"), (0x1p30, "Gi"), (0x1p20, "Mi"), (0x1p10, "Ki"),
                    (1, ""),
                ]
            case .none: [(1, "")]
            }
        // 0.9995: a value that would round up to 1000 takes the next prefix.
        let step = steps.first { magnitude >= $0.0 * 0.9995 } ?? (magnitude == 0 ? (1, "") : steps[steps.count - 1])
        divisor = step.0
        let counted = unit.symbol.hasPrefix("lookups/s") && !step.1.isEmpty
        symbol = step.1 + (counted ? "\u{202F}" : "") + unit.symbol
    }
}
