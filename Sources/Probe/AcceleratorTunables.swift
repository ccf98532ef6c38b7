import Model
import SystemFiles
import Units

/// Settings of accelerators that move results: power limits, error correction, multi-instance mode …
enum AcceleratorTunables {
    /// Of accelerators that were probed deeply; others have told no setting.
    static func of(_ accelerators: [Accelerator]) -> [Tunable] {
        accelerators.flatMap { accelerator -> [Tunable] in
            guard let busId = accelerator.busId else { return [] }
            let source = accelerator.driver.value == "nvidia" ? "NVML" : "files of \(accelerator.driver.text)"
            func tunable(_ name: String, _ value: Reported<String>) -> Tunable {
                Tunable(name: "\(name) \(busId)", value: value, source: source)
            }
            let limit = accelerator.power.value.map { power in
                tunable("acceleratorPowerLimit", power.limit.map { Figures.quantity($0, .watts) })
            }
            let modes = (accelerator.modes.value ?? []).map { mode in
                tunable("accelerator" + mode.name.prefix(1).uppercased() + mode.name.dropFirst(), mode.current)
            }
            return [limit].compactMap { $0 } + modes
        }
    }

    /// Asked anew, without the topology: whatever tells settings is found through its driver.
    static func read(_ files: SystemFiles, _ options: ProbeOptions) -> [Tunable] {
        options.isDeep ? of(AcceleratorProbe.find(files, [], options).accelerators) : []
    }
}

extension Reported where Value == String {
    fileprivate var text: String { value ?? "an unknown driver" }
}
