import Statistics

#if canImport(Glibc)
    import Glibc
#endif

/// Made-up times whose truth is known, the same for the same seed: what a process draws for itself, and what each of its
/// samples adds to that.
public enum Stream: String, CaseIterable, Sendable {
    case normal, logNormal, bimodal, heavyTailed, autocorrelated, drifting, dependentProcesses

    public var title: String {
        switch self {
        case .normal: "normal"
        case .logNormal: "log-normal"
        case .bimodal: "bimodal"
        case .heavyTailed: "heavy-tailed (t with 2 degrees of freedom)"
        case .autocorrelated: "samples autocorrelated, ρ = 0.5"
        case .drifting: "drifting, 10 % a second"
        case .dependentProcesses: "processes autocorrelated, ρ = 0.5"
        }
    }

    /// Whether what the interval assumes holds: processes that are independent draws from one distribution.
    public var holds: Bool {
        switch self {
        case .normal, .logNormal, .bimodal, .heavyTailed: true
        case .autocorrelated, .drifting, .dependentProcesses: false
        }
    }

    /// Seconds of an iteration without any noise.
    static let base = 0.002
    /// What a process adds, and what a sample adds: relative deviations.
    static let between = 0.01
    static let within = 0.02
    static let drift = 0.1

    /// Median over all processes of the median over all their samples, relative to `base`.
    public var truth: Double {
        // A process's own draw has median 0 but for the bimodal one, where six of ten lie in the lower mode: its median is
        // where 5/6 of the lower mode lie below.
        self == .bimodal
            ? 1 + Self.between * (Self.modeWidth * Normal.quantile(0.5 / 0.6)) + Self.sampleMedian : 1
    }

    /// Modes of a process lie at 0 and 3, in units of `between`.
    private static let modeWidth = 0.3
    /// Of bimodal samples: seven of ten in the lower mode.
    private static var sampleMedian: Double { within * modeWidth * Normal.quantile(0.5 / 0.7) }

    /// A process's own draw.
    ///
    /// - Parameter previous: the draw of the process before.
    func process(_ generator: inout SeededGenerator, previous: Double?) -> Double {
        let z = generator.normal()
        switch self {
        case .normal, .autocorrelated: return Self.between * z
        case .drifting: return Self.between / 4 * z
        case .logNormal: return exp(Self.between * 2 * z) - 1
        case .heavyTailed: return Self.between / 2 * generator.t2()
        case .bimodal:
            let mode = generator.unit() < 0.6 ? 0.0 : 3
            return Self.between * (mode + Self.modeWidth * z)
        case .dependentProcesses:
            guard let previous else { return Self.between * z }
            return 0.5 * previous + Self.between * 0.75.squareRoot() * z
        }
    }

    /// What a sample adds.
    func sample(_ generator: inout SeededGenerator, previous: Double?) -> Double {
        switch self {
        case .normal, .drifting, .dependentProcesses: return Self.within / 2 * generator.normal()
        case .logNormal: return exp(Self.within * 2 * generator.normal()) - 1
        case .heavyTailed: return Self.within / 2 * generator.t2()
        case .bimodal:
            let mode = generator.unit() < 0.7 ? 0.0 : 3
            return Self.within * (mode + Self.modeWidth * generator.normal())
        case .autocorrelated:
            let z = Self.within * generator.normal()
            guard let previous else { return z }
            return 0.5 * previous + 0.75.squareRoot() * z
        }
    }

    /// Factor at `seconds` after the start of the run.
    func level(at seconds: Double) -> Double { self == .drifting ? 1 + Self.drift * seconds : 1 }
}

extension SeededGenerator {
    /// Uniform in (0, 1).
    mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
    mutating func normal() -> Double { Normal.quantile(unit()) }
    /// Student's t with two degrees of freedom: its quantile has a closed form.
    mutating func t2() -> Double {
        let u = unit()
        return (2 * u - 1) / (2 * u * (1 - u)).squareRoot()
    }
}
