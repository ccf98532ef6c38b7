import CNVML

/// Settings of a device that move results.
extension NVML {
    /// Now, and after the next reset.
    public struct Mode: Equatable, Sendable {
        public let isOn: Bool
        public let willBeOn: Bool
    }

    /// Error-correcting codes of the memory.
    public func errorCorrection(_ device: NVMLDevice) throws(NVMLError) -> Mode {
        try mode("nvmlDeviceGetEccMode", device)
    }

    /// Multi-instance GPU: one device cut into several.
    public func multiInstance(_ device: NVMLDevice) throws(NVMLError) -> Mode {
        try mode("nvmlDeviceGetMigMode", device)
    }

    private func mode(_ name: String, _ device: NVMLDevice) throws(NVMLError) -> Mode {
        let (current, pending) = try numbers(name, device, atMost: 1)
        return Mode(isOn: current == 1, willBeOn: pending == 1)
    }

    /// Whether the driver stays initialised while nobody uses the device.
    public func persistence(_ device: NVMLDevice) throws(NVMLError) -> Bool {
        try number("nvmlDeviceGetPersistenceMode", device, atMost: 1) == 1
    }

    /// Who may compute: `default`, `prohibited`, `exclusive process`.
    public func computeMode(_ device: NVMLDevice) throws(NVMLError) -> String {
        let names = ["default", "exclusive thread", "prohibited", "exclusive process"]
        return names[Int(try number("nvmlDeviceGetComputeMode", device, atMost: 3))]
    }

    public struct Instance: Sendable {
        public let name: Result<String, NVMLError>
        /// Streaming multiprocessors and bytes of memory that belong to it.
        public let share: Result<(multiprocessors: Int, bytes: UInt64), NVMLError>
    }

    /// The instances of a device in MIG mode.
    public func instances(_ device: NVMLDevice) throws(NVMLError) -> [Instance] {
        let count = try number("nvmlDeviceGetMaxMigDeviceCount", device, atMost: 64)
        let name = "nvmlDeviceGetMigDeviceHandleByIndex"
        let function = try functions.find(name, assay_nvml_device_child.self)
        var instances: [Instance] = []
        for index in 0..<count {
            var child: assay_nvml_device_t?
            let result = NVMLResult(rawValue: function(device.handle, index, &child))
            // Places that no instance fills are not found.
            if result == .notFound { continue }
            guard result == .success else { throw .failed(function: name, result) }
            guard let child else { throw .implausible(function: name, problem: "success without a device") }
            let instance = NVMLDevice(handle: child)
            instances.append(
                Instance(
                    name: Result { () throws(NVMLError) in try self.name(instance) },
                    share: Result { () throws(NVMLError) in try attributes(instance) }))
        }
        return instances
    }
}
