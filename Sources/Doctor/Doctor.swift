public import Model

/// Says what can be measured here, what cannot and why, and what would change it. Every answer is a rule over an
/// examination: nothing here looks at a machine.
public enum Doctor {
    typealias Rule = @Sendable (Examination) -> [Entry]

    /// In the order in which they are shown within their group. A new one is a function, and a line here.
    static let rules: [Rule] = [
        topology, accelerators, frequency, cloud,
        instructionSets, libraries,
        pinning, allowedUnits, cpuQuota, memoryPolicy,
        memory, transparentHugePages, hugePages, lockedMemory,
        clockCost, clockSource,
        steal, otherLoad, interruptions, switches, throttling, timer, canaries,
        settings,
        watch,
        counters,
        power,
        output, build,
    ]

    public static func diagnose(_ examination: Examination) -> Diagnosis {
        let entries = rules.flatMap { $0(examination) }
        let order = Diagnosis.Finding.Group.allCases
        let findings = order.flatMap { group in
            entries.compactMap { if case .finding(let finding) = $0, finding.group == group { finding } else { nil } }
        }
        let omitted = entries.compactMap { if case .omitted(let omission) = $0 { omission } else { nil } }
        let against = findings.filter(\.isDisqualifying)
        return Diagnosis(
            tool: examination.tool, measured: examination.live != nil, trusted: against.isEmpty,
            verdict: verdict(against, findings, measured: examination.live != nil), findings: findings,
            omitted: omitted, clock: examination.live?.clock, quiet: examination.live?.quiet)
    }

    private static func verdict(
        _ against: [Diagnosis.Finding], _ findings: [Diagnosis.Finding], measured: Bool
    ) -> String {
        let reasons = against.map(\.subject).joined(separator: ", ")
        switch (against.isEmpty, measured) {
        case (true, true):
            let count = findings.count { $0.status == .degraded }
            return "A standard run can be trusted here"
                + (count == 0 ? "." : "; \(Phrase.count(count, "finding")) would make it better.")
        case (true, false):
            return
                "Nothing in these files speaks against a standard run; whether the machine is quiet was not measured."
        case (false, true): return "A standard run cannot be trusted here: \(reasons)."
        case (false, false): return "These files speak against a standard run: \(reasons)."
        }
    }
}

/// From where on something speaks against a run, beside the bounds that a run itself uses (`DisturbanceBounds`).
public enum DoctorBounds {
    /// Seconds. A step of the clock above this is too coarse for samples of a millisecond.
    public static let clockResolution = 1e-6
    /// Seconds. A reading above this goes through the kernel, not through memory shared with it.
    public static let clockReadCost = 2e-7
    /// Share of a spinning loop's time above which a loss is named.
    public static let lostShareNamed = 0.001
    /// Seconds. A longer pause of a spinning loop is named.
    public static let gap = 1e-3
    /// Bytes for a bundle and its journal.
    public static let storage: UInt64 = 100 << 20
    /// Bytes under which room is named.
    public static let storageNamed: UInt64 = 1 << 30
    /// Bytes of memory under which many cases of the suites are scaled down or skipped.
    public static let memory: UInt64 = 2 << 30
    /// Bytes that may be locked: what systemd gives since version 240.
    public static let lockedMemory: UInt64 = 8 << 20
}
