import Model
import SystemFiles

extension HardwareMonitor {
    /// One file of a monitor that tells power or energy.
    struct Sensor {
        /// `amdgpu`, `acpi_power_meter`, `ina226`.
        let name: String
        /// With the GPU it sits on: `amdgpu (GPU 0000:03:00.0)`.
        let chip: String
        let path: String
        let monitor: String
        let isGPU: Bool
        /// `energy`, `average`, `input`.
        let kind: String
        /// Which sensor of the monitor.
        let number: String

        func meter(_ files: SystemFiles) -> Meter {
            let isCounter = kind == "energy"
            let stem = path.split(separator: "_").dropLast().joined(separator: "_")
            let label = files.line(stem + "_label").value.map { String($0.prefix(40)) }
            let (boundary, within) = domain(label ?? "")
            let averaged = files.integer(stem + "_average_interval").value.flatMap { $0 > 0 ? Double($0) * 1e-3 : nil }
            let period = isCounter ? 0.001 : max(averaged ?? 0, boundary == .node ? 1 : 0.05)
            return Meter(
                id: "hwmon.\(monitor).\(isCounter ? "energy" : "power")\(number)", source: "hwmon",
                name: label.map { "\(chip) \($0)" } ?? chip, boundary: boundary, kind: isCounter ? .counter : .power,
                within: within, resolution: 1e-6, statedPeriod: period,
                gainError: boundary == .node ? GainError.node : GainError.board,
                gainErrorOrigin: GainError.onChipOrigin, pollPeriod: isCounter ? 0.05 : min(period / 5, 0.05))
        }

        /// What the chip's label says it measures; a supply line of whose load nothing is known where it says nothing.
        private func domain(_ label: String) -> (PowerBoundary, within: String?) {
            if isGPU { return (.accelerator, nil) }
            switch name {
            case "acpi_power_meter", "power_meter": return (.node, nil)
            // The sockets come after the cores in it; both count the cores' energy.
            case "amd_energy": return label.hasPrefix("Esocket") ? (.package, nil) : (.part, "sockets")
            default: return (.rail, nil)
            }
        }
    }
}
