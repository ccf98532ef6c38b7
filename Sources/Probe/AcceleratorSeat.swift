import Model
import SystemFiles

/// Where an accelerator is: what hwloc, the graphics class and the accelerator class say of one device, joined.
struct AcceleratorSeat {
    var function: PCIFunction?
    /// `/sys/class/drm/card0`
    var card: DeviceFolder?
    /// `/sys/class/accel/accel0`
    var node: DeviceFolder?
    /// The device's own directory; `nil` where only a topology file tells of it.
    var device: DeviceFolder?
    var driver: Reported<String>

    /// Asleep, so that asking would wake it.
    var isSuspended: Bool { device?.word("power/runtime_status").value == "suspended" }

    var kind: Accelerator.Kind {
        if node != nil { return .neuralProcessor }
        guard let function else { return .gpu }
        if function.isDisplay || card != nil { return .gpu }
        // Both build server GPUs that display nothing; Intel's accelerators of this class are neural processors.
        if [AcceleratorVendor.amd, AcceleratorVendor.nvidia].contains(function.vendorID) { return .gpu }
        return function.vendorID == AcceleratorVendor.intel ? .neuralProcessor : .other
    }
}

extension AcceleratorSeat {
    /// Names and numbers of the bus.
    func name(_ accelerator: inout Accelerator) {
        guard let function else { return }
        accelerator.pciId = function.pciId
        accelerator.numaNode = function.numaNode
        accelerator.vendor = Reported(
            AcceleratorVendor.name(function.vendorID) ?? function.vendor,
            else: "no name for vendor 0x\(hexadecimal(function.vendorID, 4))")
        accelerator.model = Reported(function.model, else: "no name for PCI \(function.pciId) here")
    }
}
