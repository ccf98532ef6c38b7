import Units

/// What a machine is attached to, under the names of MLPerf's system description. The sheet's appendix and the export say
/// the same, and neither says "not probed" of what the machine's own description holds.
public enum SystemDescription {
    public typealias Row = (name: String, value: String)

    /// `host_storage_*`, by the block devices that the topology has.
    public static func storage(_ machine: Machine) -> [Row] {
        let disks = machine.topology.devices.filter { $0.kind == .block }
        guard !disks.isEmpty else {
            let reason = "unknown: no block device is visible"
            return [("host_storage_type", reason), ("host_storage_capacity", reason)]
        }
        let types = disks.map { disk in
            let maker = [disk.vendor, disk.model].compactMap { $0 }.joined(separator: " ")
            return "\(disk.name), \(disk.subtype ?? "block device")" + (maker.isEmpty ? "" : ", \(maker)")
        }
        let sizes = disks.map { disk in
            "\(disk.name) \(disk.capacityBytes.map(Figures.bytes) ?? "unknown: the topology tells no size")"
        }
        return [
            ("host_storage_type", types.joined(separator: "; ")),
            ("host_storage_capacity", sizes.joined(separator: "; ")),
        ]
    }

    /// `host_networking`, with the speed of each port that tells one.
    public static func network(_ machine: Machine) -> [Row] {
        let ports = machine.topology.devices.filter { $0.kind == .network || $0.kind == .openFabrics }
        let names = ports.map { port in
            let speed = port.portBitsPerSecond?.value.map { Figures.quantity($0, Unit("bit/s", prefixes: .decimal)) }
            return port.name + (speed.map { " at \($0)" } ?? "")
        }
        return [
            ("host_networking", names.isEmpty ? "unknown: no port is visible" : names.joined(separator: ", ")),
            ("host_networking_topology", "unknown: one machine does not see it"),
            ("host_network_card_count", "\(ports.count)"),
        ]
    }

    /// `accelerator_*`; one value where all devices agree. Empty where there is none.
    public static func accelerators(_ machine: Machine) -> [Row] {
        let devices = machine.accelerators
        guard !devices.isEmpty else { return [] }
        func row(_ name: String, _ value: (Accelerator) -> Reported<String>) -> Row {
            ("accelerator_\(name)", each(devices.map { text(value($0)) }))
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
            row("on-chip_memories") { _ in .unknown("no driver tells them") },
        ]
    }

    /// Different values once each, in their order.
    static func each(_ values: [String]) -> String {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }.joined(separator: ", ")
    }

    private static func text(_ reported: Reported<String>) -> String {
        reported.value ?? "unknown: \(reported.reason ?? "no reason recorded")"
    }
}
