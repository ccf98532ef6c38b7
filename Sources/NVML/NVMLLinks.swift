import CNVML

extension NVML {
    /// The link to the host.
    public enum PCIeFact: String, Sendable {
        case generation = "nvmlDeviceGetCurrPcieLinkGeneration"
        case maximumGeneration = "nvmlDeviceGetMaxPcieLinkGeneration"
        case lanes = "nvmlDeviceGetCurrPcieLinkWidth"
        case maximumLanes = "nvmlDeviceGetMaxPcieLinkWidth"
    }

    public func pcie(_ fact: PCIeFact, _ device: NVMLDevice) throws(NVMLError) -> Int {
        let value = try number(fact.rawValue, device, atMost: 64)
        guard value > 0 else { throw .implausible(function: fact.rawValue, problem: "0") }
        return Int(value)
    }

    public struct Link: Sendable {
        public let index: Int
        public let isActive: Bool
        /// `4.0`
        public let version: Result<String, NVMLError>
        /// `gpu`, `switch`, `IBM NPU`
        public let remote: Result<String, NVMLError>
    }

    /// Every NVLink that the device has, whether active or not. A device without any throws what the library says of the
    /// first.
    public func links(_ device: NVMLDevice) throws(NVMLError) -> [Link] {
        var links: [Link] = []
        for index in 0..<UInt32(ASSAY_NVML_MAX_LINKS) {
            let state: UInt32
            do {
                state = try number("nvmlDeviceGetNvLinkState", device, index, atMost: 1)
            } catch {
                // Beyond the last link the index is what is wrong.
                guard !links.isEmpty, error.result == .invalidArgument || error.result == .notSupported else {
                    throw error
                }
                return links
            }
            links.append(
                Link(
                    index: Int(index), isActive: state == 1,
                    version: Result { () throws(NVMLError) in try linkVersion(index, device) },
                    remote: Result { () throws(NVMLError) in try linkRemote(index, device) }))
        }
        return links
    }

    /// The library numbers the versions; it does not write them.
    private func linkVersion(_ index: UInt32, _ device: NVMLDevice) throws(NVMLError) -> String {
        let name = "nvmlDeviceGetNvLinkVersion"
        let versions = ["1.0", "2.0", "2.2", "3.0", "3.1", "4.0", "5.0", "6.0"]
        let number = try number(name, device, index, atMost: 255)
        guard number > 0, number <= versions.count else {
            throw .implausible(function: name, problem: "version \(number)")
        }
        return versions[Int(number) - 1]
    }

    private func linkRemote(_ index: UInt32, _ device: NVMLDevice) throws(NVMLError) -> String {
        let name = "nvmlDeviceGetNvLinkRemoteDeviceType"
        switch try number(name, device, index, atMost: 255) {
        case 0: return "GPU"
        case 1: return "IBM NPU"
        case 2: return "switch"
        case let other: throw .implausible(function: name, problem: "type \(other)")
        }
    }
}
