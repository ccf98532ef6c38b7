import CProbe
public import Model

extension Probe {
    /// Tries what the kernel may refuse; everything is undone again. Only for the machine that this runs on.
    public static func capabilities() -> Capabilities {
        Capabilities(
            bindings: bindings(), widestProcessingUnits: widest(), memoryPolicy: attempt(assay_memory_policy_try()),
            counters: [
                counter("cycles", .hardware), counter("instructions", .hardware), counter("task-clock", .software),
                counter("instructions", .hardwareInKernel),
            ])
    }

    private static func attempt(_ code: Int32) -> Capabilities.Attempt {
        code == 0 ? .permitted : .refused(SystemError(code: code).refusal)
    }

    /// To each processing unit in turn, read back.
    private static func bindings() -> [Capabilities.Binding] {
        guard case .success(let before) = Affinity.current() else { return [] }
        defer { _ = before.apply() }
        return before.units.map { unit in
            let wanted = Affinity([unit])
            if let error = wanted.apply() {
                return Capabilities.Binding(processingUnit: unit, attempt: .refused(error.refusal))
            }
            let isBound = Affinity.current() == .success(wanted)
            return Capabilities.Binding(
                processingUnit: unit,
                attempt: isBound ? .permitted : .refused(Capabilities.Refusal(.other, "accepted, and not in force")))
        }
    }

    /// The kernel leaves out what the control group forbids, so that asking for all tells who forbids it.
    private static func widest() -> Reported<[Int]> {
        guard case .success(let before) = Affinity.current() else { return .unknown("the kernel does not tell") }
        defer { _ = before.apply() }
        if let error = Affinity.everything.apply() { return .unknown(error.words) }
        guard case .success(let all) = Affinity.current() else { return .unknown("the kernel does not tell") }
        return .known(all.units)
    }

    private static func counter(_ name: String, _ kind: Capabilities.Counter.Kind) -> Capabilities.Counter {
        var count: UInt64 = 0
        let error = assay_counter_try(name, kind == .hardwareInKernel ? 1 : 0, &count)
        let outcome: Capabilities.Counter.Outcome =
            error != 0 ? .refused(SystemError(code: error).refusal) : count > 0 ? .counted : .silent
        return Capabilities.Counter(name: name, kind: kind, outcome: outcome)
    }
}
