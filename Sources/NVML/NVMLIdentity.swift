import CNVML

/// Who a device is. Every function throws for itself: what one cannot tell, another may.
extension NVML {
    /// Marketing name, `NVIDIA H100 80GB HBM3`.
    public func name(_ device: NVMLDevice) throws(NVMLError) -> String {
        try text("nvmlDeviceGetName", device, Int32(ASSAY_NVML_NAME_BYTES))
    }

    /// Version of the VBIOS.
    public func firmwareVersion(_ device: NVMLDevice) throws(NVMLError) -> String {
        try text("nvmlDeviceGetVbiosVersion", device, Int32(ASSAY_NVML_VBIOS_BYTES))
    }

    /// An identifier: never asked unless a person wants it published.
    public func uuid(_ device: NVMLDevice) throws(NVMLError) -> String {
        try text("nvmlDeviceGetUUID", device, Int32(ASSAY_NVML_UUID_BYTES))
    }

    /// An identifier too; only boards for servers have one.
    public func serial(_ device: NVMLDevice) throws(NVMLError) -> String {
        try text("nvmlDeviceGetSerial", device, Int32(ASSAY_NVML_SERIAL_BYTES))
    }

    /// Address and numbers on the PCI bus.
    public struct PCI: Equatable, Sendable {
        /// `0000:41:00.0`, as Linux writes it.
        public let busId: String
        public let vendor: UInt16
        public let device: UInt16
    }

    public func pci(_ device: NVMLDevice) throws(NVMLError) -> PCI {
        let name = "nvmlDeviceGetPciInfo_v3"
        var pci = assay_nvml_pci()
        (pci.domain, pci.bus, pci.device) = (.max, .max, .max)
        try fill(name, device, &pci)
        // Made from the numbers: the library's own text has a longer domain and capitals.
        guard pci.domain < .max, pci.bus <= 0xff, pci.device <= 0x1f else {
            throw .implausible(function: name, problem: "no address on a bus")
        }
        let busId = "\(hexadecimal(pci.domain, 4)):\(hexadecimal(pci.bus, 2)):\(hexadecimal(pci.device, 2)).0"
        return PCI(busId: busId, vendor: UInt16(pci.ids & 0xffff), device: UInt16(pci.ids >> 16))
    }

    /// Major and minor number of the instruction set, `9.0`.
    public func computeCapability(_ device: NVMLDevice) throws(NVMLError) -> String {
        let name = "nvmlDeviceGetCudaComputeCapability"
        let function = try functions.find(name, assay_nvml_device_two_integers.self)
        var (major, minor): (Int32, Int32) = (-1, -1)
        try require(function(device.handle, &major, &minor), name)
        guard (1...99).contains(major), (0...99).contains(minor) else {
            throw .implausible(function: name, problem: "\(major).\(minor)")
        }
        return "\(major).\(minor)"
    }

    /// CUDA cores.
    public func cores(_ device: NVMLDevice) throws(NVMLError) -> Int {
        Int(try number("nvmlDeviceGetNumGpuCores", device, atMost: 10_000_000))
    }

    /// Streaming multiprocessors; most releases tell them of MIG instances only.
    public func multiprocessors(_ device: NVMLDevice) throws(NVMLError) -> Int {
        try attributes(device).multiprocessors
    }

    func attributes(_ device: NVMLDevice) throws(NVMLError) -> (multiprocessors: Int, bytes: UInt64) {
        let name = "nvmlDeviceGetAttributes_v2"
        var attributes = assay_nvml_attributes()
        (attributes.multiprocessors, attributes.mebibytes) = (.max, .max)
        try fill(name, device, &attributes)
        let units = try bounded(attributes.multiprocessors, 100_000, name)
        return (Int(units), try bounded(attributes.mebibytes, 1 << 30, name) << 20)
    }
}

private func hexadecimal(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
