public import Model

/// How long a run will take, before it has begun.
extension Plan {
    /// Seconds: what such a run usually takes, and what it takes when no process stops before its time is up. A time limit
    /// bounds both.
    public var expectation: (likely: Double, most: Double) {
        let likely = cases.reduce(0) { $0 + Expectation.seconds($1, rules, share: Expectation.usualShare($1)) }
        let most = cases.reduce(0) { $0 + Expectation.seconds($1, rules, share: 1) }
        func limited(_ seconds: Double) -> Double { rules.timeLimit.map { min($0, seconds) } ?? seconds }
        return (limited(likely), limited(most))
    }
}

private enum Expectation {
    /// Starting a process, loading a library, warming up, telling the result.
    static let start = 0.05
    /// Bytes that one thread fills and checks in a second before it measures; more than eight threads wait for memory.
    static let filledPerThread = 2e9
    static let fillingThreads = 8

    /// All processes of a case.
    static func seconds(_ planned: Case, _ rules: Rules, share: Double) -> Double {
        let footprint = (try? planned.shape.work(planned.dataType).footprint) ?? 0
        let bytes = Double(footprint) + Double(planned.rotatedBytes ?? 0)
        let filling = bytes / (filledPerThread * Double(min(planned.threads, fillingThreads)))
        let processes = rules.processes + (planned.searchesRate ? RateRules.confirmations : 0)
        return Double(processes) * (start + filling + share * planned.processSeconds(rules))
    }

    /// Part of its time that a process needs until its median is known well enough: arithmetic repeats itself to a percent
    /// soon, memory often does not.
    static func usualShare(_ planned: Case) -> Double {
        // Traffic lasts as long as it is meant to.
        guard planned.scenarioSettings == nil else { return 1 }
        return switch planned.kernel {
        case .peakCompute: 0.25
        case .cacheRead: 0.4
        case .matmul, .convolution: 0.7
        case .pointerChase: 0.6
        case .embedding, .rowGather, .streamCopy, .streamScale, .streamAdd, .streamTriad: 0.9
        case .null: 1
        }
    }
}
