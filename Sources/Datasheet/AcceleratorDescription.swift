import Model

extension Datasheet {
    /// MLPerf's `accelerator_*` rows, and two where there is no device.
    static func acceleratorRows(_ machine: Machine) -> [(String, String)] {
        let rows = SystemDescription.accelerators(machine)
        guard rows.isEmpty else { return rows.map { ($0.name, $0.value) } }
        return [("accelerators_per_node", "0"), ("accelerator_model_name", "none")].map { name, nothing in
            (name, machine.acceleratorsNote.map { _ in nothing }.text)
        }
    }
}
