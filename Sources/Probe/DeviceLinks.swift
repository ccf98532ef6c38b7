import Model
import SystemFiles

extension Topology {
    /// What hwloc does not read of devices: how fast a PCI link could be, how fast a port is.
    mutating func completeDevices(_ files: SystemFiles) {
        var links: [String: PCILink?] = [:]
        for index in devices.indices {
            if let busId = devices[index].busId {
                let link = links[busId] ?? PCILink(busId, devices[index].link, files)
                links[busId] = link
                devices[index].link = link
            }
            devices[index].portBitsPerSecond = devices[index].portSpeed(files)
        }
    }
}

extension PCILink {
    /// Where only hwloc's figure is there.
    init(bytesPerSecond: Reported<Double>, otherwise reason: String) {
        self.init(
            bytesPerSecond: bytesPerSecond, speed: .unknown(reason), width: .unknown(reason),
            maximumSpeed: .unknown(reason), maximumWidth: .unknown(reason))
    }

    /// `nil` for a device of which neither hwloc nor the kernel tells a link: one that a hypervisor plays, or on an old bus.
    fileprivate init?(_ busId: String, _ known: PCILink?, _ files: SystemFiles) {
        let folder = "/sys/bus/pci/devices/\(busId)"
        guard known != nil || files.exists("\(folder)/current_link_speed") else { return nil }
        self.init(
            bytesPerSecond: known?.bytesPerSecond ?? .unknown("hwloc tells no link speed"),
            speed: Self.speed("\(folder)/current_link_speed", files),
            width: Self.width("\(folder)/current_link_width", files),
            maximumSpeed: Self.speed("\(folder)/max_link_speed", files),
            maximumWidth: Self.width("\(folder)/max_link_width", files))
    }

    /// `16.0 GT/s PCIe`; `Unknown speed` where the device does not answer.
    private static func speed(_ path: String, _ files: SystemFiles) -> Reported<Double> {
        switch files.line(path) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let words = text.words
            guard words.count >= 2, words[1] == "GT/s", let value = Double(words[0]), value > 0, value < 1e4 else {
                return .unknown("\(path): not a speed")
            }
            return .known(value * 1e9)
        }
    }

    /// 0 and 255 stand for a link that is down.
    private static func width(_ path: String, _ files: SystemFiles) -> Reported<Int> {
        switch files.integer(path) {
        case .unknown(let reason): .unknown(reason)
        case .known(let lanes): (1...64).contains(lanes) ? .known(lanes) : .unknown("\(path): no link")
        }
    }
}

extension Device {
    /// Bits per second; `nil` for what is no port. The reason names no file: an interface's name may hold an address.
    fileprivate func portSpeed(_ files: SystemFiles) -> Reported<Double>? {
        // Called by its class where there is no driver, and then there is no port to ask.
        guard !name.contains(" ") else { return nil }
        switch kind {
        case .network:
            // −1, or an error, where there is no cable or nothing real behind the interface.
            let speed = entry("net", files).flatMap { files.integer("\($0)/speed").value }
            return Reported(speed.flatMap { $0 > 0 ? Double($0) * 1e6 : nil }, else: "the interface tells no speed")
        case .openFabrics:
            // `200 Gb/sec (4X HDR)`
            let words = entry("infiniband", files).flatMap { files.line("\($0)/ports/1/rate").value?.words } ?? []
            let rate = words.count >= 2 && words[1] == "Gb/sec" ? Double(words[0]) : nil
            return Reported(rate.flatMap { $0 > 0 && $0 < 1e6 ? $0 * 1e9 : nil }, else: "the port tells no rate")
        default: return nil
        }
    }

    /// The device's folder: by its name, or by its place on the bus where the name was withheld.
    private func entry(_ kind: String, _ files: SystemFiles) -> String? {
        if !name.contains("("), !name.contains("/"), !name.hasPrefix(".") { return "/sys/class/\(kind)/\(name)" }
        guard let busId else { return nil }
        let folder = "/sys/bus/pci/devices/\(busId)/\(kind)"
        let names = files.names(in: folder)
        return names.count == 1 ? "\(folder)/\(names[0])" : nil
    }
}
