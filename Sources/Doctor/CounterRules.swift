import Model

extension Doctor {
    @Sendable static func counters(_ e: Examination) -> [Entry] {
        let kinds: [(Capabilities.Counter.Kind, Subject)] = [
            (.hardware, Subject("counters.hardware", .counters, "hardware counters")),
            (.hardwareInKernel, Subject("counters.kernel", .counters, "counters in the kernel")),
            (.software, Subject("counters.software", .counters, "software counters")),
        ]
        guard let counters = e.live?.capabilities.counters else {
            return kinds.map { $0.1.omitted("not tried: \(replayed)") }
        }
        return kinds.map { kind, subject in
            counter(e, subject, kind, counters.filter { $0.kind == kind })
        }
    }

    private static func counter(
        _ e: Examination, _ subject: Subject, _ kind: Capabilities.Counter.Kind, _ counters: [Capabilities.Counter]
    ) -> Entry {
        let counted = counters.filter { $0.outcome == .counted }.map(\.name)
        let failed = counters.filter { $0.outcome != .counted }
        guard let first = failed.first else {
            return counted.isEmpty
                ? subject.omitted("none was tried") : subject.available("\(counted.joined(separator: ", ")) counted")
        }
        let seen = "\(failed.map(\.name).joined(separator: ", ")): \(words(first.outcome))"
        let mend = mend(e, first.outcome, level: kind == .hardwareInKernel ? 1 : 2)
        return counted.isEmpty
            ? subject.unavailable(seen, mend)
            : subject.degraded("\(counted.joined(separator: ", ")) counted; \(seen)", mend)
    }

    private static func words(_ outcome: Capabilities.Counter.Outcome) -> String {
        switch outcome {
        case .counted: "counted"
        case .silent: "opened, and counts nothing"
        case .refused(let refusal): "perf_event_open: \(refusal.words)"
        }
    }

    /// - Parameter level: the highest perf_event_paranoid that allows it without a privilege.
    private static func mend(_ e: Examination, _ outcome: Capabilities.Counter.Outcome, level: Int) -> Mend {
        let hidden = e.onHardware("counters", else: .nothing("this kernel has no driver for this processor's counters"))
        guard case .refused(let refusal) = outcome else { return hidden }
        switch refusal.cause {
        case .noSuchDevice: return hidden
        case .notImplemented:
            // Filters answer so too, in order to look like an old kernel.
            return e.surroundings.isFiltered.value == true
                ? e.grant("PERFMON") : .nothing("this kernel was built without perf events")
        case .notPermitted where e.surroundings.isFiltered.value == true: return e.grant("PERFMON")
        case .notPermitted, .accessDenied:
            // The kernel's own rule; it says "access denied", filters mostly "not permitted".
            if let paranoid = e.tunable("perfEventParanoid").value.flatMap(Int.init), paranoid > level {
                return e.asRoot("sysctl kernel.perf_event_paranoid=\(level)")
            }
            return e.grant("PERFMON")
        case .other: return .nothing("the kernel gives no cause that could be removed")
        }
    }
}
