import Model
import SystemFiles

/// cpufreq's settings, which each policy (a processing unit, or several that share a clock) has for itself.
enum FrequencyPolicies {
    private static let folder = "/sys/devices/system/cpu/cpufreq"

    /// The one value that all policies share, or how many have which: `performance ×4, powersave ×2`.
    @Sendable static func summary(_ files: SystemFiles, _ pattern: String) -> Reported<String> {
        let policies = files.names(in: folder).filter { $0.hasPrefix("policy") }
        guard !policies.isEmpty else { return .unknown("no cpufreq policy under \(folder)") }
        let file = pattern.split(separator: "/").last.map(String.init) ?? ""
        var counts: [String: Int] = [:]
        var problem = ""
        for policy in policies {
            switch files.line("\(folder)/\(policy)/\(file)") {
            case .known(let value): counts[value, default: 0] += 1
            case .unknown(let reason): problem = reason
            }
        }
        return Tally.summary(counts, of: policies.count, else: problem)
    }

    /// Who decides on frequencies, the kernel (`passive`) or the processor (`active`), in the two drivers that can do both.
    @Sendable static func driverMode(_ files: SystemFiles, _ path: String) -> Reported<String> {
        let folder = "/sys/devices/system/cpu"
        let found = ["intel_pstate", "amd_pstate"].lazy.compactMap { files.line("\(folder)/\($0)/status").value }.first
        return Reported(found, else: "neither intel_pstate nor amd_pstate under \(folder)")
    }

    /// Intel's driver has a switch of its own, with the opposite meaning.
    @Sendable static func turbo(_ files: SystemFiles, _ path: String) -> Reported<String> {
        let intel = "/sys/devices/system/cpu/intel_pstate/no_turbo"
        switch (files.line(intel).value, files.line(path)) {
        case ("0", _): return .known("on")
        case ("1", _): return .known("off")
        case (_, .known("1")): return .known("on")
        case (_, .known("0")): return .known("off")
        case (_, .known(let other)): return .unknown("\(path): \(other.prefix(32)) is neither 0 nor 1")
        case (_, .unknown(let reason)): return .unknown(reason)
        }
    }
}

/// How many of several things have which value.
enum Tally {
    /// The one value that all share, or `performance ×4, powersave ×2`.
    static func summary(_ counts: [String: Int], of total: Int, else problem: String) -> Reported<String> {
        guard let only = counts.first else { return .unknown(problem) }
        guard counts.count > 1 || only.value < total else { return .known(only.key) }
        let missing = total - counts.values.reduce(0, +)
        let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) ×\($0.value)" }
        return .known((parts + (missing > 0 ? ["unreadable ×\(missing)"] : [])).joined(separator: ", "))
    }
}

/// What the kernel does against the processor's flaws.
enum Vulnerabilities {
    /// `3 mitigated, 1 vulnerable (spec_rstack_overflow), 14 not affected`
    @Sendable static func summary(_ files: SystemFiles, _ folder: String) -> Reported<String> {
        read(files, folder).map(summary)
    }

    private static func summary(_ mitigations: [Mitigation]) -> String {
        var mitigated: [String] = []
        var vulnerable: [String] = []
        var unaffected: [String] = []
        var unclear: [String] = []
        for mitigation in mitigations {
            let state = mitigation.state.value ?? ""
            if state.hasPrefix("Not affected") {
                unaffected.append(mitigation.name)
            } else if state.hasPrefix("Mitigation") {
                mitigated.append(mitigation.name)
            } else if state.hasPrefix("Vulnerable") {
                vulnerable.append(mitigation.name)
            } else {
                unclear.append(mitigation.name)
            }
        }
        let parts = [
            count(mitigated, "mitigated"), list(vulnerable, "vulnerable"), list(unclear, "unclear"),
            count(unaffected, "not affected"),
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    private static func count(_ names: [String], _ word: String) -> String? {
        names.isEmpty ? nil : "\(names.count) \(word)"
    }

    private static func list(_ names: [String], _ word: String) -> String? {
        names.isEmpty ? nil : "\(names.count) \(word) (\(names.joined(separator: ", ")))"
    }
}
