public import Model

/// Two settings in one plan: every case once for each, so that the coordinator's random rounds interleave them.
public enum LivePlan {
    /// Sides by their letter, in the order of the settings.
    public static let sides = ["a", "b"]

    /// The plan for one setting, with the identities that cases have anywhere.
    public static func side(_ plan: Plan, _ setting: LiveSetting, on machine: Machine) throws(PlanError) -> Plan {
        var plan = plan
        plan.setting = setting
        plan.libraries.merge(setting.libraries) { $1 }
        if let level = setting.instructionSet { plan.instructionSet = level }
        plan.environment = setting.environment.isEmpty ? nil : setting.environment
        guard let threads = setting.threads else { return plan }
        let cores = Cores(machine)
        guard threads <= cores.unitCount else {
            throw PlanError(
                .badInput, file: setting.name, key: "threads",
                problem: "\(threads) threads; this machine has \(cores.unitCount) processing units")
        }
        for index in plan.cases.indices {
            plan.cases[index].threads = threads
            plan.cases[index].placement.processingUnits = Array(cores.order(.compact).prefix(threads))
        }
        // The same workload with two numbers of threads has become the same case twice.
        var seen: [Case] = []
        plan.cases.removeAll { planned in
            var same = planned
            same.id = ""
            defer { seen.append(same) }
            return seen.contains(same)
        }
        return plan
    }

    /// Both plans in one. Cases that only one of them has are left out: there is nothing to hold them against.
    public static func joined(_ plans: [Plan], _ settings: [LiveSetting]) -> Plan {
        guard var joined = plans.first else {
            return Plan(suite: "", seed: 0, cases: [], rules: SuiteReader.defaults, skipped: [])
        }
        let common = plans.dropFirst().reduce(Set(joined.cases.map(\.id))) { $0.intersection($1.cases.map(\.id)) }
        joined.cases = zip(plans, sides).flatMap { plan, letter in
            plan.cases.filter { common.contains($0.id) }.map { planned in
                var planned = planned
                planned.id += "-" + letter
                return planned
            }
        }
        (joined.libraries, joined.instructionSet, joined.environment, joined.setting) = ([:], nil, nil, nil)
        joined.settings = settings
        return joined
    }

    /// The identity that a case of a joined plan has elsewhere, where it belongs to this side.
    public static func identity(_ joined: String, side letter: String) -> String? {
        joined.hasSuffix("-" + letter) ? String(joined.dropLast(letter.count + 1)) : nil
    }
}

extension Planner {
    /// The cases of a plan from elsewhere, placed on this machine, without the suite they came from.
    public static func placed(_ cases: [Case], on machine: Machine) -> (cases: [Case], skipped: [SkippedCase]) {
        let cores = Cores(machine)
        var placed: [Case] = []
        var skipped: [SkippedCase] = []
        for var planned in cases {
            let units = cores.order(planned.placement.policy == .firstCores ? .compact : .spread)
            guard planned.threads <= units.count else {
                let reason = "asks for \(planned.threads) threads; \(units.count) processing units are allowed here"
                skipped.append(SkippedCase(planned: planned, reason: reason))
                continue
            }
            let have = Set(units)
            if !planned.placement.processingUnits.allSatisfy(have.contains) {
                planned.placement.processingUnits = Array(units.prefix(planned.threads))
            }
            placed.append(planned)
        }
        return (placed, skipped)
    }
}
