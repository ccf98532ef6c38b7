import Model
import SystemFiles

/// What a graphics driver tells through hwmon: power, its limits, temperature. amdgpu, xe, i915 and nouveau do.
struct DeviceMonitor {
    private let folder: DeviceFolder?
    private let absent: String

    init(_ device: DeviceFolder) {
        absent = "\(device.path)/hwmon: none"
        folder = device.folder("hwmon").numbered("hwmon").first.map { device.folder("hwmon/\($0)") }
    }

    /// Every driver has its own choice of these names; Intel's `power1_cap` is the limit of bursts, and then `power1_max`
    /// is the sustained one.
    var power: Reported<Accelerator.Power> {
        guard let folder else { return .unknown(absent) }
        let energy = folder.whole("energy1_input", in: 1...Int.max)
        return .known(
            Accelerator.Power(
                current: folder.microwatts("power1_average").or(folder.microwatts("power1_input")),
                limit: folder.microwatts("power1_max").or(folder.microwatts("power1_cap")),
                defaultLimit: folder.microwatts("power1_rated_max").or(folder.microwatts("power1_cap_default")),
                minimumLimit: folder.microwatts("power1_cap_min"),
                maximumLimit: folder.microwatts("power1_cap_max"),
                hasEnergyCounter: energy.value != nil
                    ? .known(true) : folder.exists("energy1_input") ? energy.map { _ in false } : .known(false)))
    }

    /// The first is of the whole die; xe begins with the second.
    var temperature: Reported<Double> {
        guard let folder else { return .unknown(absent) }
        let sensible = -100_000...1_000_000
        return folder.quantity("temp1_input", parts: 1e3, in: sensible).or(
            folder.quantity("temp2_input", parts: 1e3, in: sensible))
    }
}
