public import Model

/// How long a run will take, before it has begun.
extension Plan {
    /// Seconds, both estimates: what such a run usually takes, and what it takes when no process stops before its time is up, as
    /// many processes are granted as the rules allow, and as many are run again. A time limit bounds both.
    public var expectation: (likely: Double, most: Double) { expectation(resting: 0) }

    /// - Parameter resting: seconds of rest before and after, and of the first look at meters.
    public func expectation(resting: Double) -> (likely: Double, most: Double) {
        let likely = cases.reduce(resting) { $0 + Expectation.usual($1, rules) }
        let most = cases.reduce(resting) { $0 + Expectation.most($1, rules) }
        // Only what comes after the last process lies outside the limit.
        func limited(_ seconds: Double) -> Double { rules.timeLimit.map { min($0 + resting / 2, seconds) } ?? seconds }
        return (limited(likely), limited(most))
    }
}

private enum Expectation {
    /// Starting a process, loading a library, warming up, telling the result.
    static let start = 0.05
    /// Canaries before and after it.
    static let canaries = 0.04
    /// Bytes that one thread fills and checks in a second before it measures; more than eight threads wait for memory.
    static let filledPerThread = 2e9
    static let fillingThreads = 8

    /// All processes of a case, as they usually go.
    static func usual(_ planned: Case, _ rules: Rules) -> Double {
        let isOpen = planned.scenarioSettings == nil && Sizing.isOpen(rules)
        let processes = isOpen ? Sizing.fewest(rules) : rules.processes
        return Double(processes + confirmations(planned))
            * (around(planned) + usualShare(planned) * planned.processSeconds(rules))
    }

    /// All processes of a case, when each takes all its time, and the most there may be of them.
    static func most(_ planned: Case, _ rules: Rules) -> Double {
        guard let settings = planned.scenarioSettings else {
            let granted = max(rules.maximumProcesses ?? rules.processes, rules.processes)
            let again = Double(granted) * (rules.rerunShare ?? 0)
            return (Double(granted) + again) * (around(planned) + planned.processSeconds(rules))
        }
        // Traffic that does not get on is cut at so many times its length; the search has a time of its own.
        let seconds = Traffic.patience * settings.minimumDuration + (settings.searchSeconds ?? 0)
        return Double(rules.processes + confirmations(planned)) * (around(planned) + seconds)
    }

    private static func confirmations(_ planned: Case) -> Int { planned.searchesRate ? RateRules.confirmations : 0 }

    /// What a process takes beside its timed work.
    private static func around(_ planned: Case) -> Double {
        let footprint = (try? planned.shape.work(planned.dataType).footprint) ?? 0
        let bytes = Double(footprint) + Double(planned.rotatedBytes ?? 0)
        return start + canaries + bytes / (filledPerThread * Double(min(planned.threads, fillingThreads)))
    }

    /// Part of its time that a process needs until its median is known well enough: arithmetic repeats itself to a percent
    /// soon, memory often does not.
    private static func usualShare(_ planned: Case) -> Double {
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
