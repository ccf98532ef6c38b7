public import Model
import Units

/// The system description that an MLPerf submission carries, filled from what was probed; not a submission.
public struct MLPerfSystem: Exporter {
    public let name = "mlperf-system"
    public let about = "MLPerf's system description JSON, as far as it was probed; not an MLPerf submission"
    public init() {}

    public func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        var fields = Dictionary(system(recording.bundle) + software(recording.bundle)) { first, _ in first }
        for (key, value) in accelerators(recording.bundle.machine) { fields[key] = value }
        return try jsonFile("system.json", fields.mapValues(Neutral.text))
    }

    private func text<Value>(_ reported: Reported<Value>, _ write: (Value) -> String) -> String {
        switch reported {
        case .known(let value): write(value)
        case .unknown(let reason): "unknown: \(reason)"
        }
    }

    private func system(_ bundle: Bundle) -> [(String, String)] {
        let machine = bundle.machine
        let topology = machine.topology
        let hypervisor = machine.processor.hypervisor.value ?? "none"
        let caches = topology.caches.map { "L\($0.level) \($0.type.rawValue) \($0.count) × \(Figures.bytes($0.bytes))" }
        let unprobed = "unknown: not probed"
        return [
            ("submitter", "not stated"), ("division", "none: MLPerf-style, not an MLPerf result"),
            ("status", "not submitted"),
            ("system_name", machine.processor.model.value ?? machine.processor.architecture),
            ("system_type", hypervisor == "none" ? "datacenter or edge: not told" : "virtual machine"),
            ("number_of_nodes", "1"), ("host_processor_model_name", text(machine.processor.model) { $0 }),
            ("host_processors_per_node", String(topology.packages)),
            ("host_processor_core_count", String(topology.cores / max(topology.packages, 1))),
            ("host_processor_vcpu_count", hypervisor == "none" ? "" : String(topology.processingUnits)),
            ("host_processor_frequency", text(machine.processor.nominalFrequency) { Figures.quantity($0, .hertz) }),
            ("host_processor_caches", caches.joined(separator: ", ")), ("host_processor_interconnect", unprobed),
            ("host_memory_capacity", text(machine.memory.kernelBytes, Figures.bytes)),
            ("host_memory_configuration", text(machine.memory.modules) { "\($0.count) modules" }),
            ("cooling", unprobed), ("hw_notes", hypervisor == "none" ? "" : "\(hypervisor) guest"),
        ] + (SystemDescription.storage(machine) + SystemDescription.network(machine)).map { ($0.name, $0.value) }
    }

    private func software(_ bundle: Bundle) -> [(String, String)] {
        let software = bundle.machine.software
        let libraries = software.libraries.compactMap { library in library.version.value.map { "\(library.name) \($0)" }
        }
        let stack =
            [software.kernel.value.map { "kernel \($0)" }, software.cLibrary.value].compactMap { $0 } + libraries
        return [
            ("framework", "Assay \(bundle.tool.version)"), ("operating_system", text(software.operatingSystem) { $0 }),
            ("other_software_stack", stack.joined(separator: ", ")),
            ("sw_notes", "made from the Assay bundle \(bundle.id); MLPerf-style, not an MLPerf result"),
        ]
    }

    private func accelerators(_ machine: Machine) -> [(String, String)] {
        let rows = SystemDescription.accelerators(machine)
        guard rows.isEmpty else { return rows.map { ($0.name, $0.value) } }
        let none = [
            "model_name", "memory_capacity", "host_interconnect", "frequency", "on-chip_memories",
            "memory_configuration", "interconnect", "interconnect_topology",
        ]
        return [("accelerators_per_node", "0")] + none.map { ("accelerator_\($0)", "") }
    }
}
