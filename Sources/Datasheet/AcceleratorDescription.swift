import Model
import Units

extension Datasheet {
    /// MLPerf's `accelerator_*` rows; one value where all devices agree, and two rows where there is none.
    static func acceleratorRows(_ machine: Machine) -> [(String, String)] {
        let devices = machine.accelerators
        guard !devices.isEmpty else {
            return [("accelerators_per_node", "0"), ("accelerator_model_name", "none")].map { name, nothing in
                (name, machine.acceleratorsNote.map { _ in nothing }.text)
            }
        }
        func row(_ name: String, _ value: (Accelerator) -> Reported<String>) -> (String, String) {
            ("accelerator_\(name)", devices.map { value($0).text }.unique.joined(separator: ", "))
        }
        return [
            ("accelerators_per_node", "\(devices.count)"), row("model_name") { .known($0.title) },
            row("memory_capacity") { $0.memory.flat(\.bytes).map(Figures.bytes) },
            row("frequency") { accelerator in
                accelerator.clocks.flat { clocks in
                    guard let clock = clocks.first(where: { $0.domain != "memory" }) else {
                        return .unknown("no clock is told")
                    }
                    return clock.maximum.map { "\(Figures.quantity($0, .hertz)) at most" }
                }
            },
            row("host_interconnect") { $0.hostLink.flat(\.text) },
            row("interconnect") { accelerator in accelerator.interconnect.map(\.name) },
            row("interconnect_topology") { $0.interconnect.map(\.text) },
            row("memory_configuration") { _ in .unknown("no driver tells it") },
        ]
    }
}
