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
            vendor: object.info(["Vendor", "GPUVendor", "LevelZeroVendor"]) ?? slot?.pciVendor,
            model: object.info(["Model", "GPUModel", "LevelZeroModel"]) ?? slot?.pciModel, numaNode: object.nearestNode,
            subtype: object.subtype, processingUnitList: object.nearUnits, link: slot?.link)
        read(DeviceInfos(object))
    }

    fileprivate init?(bare object: HwlocObject) {
        guard let number = object.attributes?.pointee.pcidev.class_id else { return nil }
        let known = PCIClass(number)
        self.init(
            kind: known.kind, name: known.name, busId: object.busId, vendor: object.pciVendor, model: object.pciModel,
            numaNode: object.nearestNode, processingUnitList: object.nearUnits, link: object.link)
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

    /// The object of processors or memory that the device is attached to.
    private var place: HwlocObject? {
        var object = parent
        while let current = object, hwloc_obj_type_is_io(current.type) != 0 { object = current.parent }
        return object
    }

    /// The one node of the nearest ancestor that has memory; `nil` where several are equally near.
    var nearestNode: Int? {
        guard let nodes = place?.nodes, nodes.count == 1 else { return nil }
        return nodes.first
    }

    fileprivate var nearUnits: String? {
        guard let list = place?.processingUnits.list, !list.isEmpty else { return nil }
        return list
    }

    /// What hwloc knows of the way to a PCI device: how fast it is now. 0 stands for unknown.
    fileprivate var link: PCILink? {
        guard let speed = attributes?.pointee.pcidev.linkspeed, speed > 0, speed < 1e6 else { return nil }
        return PCILink(bytesPerSecond: .known((Double(speed) * 1e9).rounded()), otherwise: HwlocDescription.unread)
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

/// The classes of PCI device that matter even without a driver, named as people name them.
private struct PCIClass {
    let kind: Device.Kind
    let name: String

    init(_ number: UInt16) {
        switch (number >> 8, number) {
        case (_, 0x0302): (kind, name) = (.gpu, "3D controller")
        case (0x03, _): (kind, name) = (.gpu, "display controller")
        case (0x12, _): (kind, name) = (.coprocessor, "processing accelerator")
        case (0x0b, _): (kind, name) = (.coprocessor, "co-processor")
        case (_, 0x0207), (_, 0x0c06): (kind, name) = (.openFabrics, "InfiniBand controller")
        case (0x02, _): (kind, name) = (.network, "network controller")
        case (0x01, _): (kind, name) = (.block, "storage controller")
        case (_, 0x0c04): (kind, name) = (.other, "Fibre Channel controller")
        case (0x05, _): (kind, name) = (.memory, "memory controller")
        default: (kind, name) = (.other, "PCI device")
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

    /// PCI addresses, one or several with commas, and nothing else.
    static func busIds(_ text: String) -> String? {
        let isAddress = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: ":"),
                UInt8(ascii: "."), UInt8(ascii: ","):
                true
            default: false
            }
        }
        return isAddress && text.utf8.count <= 256 ? text : nil
    }
}

func hexadecimal(_ value: some BinaryInteger, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
