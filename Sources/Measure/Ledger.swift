import Model

/// What is done and what comes next.
struct Ledger {
    let plan: Plan
    private(set) var records: [ProcessRecord]
    /// Cases still to be run, in order; a resumed run starts where the journal ends.
    private var queue: ArraySlice<Int>
    /// Cases that failed or were skipped: running them again would tell nothing new.
    private var closed: Set<String>
    private var attempts: [String: Int] = [:]
    private var startElapsed: Double
    private let doneBefore: Int

    init(plan: Plan, state: RunState) {
        self.plan = plan
        records = state.records
        startElapsed = state.elapsed
        closed = []
        var completed: [String: Int] = [:]
        for record in state.records {
            attempts[record.case] = max(attempts[record.case] ?? 0, record.process + 1)
            switch record.outcome {
            case .completed:
                // Confirmations are no turns of the schedule.
                if record.traffic?.role != .confirm { completed[record.case, default: 0] += 1 }
            case .failed, .skipped: closed.insert(record.case)
            case .interrupted: break
            }
        }
        // The order is the plan's; each case leaves out as many of its turns as it has completed.
        var remaining = completed
        queue =
            Schedule.order(plan).filter { index in
                let id = plan.cases[index].id
                guard let count = remaining[id], count > 0 else { return true }
                remaining[id] = count - 1
                return false
            }[...]
        doneBefore = state.records.count
    }

    /// The next case whose turn it is; `nil` when the plan is done.
    mutating func next() -> Case? {
        while let index = queue.popFirst() {
            if !closed.contains(plan.cases[index].id) { return plan.cases[index] }
        }
        // When all have had their turns, the rates that were found are confirmed in fresh processes.
        return plan.cases.first { openConfirmations($0) > 0 && rateToConfirm($0) != nil }
    }

    /// The rate that processes of this case have found, once all its turns are over; `nil` where it is not known yet.
    func rateToConfirm(_ planned: Case) -> Double? {
        guard planned.searchesRate, let settings = planned.scenarioSettings,
            !queue.contains(where: { plan.cases[$0].id == planned.id })
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

    func nextProcess(of planned: Case) -> Int { attempts[planned.id] ?? 0 }

    mutating func add(_ record: ProcessRecord) {
        records.append(record)
        attempts[record.case] = record.process + 1
        switch record.outcome {
        case .failed, .skipped: closed.insert(record.case)
        case .completed, .interrupted: break
        }
    }

    /// Processes still to come, the one at hand included.
    private var remaining: Int {
        1 + queue.count { !closed.contains(plan.cases[$0].id) } + plan.cases.reduce(0) { $0 + openConfirmations($1) }
    }

    /// Seconds that they would take if there were no limit: traffic, and what is sampled in batches.
    private func demand(with planned: Case) -> (traffic: Double, batches: Double) {
        let queued = queue.lazy.map { plan.cases[$0] }.filter { !closed.contains($0.id) }
        let confirming = plan.cases.flatMap { Array(repeating: $0, count: openConfirmations($0)) }
        return (queued + confirming + [planned]).reduce(into: (0, 0)) { sum, other in
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
        let overheads = recent.compactMap { record in record.setUp.map { max($0, 0) + 0.03 } }
        // As if eight processes of 0.2 s had gone before: the first large table must not starve those that follow it.
        return (8 * 0.2 + overheads.reduce(0, +)) / Double(8 + overheads.count)
    }

    func progress(_ planned: Case, elapsed: Double) -> Progress {
        let done = records.count - doneBefore
        let pace = done > 0 ? (elapsed - startElapsed) / Double(done) : plan.rules.processSeconds + meanOverhead
        var left = pace * Double(remaining)
        if let limit = plan.rules.timeLimit { left = min(left, max(limit - (elapsed - startElapsed), 0)) }
        return Progress(
            planned: planned, done: records.count, total: records.count + remaining, elapsed: elapsed, left: left)
    }
}
