import Model
import SystemFiles

/// All seats of a machine, and who only draws.
struct AcceleratorInventory {
    private(set) var seats: [AcceleratorSeat] = []
    /// Makers of display adapters that only draw.
    private(set) var displays: [String] = []
    /// More devices than any machine has; what a hostile tree holds beyond is left out.
    static let limit = 256

    /// Drivers of graphics that sits on no PCI bus and computes: those of systems on a chip.
    private static let embedded: Set = [
        "panfrost", "panthor", "lima", "v3d", "etnaviv", "msm", "msm_dpu", "asahi", "nouveau", "powervr",
    ]

    init(_ files: SystemFiles, _ functions: [PCIFunction], readsFiles: Bool = true) {
        for function in functions.prefix(Self.limit) {
            let device = DeviceFolder(files: files, path: "/sys/bus/pci/devices/\(function.busId)")
            seats.append(
                AcceleratorSeat(function: function, device: readsFiles ? device : nil, driver: .unknown("not asked")))
        }
        if readsFiles {
            for (folder, stem) in [
                ("/sys/class/drm", "card"), ("/sys/class/accel", "accel"), ("/sys/class/habanalabs", "hl"),
            ] {
                let parent = DeviceFolder(files: files, path: folder)
                for name in parent.allNumbered(stem).prefix(Self.limit) {
                    add(parent.folder(name), isCard: stem == "card")
                }
            }
            for index in seats.indices where seats[index].driver.reason == "not asked" {
                if let device = seats[index].device { seats[index].driver = DeviceEvent(device).driver }
            }
        }
        displays = seats.compactMap { $0.function.flatMap(AcceleratorVendor.onlyDraws) }
        seats.removeAll { $0.function.flatMap(AcceleratorVendor.onlyDraws) != nil }
    }

    /// Joins a node of the graphics or accelerator class with the function on the bus that it belongs to.
    private mutating func add(_ node: DeviceFolder, isCard: Bool) {
        let device = node.folder("device")
        let event = DeviceEvent(device)
        guard let function = event.function else {
            // Without a driver's name it may be one that the bus has told already.
            guard let name = event.driver.value, !isCard || Self.embedded.contains(name) else { return }
            seats.append(AcceleratorSeat(node: isCard ? nil : node, device: device, driver: event.driver))
            if isCard { seats[seats.count - 1].card = node }
            return
        }
        let known = seats.firstIndex { $0.function?.busId == function.busId }
        let place = known ?? seats.count
        if known == nil { seats.append(AcceleratorSeat(function: function, driver: event.driver)) }
        seats[place].device = device
        seats[place].driver = event.driver
        if isCard { seats[place].card = seats[place].card ?? node } else { seats[place].node = node }
    }
}

/// What the kernel announces of a device: its `uevent` file.
private struct DeviceEvent {
    let driver: Reported<String>
    let function: PCIFunction?

    init(_ device: DeviceFolder) {
        let path = "\(device.path)/uevent"
        let text = device.files.text(path)
        let pairs = (text.value?.lines ?? []).compactMap { $0.keyed("=") }
        func value(_ key: String) -> String? { pairs.first { $0.key == key }?.value }
        let driver = value("DRIVER").flatMap { $0.isEmpty || $0.utf8.count > 64 || !$0.isPlainWord ? nil : $0 }
        self.driver = Reported(driver, else: text.reason ?? "no driver is bound")
        function = Self.function(slot: value("PCI_SLOT_NAME"), id: value("PCI_ID"), class: value("PCI_CLASS"), device)
    }

    private static func function(slot: String?, id: String?, class number: String?, _ device: DeviceFolder)
        -> PCIFunction?
    {
        let ids = (id ?? "").split(separator: ":").compactMap { $0.count <= 4 ? Int($0, radix: 16) : nil }
        guard let slot, slot.isBusId, ids.count == 2 else { return nil }
        let classID = number.flatMap { $0.count <= 6 ? Int($0, radix: 16) : nil }.map { $0 >> 8 } ?? 0
        return PCIFunction(
            busId: slot.lowercased(), vendorID: ids[0], deviceID: ids[1], classID: classID,
            numaNode: device.whole("numa_node", in: 0...65535).value)
    }
}

extension DeviceFolder {
    /// Like `numbered`, without its small bound.
    func allNumbered(_ stem: String) -> [String] {
        names().compactMap { $0.hasPrefix(stem) ? Int($0.dropFirst(stem.count)) : nil }.filter { $0 >= 0 }.sorted()
            .map { "\(stem)\($0)" }
    }
}

extension String {
    /// `0000:41:00.0`, and nothing that could lead elsewhere in a path.
    var isBusId: Bool {
        let parts = split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, (4...8).contains(parts[0].count), parts[1].count == 2, parts[2].count == 4 else {
            return false
        }
        let digits = parts[0] + parts[1] + parts[2].prefix(2) + parts[2].suffix(1)
        return parts[2].dropFirst(2).first == "." && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    /// Letters, digits, `_` and `-`.
    fileprivate var isPlainWord: Bool {
        utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
                || byte == 45
        }
    }
}
