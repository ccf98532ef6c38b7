import Synchronization

/// NVML, kept open for the length of a run; asked by one thread at a time.
public final class AcceleratorSlowdowns: Sendable {
    private let nvml: Mutex<NVML>

    /// `nil` where the library cannot be loaded or initialised.
    public init?(path: String? = nil) {
        do { nvml = Mutex(try NVML(path: path)) } catch { return nil }
    }

    /// Of all devices together; what a device does not tell is left out.
    public func reasons() -> [String] {
        nvml.withLock { nvml in
            var all: Set<String> = []
            for device in (try? nvml.devices()) ?? [] {
                if let device = try? device.get(), let reasons = try? nvml.throttleReasons(device) {
                    all.formUnion(reasons)
                }
            }
            return all.sorted()
        }
    }
}
