import Model

/// A process to be run: of which case, and in whose place.
struct Turn: Equatable {
    /// Index into `plan.cases`.
    var index: Int
    /// Number of the disturbed process that it takes the place of.
    var replaces: Int?
}

/// What is done and what comes next: the rounds that every case gets, confirmations of rates, rounds of the cases whose
/// intervals ask for more, then processes that take the place of disturbed ones.
struct Ledger {
    let plan: Plan
    let processingUnits: Int
    private(set) var records: [ProcessRecord] = []
    private(set) var sizing: [String: Sizing]
    /// Whether the process at hand goes beyond those that the suite calls for.
    private(set) var isBeyondPlan = false
    /// Cases whose number is decided, also those whose samples gave no figures.
    private var decided: Set<String>
    /// Turns still to come, in order; a resumed run starts where the journal ends.
    private var queue: ArraySlice<Turn> = []
    /// Cases that failed or were skipped: running them again would tell nothing new.
    private var closed: Set<String> = []
    private var attempts: [String: Int] = [:]
    /// Completed in their own right. Confirmations are no turns of the schedule.
    private var completed: [String: Int] = [:]
    private var replacements = 0
    private var rounds = 0
    /// Disturbed processes that may be run again.
    private var wanting: [ProcessRecord] = []
    let startElapsed: Double
    let doneBefore: Int

    init(plan: Plan, processingUnits: Int, state: RunState) {
        self.plan = plan
        self.processingUnits = processingUnits
        sizing = Dictionary(state.sizing.map { ($0.case, $0) }) { first, _ in first }
        decided = Set(sizing.keys)
        startElapsed = state.elapsed
        doneBefore = state.records.count
        for record in state.records { note(record) }
        // The order is the plan's; each case leaves out as many of its turns as it has completed.
        var remaining = completed
        queue =
            Schedule.order(plan).filter { index in
                let id = plan.cases[index].id
                guard let count = remaining[id], count > 0 else { return true }
                remaining[id] = count - 1
                return false
            }.map { Turn(index: $0) }[...]
        wanting = worthAnother
    }

    /// The next process whose turn it is; `nil` when all is done.
    mutating func next() -> Turn? {
        while true {
            while let turn = queue.popFirst() {
                if !closed.contains(plan.cases[turn.index].id) { return turn }
            }
            // When all have had their turns, the rates that were found are confirmed in fresh processes.
            let open = plan.cases.firstIndex { openConfirmations($0) > 0 && rateToConfirm($0) != nil }
            if let open { return Turn(index: open) }
            isBeyondPlan = true
            queue = (moreTurns() ?? replacementTurns())[...]
            guard !queue.isEmpty else { return nil }
        }
    }

    /// A round of the cases that were granted more processes than they have; `nil` where none lacks any.
    private mutating func moreTurns() -> [Turn]? {
        let lacking = plan.cases.indices.filter { missing(plan.cases[$0].id) > 0 }
        guard !lacking.isEmpty else { return nil }
        rounds += 1
        return Schedule.round(plan, lacking, number: rounds).map { Turn(index: $0) }
    }

    private func missing(_ id: String) -> Int {
        guard !closed.contains(id), let granted = sizing[id]?.granted else { return 0 }
        return max(granted - (completed[id] ?? 0), 0)
    }

    private mutating func replacementTurns() -> [Turn] {
        rounds += 1
        let turns = wanting.filter { !closed.contains($0.case) }.prefix(allowance).compactMap { record in
            plan.cases.firstIndex { $0.id == record.case }.map { Turn(index: $0, replaces: record.process) }
        }
        return Schedule.round(plan, Array(turns.indices), number: rounds).map { turns[$0] }
    }

    /// How many more disturbed processes may be run again.
    private var allowance: Int {
        let all = completed.values.reduce(0, +)
        return max(Int(Double(all) * (plan.rules.rerunShare ?? 0)) - replacements, 0)
    }

    /// Disturbed processes without a quiet replacement. Traffic is not run again: its rounds depend on each other.
    private var worthAnother: [ProcessRecord] {
        guard plan.rules.rerunShare ?? 0 > 0 else { return [] }
        let traffic = Set(plan.cases.filter { $0.scenarioSettings != nil }.map(\.id))
        return Exclusions.wanting(records, processingUnits: processingUnits).filter { !traffic.contains($0.case) }
    }

    func nextProcess(of planned: Case) -> Int { attempts[planned.id] ?? 0 }

    mutating func add(_ record: ProcessRecord) {
        note(record)
        wanting = worthAnother
    }

    /// Marks the processes during which settings may have changed.
    mutating func note(_ changes: [TunableChange]) {
        for index in records.indices { records[index].note(changes) }
        wanting = worthAnother
    }

    private mutating func note(_ record: ProcessRecord) {
        records.append(record)
        attempts[record.case] = max(attempts[record.case] ?? 0, record.process + 1)
        if record.replaces != nil { replacements += 1 }
        switch record.outcome {
        case .completed where record.replaces == nil && record.traffic?.role != .confirm:
            completed[record.case, default: 0] += 1
        case .failed, .skipped: closed.insert(record.case)
        case .completed, .interrupted: break
        }
    }
}

/// Rates of traffic.
extension Ledger {
    /// The rate that processes of this case have found, once all its turns are over; `nil` where it is not known yet.
    func rateToConfirm(_ planned: Case) -> Double? {
        guard planned.searchesRate, let settings = planned.scenarioSettings,
            !queue.contains(where: { plan.cases[$0.index].id == planned.id })
        else { return nil }
        let own = records.filter { $0.case == planned.id }
        let searched = own.count { if case .completed = $0.outcome { $0.traffic?.role == .search } else { false } }
        guard searched >= plan.rules.processes else { return nil }
        return RateRules.rateToConfirm(own.compactMap { $0.foundRate(settings) })
    }

    /// Fresh processes that are still to confirm this case's rate.
    private func openConfirmations(_ planned: Case) -> Int {
        guard planned.searchesRate, !closed.contains(planned.id) else { return 0 }
        let made = records.count {
            guard $0.case == planned.id, $0.traffic?.role == .confirm else { return false }
            if case .completed = $0.outcome { return true }
            return false
        }
        return max(RateRules.confirmations - made, 0)
    }
}

/// Numbers of processes.
extension Ledger {
    /// Whether a case's number of processes can be decided now: as soon as its pilots are done.
    func isDue(_ planned: Case) -> Bool {
        Sizing.isOpen(plan.rules) && planned.scenarioSettings == nil && !decided.contains(planned.id)
            && !closed.contains(planned.id) && (completed[planned.id] ?? 0) >= Sizing.pilots(plan.rules)
    }

    /// The processes that its size is decided from.
    func pilots(of id: String) -> [ProcessRecord] {
        let first = records.filter { record in
            if case .completed = record.outcome { record.case == id && record.replaces == nil } else { false }
        }
        return Sizing.chosen(Array(first.prefix(Sizing.pilots(plan.rules))), processingUnits: processingUnits)
    }

    mutating func decide(_ id: String, _ size: Sizing?) {
        decided.insert(id)
        sizing[id] = size
    }

    /// Seconds that a case may use beyond its fewest processes: its share of what the planned ones leave of the time limit.
    func spare(elapsed: Double) -> Double? {
        guard let limit = plan.rules.timeLimit else { return nil }
        let left = limit - (elapsed - startElapsed)
        let undecided = plan.cases.count { !closed.contains($0.id) && !decided.contains($0.id) }
        return max(left - pace(elapsed: elapsed) * Double(remaining - 1), 0) / Double(max(undecided, 1))
    }

    /// The rules for a process of this case: no more samples than are worth taking.
    func rules(for planned: Case) -> (rules: Rules, isCut: Bool) {
        var rules = plan.rules
        guard let worth = sizing[planned.id]?.samplesPerProcess else { return (rules, false) }
        let warmup = records.lazy.filter { $0.case == planned.id }.map(\.warmup).max() ?? 0
        let most = max(worth + warmup, rules.minimumSamples)
        guard most < rules.maximumSamples else { return (rules, false) }
        rules.maximumSamples = most
        return (rules, true)
    }
}

/// Time.
extension Ledger {
    /// Processes still to come, the one at hand included: also those that are granted or worth running again.
    var remaining: Int {
        1 + queue.count { !closed.contains(plan.cases[$0.index].id) }
            + plan.cases.reduce(0) { $0 + openConfirmations($1) } + beyond.count
    }

    /// Cases of the processes beyond the queue. While the planned rounds last, what is missing of them is in the queue.
    private var beyond: [Case] {
        let queued = Dictionary(grouping: queue.filter { $0.replaces == nil }, by: \.index).mapValues(\.count)
        let more = plan.cases.indices.flatMap { index in
            let count = missing(plan.cases[index].id) - (queued[index] ?? 0)
            return Array(repeating: plan.cases[index], count: max(count, 0))
        }
        let again = wanting.filter { !closed.contains($0.case) }.prefix(allowance)
        return more + again.compactMap { record in plan.cases.first { $0.id == record.case } }
    }

    /// Seconds that they would take if there were no limit: traffic, and what is sampled in batches.
    private func demand(with planned: Case) -> (traffic: Double, batches: Double) {
        let queued = queue.lazy.map { plan.cases[$0.index] }.filter { !closed.contains($0.id) }
        let confirming = plan.cases.flatMap { Array(repeating: $0, count: openConfirmations($0)) }
        return (queued + confirming + beyond + [planned]).reduce(into: (0, 0)) { sum, other in
            let seconds = other.processSeconds(plan.rules)
            if other.scenarioSettings != nil { sum.traffic += seconds } else { sum.batches += seconds }
        }
    }

    /// Seconds of sampling for the next process. A time limit counts from where this sitting began; what is left of it is
    /// shared evenly among the processes that remain, after what set-up has been seen to take. All cases lose alike.
    func budget(_ planned: Case, elapsed: Double) -> (seconds: Double, fits: Bool) {
        let wanted = planned.processSeconds(plan.rules)
        guard let limit = plan.rules.timeLimit else { return (wanted, true) }
        let left = limit - (elapsed - startElapsed)
        let free = left - Double(remaining) * meanOverhead
        let demand = demand(with: planned)
        // Traffic is whole or it is not valid: it is cut only where batches would get less than a quarter of their time.
        let isTight = free - demand.traffic < demand.batches / 4
        if planned.scenarioSettings != nil, !isTight { return (wanted, left > 0) }
        let factor =
            isTight
            ? free / (demand.traffic + demand.batches)
            : (free - demand.traffic) / max(demand.batches, 1e-9)
        return (min(wanted, max(wanted * factor, min(wanted, 0.05))), left > 0)
    }

    /// Seconds a process takes beside its sampling, as seen so far in this session.
    private var meanOverhead: Double {
        let recent = records.dropFirst(doneBefore)
        let overheads = recent.compactMap { record in record.setUp.map { max($0, 0) + 0.05 } }
        // As if eight processes of 0.2 s had gone before: the first large table must not starve those that follow it.
        return (8 * 0.2 + overheads.reduce(0, +)) / Double(8 + overheads.count)
    }

    private func pace(elapsed: Double) -> Double {
        let done = records.count - doneBefore
        return done > 0 ? (elapsed - startElapsed) / Double(done) : plan.rules.processSeconds + meanOverhead
    }

    func progress(_ planned: Case, elapsed: Double) -> Progress {
        var left = pace(elapsed: elapsed) * Double(remaining)
        if let limit = plan.rules.timeLimit { left = min(left, max(limit - (elapsed - startElapsed), 0)) }
        return Progress(
            planned: planned, done: records.count, total: records.count + remaining, elapsed: elapsed, left: left)
    }
}
