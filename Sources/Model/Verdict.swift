/// What may be said of a metric in two runs.
public enum Verdict: String, Codable, Sendable, CaseIterable {
    /// Worse, beyond the margin and beyond what chance and the noise of this machine explain.
    case regressed
    case improved
    /// The change, whatever it is, lies within the margin.
    case equivalent
    /// This data decides neither; a pair that says so also says what it could have shown.
    case inconclusive
    /// Two different things were measured, or one was not.
    case notComparable = "not comparable"
    /// Between machines, in the place of `regressed` and `improved`.
    case slower, faster

    /// Counts against the new run.
    public var isWorse: Bool { self == .regressed || self == .slower }
    public var isBetter: Bool { self == .improved || self == .faster }
}

/// What two runs may differ in. The word is what `--acknowledge` takes.
public enum Subject: String, Codable, Sendable, CaseIterable, Hashable {
    // Of the machine: listed before any ratio, and named as a likely cause.
    case processor, topology, memory, accelerator, firmware, microcode, kernel, system, tunable, limits, cloud, power
    /// A library that a result was measured with, or its version.
    case library
    /// The instruction set or implementation that ran.
    case isa
    // Of the case: what was measured.
    case shape, dataType, backend, scenario, threads, placement, cache
    // Of the measuring: the suite's rules, and Assay itself.
    case rules, tool

    /// Without being named by the user, a difference in these makes a pair not comparable.
    public var forbidsComparison: Bool {
        switch self {
        case .library, .isa, .shape, .dataType, .backend, .scenario, .threads, .placement, .cache: true
        case .processor, .topology, .memory, .accelerator, .firmware, .microcode, .kernel, .system, .tunable, .limits,
            .cloud, .power, .rules, .tool:
            false
        }
    }
}

/// Something that is not the same in two runs.
public struct Difference: Codable, Sendable, Equatable, Hashable {
    public var subject: Subject
    /// `oneDNN`, `governor`, `kernel`.
    public var name: String
    public var before: String
    public var after: String

    public init(_ subject: Subject, _ name: String, before: String, after: String) {
        self.subject = subject
        self.name = name
        self.before = before
        self.after = after
    }

    /// `kernel 6.1.0-18 → 6.1.0-22`.
    public var text: String { "\(name) \(before) → \(after)" }
}
