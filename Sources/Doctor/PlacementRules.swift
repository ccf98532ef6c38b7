import Model
import Units

extension Doctor {
    /// Threads are bound to processing units; where that fails, a run measures the scheduler too.
    @Sendable static func pinning(_ e: Examination) -> [Entry] {
        let subject = Subject("pinning", .placement, "pinning")
        guard let bindings = e.live?.capabilities.bindings else { return [subject.omitted("not tried: \(replayed)")] }
        let refused = bindings.compactMap { binding -> (Int, String)? in
            if case .refused(let refusal) = binding.attempt { (binding.processingUnit, refusal.words) } else { nil }
        }
        let filter = Mend.nothing("a filter or sandbox around this process decides it: run outside of it")
        guard let first = refused.first else {
            guard !bindings.isEmpty else {
                return [subject.disqualifying(.unavailable, "the kernel does not tell where this may run", filter)]
            }
            return [subject.available("bound to each of \(Phrase.count(bindings.count, "processing unit")) in turn")]
        }
        return [
            subject.disqualifying(
                refused.count == bindings.count ? .unavailable : .degraded,
                "refused for \(refused.count) of \(Phrase.count(bindings.count, "processing unit")) "
                    + "(\(UnitList.text(refused.map(\.0)))): \(first.1)", filter)
        ]
    }

    /// Fewer processing units than the machine has, and who says so: `taskset` can be left out, a control group cannot.
    @Sendable static func allowedUnits(_ e: Examination) -> [Entry] {
        let subject = Subject("allowedProcessingUnits", .placement, "processing units")
        let all = e.machine.topology.processingUnits
        guard let list = e.machine.limits.allowedProcessingUnits.value, let allowed = UnitList.numbers(list) else {
            return [
                subject.omitted(e.machine.limits.allowedProcessingUnits.reason ?? "/proc/self/status: not a list")
            ]
        }
        if let widest = e.live?.capabilities.widestProcessingUnits.value, widest.count > allowed.count {
            let units = UnitList.text(widest)
            return [
                subject.degraded(
                    "started on \(UnitList.text(allowed)) only; \(units) may be used",
                    .command("taskset -c \(units) assay run standard", on: .here))
            ]
        }
        guard allowed.count < all else {
            return [subject.available("all \(all) may be used")]
        }
        let seen = "\(allowed.count) of \(all) may be used: \(UnitList.text(allowed))"
        let every = UnitList.text(Array(0..<all))
        return [
            subject.degraded(
                seen,
                e.unlimited(docker: "--cpuset-cpus=\(every)", kubernetes: "--limits=cpu=\(all) --requests=cpu=\(all)"))
        ]
    }

    /// A quota below the number of threads stops all of them for a part of every period.
    @Sendable static func cpuQuota(_ e: Examination) -> [Entry] {
        let subject = Subject("cpuQuota", .placement, "CPU quota")
        let quota: Double
        switch e.quota {
        case .unlimited: return [subject.available("none")]
        case .unknown(let reason): return [subject.available("none is known: \(reason)")]
        case .at(let value): quota = value
        }
        let threads = e.threads
        let units = e.allowedUnits.count
        let seen = "\(Phrase.plain(quota)) CPUs' worth of time"
        let mend = e.unlimited(docker: "--cpu-quota=-1", kubernetes: "--limits=cpu=\(units)")
        if quota < Double(threads) {
            return [
                subject.disqualifying(
                    .degraded, "\(seen) for \(Phrase.count(threads, "thread")) of a standard run", mend)
            ]
        }
        if quota < Double(units) {
            return [subject.degraded("\(seen): enough for a thread on each core, not for SMT siblings too", mend)]
        }
        return [subject.available("\(seen), no less than there are processing units")]
    }

    @Sendable static func memoryPolicy(_ e: Examination) -> [Entry] {
        let subject = Subject("memoryPolicy", .placement, "memory policy")
        guard let attempt = e.live?.capabilities.memoryPolicy else {
            return [subject.omitted("not tried: \(replayed)")]
        }
        guard case .refused(let refusal) = attempt else { return [subject.available("set_mempolicy is permitted")] }
        let need =
            e.machine.topology.numaNodes.count > 1
            ? "memory goes to the node that touches it first, no other choice" : "one NUMA node: nothing is lost"
        let seen = "set_mempolicy: \(refusal.words); \(need)"
        switch refusal.cause {
        case .notImplemented where e.surroundings.container == nil:
            return [subject.unavailable(seen, .nothing("this kernel was built without NUMA"))]
        default: return [subject.unavailable(seen, e.grant("SYS_NICE"))]
        }
    }
}
