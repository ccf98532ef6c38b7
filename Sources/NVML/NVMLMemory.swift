import CNVML

extension NVML {
    /// Bytes of the device's own memory.
    public struct Memory: Equatable, Sendable {
        public let total: UInt64
        public let free: UInt64
        /// Kept by the driver or the firmware. The first version of the structure counts it as used and does not tell it.
        public let reserved: UInt64?
    }

    /// More than any device has; what is beyond is an error of the library.
    private static let maximumMemory: UInt64 = 1 << 50

    /// From the versioned structure, or from the first where a release does not know it.
    public func memory(_ device: NVMLDevice) throws(NVMLError) -> Memory {
        let name = "nvmlDeviceGetMemoryInfo_v2"
        var memory = assay_nvml_memory_v2()
        memory.version = UInt32(ASSAY_NVML_MEMORY_V2)
        do {
            try fill(name, device, &memory)
        } catch {
            guard error.isOfRelease else { throw error }
            return try firstMemory(device)
        }
        return try checked(name, Memory(total: memory.total, free: memory.free, reserved: memory.reserved))
    }

    private func firstMemory(_ device: NVMLDevice) throws(NVMLError) -> Memory {
        let name = "nvmlDeviceGetMemoryInfo"
        var memory = assay_nvml_memory()
        try fill(name, device, &memory)
        return try checked(name, Memory(total: memory.total, free: memory.free, reserved: nil))
    }

    private func checked(_ name: String, _ memory: Memory) throws(NVMLError) -> Memory {
        guard memory.total > 0, memory.total <= Self.maximumMemory, memory.free <= memory.total,
            memory.reserved ?? 0 <= memory.total
        else { throw .implausible(function: name, problem: "\(memory.free) free of \(memory.total) bytes") }
        return memory
    }

    /// Bytes of it that the host can see at once.
    public func hostVisibleBytes(_ device: NVMLDevice) throws(NVMLError) -> UInt64 {
        let name = "nvmlDeviceGetBAR1MemoryInfo"
        var memory = assay_nvml_bar1()
        try fill(name, device, &memory)
        guard memory.total > 0 else { throw .implausible(function: name, problem: "0 bytes") }
        return try bounded(memory.total, Self.maximumMemory, name)
    }
}
