import CHwloc

/// A PCI function that may be an accelerator, as hwloc sees it: by number, and by name where hwloc knows names.
struct PCIFunction: Equatable {
    /// `0000:41:00.0`
    var busId: String
    var vendorID: Int
    var deviceID: Int
    /// Class and subclass, `0x0302`.
    var classID: Int
    var vendor: String?
    var model: String?
    var numaNode: Int?

    /// `10de:2330`
    var pciId: String { hexadecimal(vendorID, 4) + ":" + hexadecimal(deviceID, 4) }
    var isDisplay: Bool { classID >> 8 == 0x03 }
    /// PCI's class for accelerators. Co-processors, 0x0b40, are left out: today these encrypt and compress.
    var isProcessingAccelerator: Bool { classID >> 8 == 0x12 }
}

extension HwlocTopology {
    /// Everything that displays or processes, in the order of the bus.
    borrowing func pciFunctions() -> [PCIFunction] {
        objects(HWLOC_OBJ_PCI_DEVICE).compactMap(PCIFunction.init).filter {
            $0.isDisplay || $0.isProcessingAccelerator
        }
    }
}

extension PCIFunction {
    init?(_ object: HwlocObject) {
        guard let pci = object.attributes?.pointee.pcidev, let busId = object.busId else { return nil }
        self.init(
            busId: busId, vendorID: Int(pci.vendor_id), deviceID: Int(pci.device_id), classID: Int(pci.class_id),
            vendor: object.info("PCIVendor"), model: object.info("PCIDevice"), numaNode: object.nearestNode)
    }
}
