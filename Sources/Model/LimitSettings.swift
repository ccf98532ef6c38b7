/// Limits as settings with names, so that a limit that changed while a run went on is named like any other setting.
extension Limits {
    /// In a stable order, amounts in base units. What counts by itself, such as throttled periods, is none.
    public var settings: [Tunable] {
        let groups = "control groups"
        let status = "/proc/self/status"
        let named = [
            ("allowedProcessingUnits", allowedProcessingUnits, status),
            ("allowedMemoryNodes", allowedMemoryNodes, status),
            ("groupProcessingUnits", groupProcessingUnits, groups), ("groupMemoryNodes", groupMemoryNodes, groups),
            ("cpuQuota", text(cpuQuota), groups), ("cpuQuotaPeriod", cpuPeriod.map { "\($0)" }, groups),
            ("cpuQuotaBurst", cpuBurst.map { "\($0)" }, groups), ("cpuWeight", cpuWeight.map { "\($0)" }, groups),
            ("memoryLimit", text(memoryBytes), groups), ("memoryHighLimit", text(memoryHighBytes), groups),
            ("swapLimit", text(swapBytes), groups), ("tasksLimit", text(tasks), groups),
            ("inputOutputWeight", inputOutputWeight.map { "\($0)" }, groups),
        ].map { Tunable(name: $0.0, value: $0.1, source: $0.2) }
        let own = (resources.value ?? []).map { limit in
            Tunable(
                name: "\(limit.name)Limit",
                value: .known("\(text(limit.soft)), at most \(text(limit.hard))"), source: "getrlimit")
        }
        return named + own
    }

    private func text<Value>(_ limit: Reported<Limit<Value>>) -> Reported<String> { limit.map { text($0) } }

    private func text<Value>(_ limit: Limit<Value>) -> String { limit.value.map { "\($0)" } ?? "unlimited" }
}
