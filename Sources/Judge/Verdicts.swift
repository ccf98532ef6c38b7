import Model
import Statistics
import Units

/// From tests, adjusted for all of them, to verdicts with their reasons.
struct Verdicts {
    let options: Judge.Options
    let relation: Comparison.Relation
    let tests: Int
    let differences: [Difference]
    let shifts = RankShifts()
    /// Level of the two tests for equivalence.
    static let equivalenceLevel = 0.05

    func pair(_ draft: Draft) -> Comparison.Pair {
        var pair = draft.pair
        guard let decision = draft.decision, let adjusted = draft.pAdjusted else { return pair }
        pair.p = decision.p
        pair.pAdjusted = adjusted
        pair.smallestEffect = decision.smallestEffect(
            tests: tests, rate: options.falseDiscoveryRate, power: options.power, shifts: shifts)
        decide(&pair, decision, adjusted)
        if pair.verdict != .equivalent { pair.likelyCauses = LikelyCauses.of(pair, draft.differences, differences) }
        return pair
    }

    private func decide(_ pair: inout Comparison.Pair, _ decision: Decision, _ adjusted: Double) {
        let isSure = adjusted <= options.falseDiscoveryRate
        let agrees = (decision.medianShift > 0) == decision.isWorse
        if isSure, decision.isAboveFloor, agrees {
            pair.verdict = word(isWorse: decision.isWorse)
            return
        }
        if decision.equivalence <= Self.equivalenceLevel, !isSure || !decision.isAboveFloor {
            pair.verdict = .equivalent
            return
        }
        pair.verdict = .inconclusive
        pair.furtherProcesses = decision.furtherProcesses(tests: tests, rate: options.falseDiscoveryRate)
        pair.reason = why(pair, decision, isSure)
    }

    private func word(isWorse: Bool) -> Verdict {
        switch relation {
        case .runs: isWorse ? .regressed : .improved
        case .machines: isWorse ? .slower : .faster
        }
    }

    private func why(_ pair: Comparison.Pair, _ decision: Decision, _ isSure: Bool) -> String {
        if isSure, !decision.isAboveFloor { return "the change is real, but not above the noise floor of this machine" }
        var parts: [String] = []
        if let smallest = pair.smallestEffect {
            parts.append("smallest change this data can show \(percent(smallest))")
        } else {
            let needed = Decision.fewestProcesses(alpha: options.falseDiscoveryRate / Double(max(tests, 1)))
            parts.append("too few processes to show any single change among \(tests) metrics; \(needed) a side would")
        }
        if let more = pair.furtherProcesses {
            parts.append("\(more) more processes a side would decide")
        } else if decision.noise.source != .interleaved {
            parts.append("no number of processes would decide: runs differ by as much (--confirm measures interleaved)")
        }
        return parts.joined(separator: "; ")
    }

    private func percent(_ logarithm: Double) -> String {
        Figures.significant((Logarithm.ratio(logarithm) - 1) * 100, 2) + Figures.narrowSpace + "%"
    }
}

/// Which differences of the configuration may have moved a pair.
enum LikelyCauses {
    private static let most = 5
    /// What touches the code that ran comes before what touches the machine around it.
    private static let order: [Subject] = [
        .library, .isa, .backend, .dataType, .scenario, .shape, .threads, .placement, .cache, .processor, .topology,
        .memory, .accelerator, .tunable, .limits, .microcode, .firmware, .kernel, .cloud, .system, .power, .tool,
        .rules,
    ]

    static func of(_ pair: Comparison.Pair, _ own: [Difference], _ all: [Difference]) -> [String] {
        let around = all.filter { difference in
            // A library that this pair did not use moved nothing in it; Assay’s own version only its own kernels.
            switch difference.subject {
            case .library: false
            case .tool: [.simd, .reference].contains(pair.case.backend) && difference.name == "Assay"
            default: true
            }
        }
        var seen: Set<String> = []
        let sorted = order.flatMap { subject in (own + around).filter { $0.subject == subject } }
        return sorted.map(\.text).filter { seen.insert($0).inserted }.prefix(most).map { $0 }
    }
}
