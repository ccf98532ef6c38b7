import CHwloc
import Model

extension HwlocTopology {
    /// Every OS device, then the PCI devices of interest that no driver gave a name.
    borrowing func devices() -> [Device] {
        let named = objects(HWLOC_OBJ_OS_DEVICE).map(Device.init(named:))
        let bare = objects(HWLOC_OBJ_PCI_DEVICE).filter { !$0.hasNamedDevice }
        return named + bare.compactMap(Device.init(bare:))
    }
}

extension Device {
    fileprivate init(named object: HwlocObject) {
        let slot = object.pciParent
        self.init(
            kind: object.deviceKind, name: object.name.map(DeviceName.withoutAddress) ?? "unnamed",
            busId: slot?.busId,
            vendor: object.info("Vendor") ?? object.info("GPUVendor") ?? slot?.pciVendor,
            model: object.info("Model") ?? object.info("GPUModel") ?? slot?.pciModel, numaNode: object.nearestNode)
    }

    fileprivate init?(bare object: HwlocObject) {
        guard let number = object.attributes?.pointee.pcidev.class_id, let known = PCIClass(number) else { return nil }
        self.init(
            kind: known.kind, name: known.name, busId: object.busId, vendor: object.pciVendor, model: object.pciModel,
            numaNode: object.nearestNode)
    }
}

extension HwlocObject {
    var hasNamedDevice: Bool { devices.contains { $0.type == HWLOC_OBJ_OS_DEVICE || $0.hasNamedDevice } }

    fileprivate var pciParent: HwlocObject? {
        var object = parent
        while let current = object {
            if current.type == HWLOC_OBJ_PCI_DEVICE { return current }
            object = current.parent
        }
        return nil
    }

    /// `0000:41:00.0`
    var busId: String? {
        guard let pci = attributes?.pointee.pcidev else { return nil }
        return hexadecimal(pci.domain, 4) + ":" + hexadecimal(pci.bus, 2) + ":" + hexadecimal(pci.dev, 2) + "."
            + hexadecimal(pci.func, 1)
    }

    /// The name from the PCI database where hwloc has one, else the number by which it can be looked up.
    fileprivate var pciVendor: String? {
        info("PCIVendor") ?? attributes.map { "0x" + hexadecimal($0.pointee.pcidev.vendor_id, 4) }
    }
    fileprivate var pciModel: String? {
        info("PCIDevice") ?? attributes.map { "0x" + hexadecimal($0.pointee.pcidev.device_id, 4) }
    }

    /// The one node of the nearest ancestor that has memory; `nil` where several are equally near.
    var nearestNode: Int? {
        var object = parent
        while let current = object, hwloc_obj_type_is_io(current.type) != 0 { object = current.parent }
        guard let nodes = object?.nodes, nodes.count == 1 else { return nil }
        return nodes.first
    }

    fileprivate var deviceKind: Device.Kind {
        if let subtype, ["NVM", "CXLMem", "SPM", "MemoryModule"].contains(subtype) { return .memory }
        return switch attributes?.pointee.osdev.type {
        case HWLOC_OBJ_OSDEV_BLOCK: .block
        case HWLOC_OBJ_OSDEV_GPU: .gpu
        case HWLOC_OBJ_OSDEV_NETWORK: .network
        case HWLOC_OBJ_OSDEV_OPENFABRICS: .openFabrics
        case HWLOC_OBJ_OSDEV_DMA: .dma
        case HWLOC_OBJ_OSDEV_COPROC: .coprocessor
        default: .other
        }
    }
}

/// The classes of PCI device that matter even without a driver.
private struct PCIClass {
    let kind: Device.Kind
    let name: String

    init?(_ number: UInt16) {
        switch (number >> 8, number) {
        case (_, 0x0302): (kind, name) = (.gpu, "3D controller")
        case (0x03, _): (kind, name) = (.gpu, "display controller")
        case (0x12, _): (kind, name) = (.coprocessor, "processing accelerator")
        case (_, 0x0b40): (kind, name) = (.coprocessor, "co-processor")
        case (_, 0x0207): (kind, name) = (.openFabrics, "InfiniBand controller")
        case (0x02, _): (kind, name) = (.network, "network controller")
        case (0x01, _): (kind, name) = (.block, "storage controller")
        default: return nil
        }
    }
}

enum DeviceName {
    /// `enx` for `enx0a1b2c3d4e5f`: some network devices are named after their hardware address, which is an identifier.
    static func withoutAddress(_ name: String) -> String {
        let tail = name.suffix(12)
        guard name.count > 12, tail.allSatisfy(\.isHexDigit) else { return name }
        return name.dropLast(12) + "(address)"
    }
}

func hexadecimal(_ value: some BinaryInteger, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
