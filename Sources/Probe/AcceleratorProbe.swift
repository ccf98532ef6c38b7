import Model
import SystemFiles

/// Finds the machine's accelerators and asks each in its vendor's way.
enum AcceleratorProbe {
    /// Why a plain probe leaves something out.
    static let shallow = "asked only by a deep probe (--deep)"
    static let asleep = "asleep: only a deep probe (--deep) wakes it"

    struct Findings {
        var accelerators: [Accelerator]
        var note: Reported<String>
    }

    static func find(_ files: SystemFiles, _ functions: [PCIFunction], _ options: ProbeOptions) -> Findings {
        find(files, functions, options, NVMLAnswer.ask(files, options))
    }

    /// - Parameter nvml: what NVIDIA's library says, so that a test can say it.
    static func find(
        _ files: SystemFiles, _ functions: [PCIFunction], _ options: ProbeOptions, _ nvml: NVMLAnswer
    ) -> Findings {
        let inventory = AcceleratorInventory(files, functions)
        var accelerators = inventory.seats.map { accelerator($0, files, options, nvml) }
        // In a container the bus may be hidden while the library still answers.
        accelerators += nvml.accelerators.filter { told in !accelerators.contains { $0.busId == told.busId } }
        accelerators.sort { ($0.busId ?? "~") < ($1.busId ?? "~") }
        let failure = nvml.isFailure && !accelerators.contains { $0.vendor.value == "NVIDIA" } ? nvml.reason : nil
        return Findings(
            accelerators: accelerators, note: .known(note(accelerators, inventory.displays, failure: failure)))
    }

    /// Of a topology file: where they are and what they are called, nothing else.
    static func described(_ functions: [PCIFunction], hasDevices: Bool) -> Findings {
        let unread = HwlocDescription.unread
        let inventory = AcceleratorInventory(SystemFiles(), functions, readsFiles: false)
        let accelerators = inventory.seats.map { seat in
            var accelerator = Accelerator(kind: seat.kind, busId: seat.function?.busId, unknown: unread)
            seat.name(&accelerator)
            return accelerator
        }
        guard hasDevices else {
            return Findings(accelerators: [], note: .unknown("the topology file holds no devices"))
        }
        return Findings(accelerators: accelerators, note: .known(note(accelerators, inventory.displays, failure: nil)))
    }

    private static func accelerator(
        _ seat: AcceleratorSeat, _ files: SystemFiles, _ options: ProbeOptions, _ nvml: NVMLAnswer
    ) -> Accelerator {
        let busId = seat.function?.busId
        if let told = nvml.accelerators.first(where: { $0.busId != nil && $0.busId == busId }) {
            var accelerator = told
            accelerator.numaNode = seat.function?.numaNode
            return accelerator
        }
        let name = seat.driver.value
        var accelerator = Accelerator(
            kind: seat.kind, busId: busId,
            unknown: name == "nvidia"
                ? nvml.reason : name.map { "the driver \($0) does not tell" } ?? seat.driver.reason ?? "")
        seat.name(&accelerator)
        accelerator.driver = seat.driver
        guard let device = seat.device else { return accelerator }
        if let name { accelerator.driverVersion = version(of: name, files) }
        if name == "nvidia" { NVIDIADriver(files).describe(&accelerator) }
        let isAsleep = !options.isDeep && seat.isSuspended
        if busId != nil {
            accelerator.hostLink = isAsleep ? .unknown(asleep) : Accelerator.HostLink.reported(device)
        }
        read(seat, device, unless: isAsleep ? asleep : options.isDeep ? nil : shallow, &accelerator)
        if options.includesIdentifiers {
            accelerator.uuid = device.word("unique_id").value
            accelerator.serial = device.word("serial_number").value
        }
        return accelerator
    }

    /// What the driver knows by heart, and unless there is a reason against it, what it asks the device for.
    private static func read(
        _ seat: AcceleratorSeat, _ device: DeviceFolder, unless reason: String?, _ accelerator: inout Accelerator
    ) {
        switch seat.driver.value {
        case "amdgpu":
            let amd = AMDAccelerator(device)
            amd.describe(&accelerator)
            if let reason { accelerator.setReadings(unknown: reason) } else { amd.read(&accelerator) }
        case "i915", "xe":
            let intel = IntelAccelerator(device, card: seat.card)
            intel.describe(&accelerator)
            if let reason { accelerator.setReadings(unknown: reason) } else { intel.read(&accelerator) }
        case "nouveau", "radeon":
            let monitor = DeviceMonitor(device)
            accelerator.power = reason.map { .unknown($0) } ?? monitor.power
            accelerator.temperatureCelsius = reason.map { .unknown($0) } ?? monitor.temperature
        case "amdxdna":
            accelerator.model = device.word("vbnv").or(accelerator.model)
            accelerator.firmwareVersion = device.word("fw_version")
        default: break
        }
    }

    /// Of a module that comes from outside of the kernel; the kernel's own have none.
    private static func version(of driver: String, _ files: SystemFiles) -> Reported<String> {
        let path = "/sys/module/\(driver)/version"
        if driver == "nvidia", let version = NVIDIADriver(files).version.value { return .known(version) }
        guard files.exists(path) else { return .unknown("comes with the kernel, has no version of its own") }
        return DeviceFolder(files: files, path: "/sys/module/\(driver)").word("version")
    }

    /// `2 × NVIDIA H100 80GB HBM3`, or that there is none.
    private static func note(_ accelerators: [Accelerator], _ displays: [String], failure: String?) -> String {
        var names: [(name: String, count: Int)] = []
        for accelerator in accelerators {
            let name = accelerator.title
            if let place = names.firstIndex(where: { $0.name == name }) {
                names[place].count += 1
            } else {
                names.append((name, 1))
            }
        }
        var parts = names.map { "\($0.count) × \($0.name)" }
        if parts.isEmpty { parts.append("no GPU or other accelerator is visible") }
        if !displays.isEmpty { parts.append("a display adapter that only draws (\(displays.joined(separator: ", ")))") }
        return (parts + [failure].compactMap { $0 }).joined(separator: "; ")
    }
}

extension Accelerator {
    /// What only the running device can tell.
    fileprivate mutating func setReadings(unknown reason: String) {
        clocks = .unknown(reason)
        power = .unknown(reason)
        temperatureCelsius = .unknown(reason)
        utilization = .unknown(reason)
        throttleReasons = .unknown(reason)
        modes = .unknown(reason)
    }
}
