import Model
import SystemFiles

extension Accelerator.HostLink {
    /// From the PCI files that every device on such a link has; what is part of the processor has none.
    static func reported(_ device: DeviceFolder) -> Reported<Self> {
        guard device.exists("max_link_speed") else {
            return .unknown("\(device.path)/max_link_speed: no PCI Express link")
        }
        return .known(Self(device))
    }

    private init(_ device: DeviceFolder) {
        self.init(
            generation: Self.generation(device, "current_link_speed"),
            maximumGeneration: Self.generation(device, "max_link_speed"),
            lanes: device.whole("current_link_width", in: 1...64),
            maximumLanes: device.whole("max_link_width", in: 1...64))
    }

    /// `16.0 GT/s PCIe` is the fourth.
    private static func generation(_ device: DeviceFolder, _ file: String) -> Reported<Int> {
        switch device.word(file) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let speeds = ["2.5": 1, "5.0": 2, "5": 2, "8.0": 3, "16.0": 4, "32.0": 5, "64.0": 6]
            return Reported(
                text.words.first.flatMap { speeds[String($0)] }, else: "\(device.path)/\(file): no speed of PCI Express"
            )
        }
    }
}
