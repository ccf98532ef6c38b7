/// A processor beside the host's: a GPU, a neural processor.
///
/// What it does not tell is unknown with the reason; where a whole group cannot be asked, the group says so once.
public struct Accelerator: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable { case gpu, neuralProcessor, other }

    public var kind: Kind
    /// `0000:41:00.0`; absent for what is on no PCI bus.
    public var busId: String?
    /// Vendor and device by number, `10de:2330`.
    public var pciId: String?
    public var vendor: Reported<String>
    public var model: Reported<String>
    /// Nearest NUMA node, where one is nearer than the others.
    public var numaNode: Int?
    /// Kernel driver, `nvidia`, `amdgpu`.
    public var driver: Reported<String>
    public var driverVersion: Reported<String>
    /// VBIOS or the device's own firmware.
    public var firmwareVersion: Reported<String>
    public var compute: Reported<Compute>
    public var memory: Reported<Memory>
    public var clocks: Reported<[Clock]>
    public var power: Reported<Power>
    /// Degrees Celsius of the die, when probed.
    public var temperatureCelsius: Reported<Double>
    /// Share of the recent past in which it computed, 0 to 1: whether somebody else used it.
    public var utilization: Reported<Double>
    /// What holds the clocks down when probed, in words; empty where nothing does.
    public var throttleReasons: Reported<[String]>
    public var hostLink: Reported<HostLink>
    public var interconnect: Reported<Interconnect>
    /// Settings that move results: error correction, multi-instance GPU, persistence, …
    public var modes: Reported<[Mode]>
    /// Parts into which one device is cut, each as an accelerator of its own to programs.
    public var instances: [Instance]
    /// Identifiers; absent unless they were asked for.
    public var uuid: String?
    public var serial: String?

    /// One of which nothing is known but where it is; every fact is unknown for `reason`.
    public init(kind: Kind, busId: String?, unknown reason: String) {
        self.kind = kind
        self.busId = busId
        vendor = .unknown(reason)
        model = .unknown(reason)
        driver = .unknown(reason)
        driverVersion = .unknown(reason)
        firmwareVersion = .unknown(reason)
        compute = .unknown(reason)
        memory = .unknown(reason)
        clocks = .unknown(reason)
        power = .unknown(reason)
        temperatureCelsius = .unknown(reason)
        utilization = .unknown(reason)
        throttleReasons = .unknown(reason)
        hostLink = .unknown(reason)
        interconnect = .unknown(reason)
        modes = .unknown(reason)
        instances = []
    }
}

extension Accelerator {
    /// Vendor and model, without saying the vendor twice.
    public var title: String {
        let number = pciId.map { "PCI \($0)" } ?? "unnamed"
        guard let model = model.value else { return "\(vendor.value ?? "unknown vendor") \(number)" }
        guard let vendor = vendor.value, !model.contains(vendor) else { return model }
        return "\(vendor) \(model)"
    }
}

extension Accelerator {
    /// What programs are compiled for, and how much of it there is.
    public struct Compute: Codable, Sendable, Equatable {
        /// Instruction set: CUDA's compute capability `9.0`, AMD's `gfx942`.
        public var capability: Reported<String>
        /// The newest programming interface that the driver supports, `CUDA 12.4`.
        public var interface: Reported<String>
        /// Streaming multiprocessors, compute units, Xe cores.
        public var multiprocessors: Reported<Int>
        /// Lanes that the vendor calls cores.
        public var cores: Reported<Int>

        public init(
            capability: Reported<String>, interface: Reported<String>, multiprocessors: Reported<Int>,
            cores: Reported<Int>
        ) {
            self.capability = capability
            self.interface = interface
            self.multiprocessors = multiprocessors
            self.cores = cores
        }
    }

    /// The device's own memory, bytes.
    public struct Memory: Codable, Sendable, Equatable {
        public var bytes: Reported<UInt64>
        public var freeBytes: Reported<UInt64>
        /// Kept by driver and firmware.
        public var reservedBytes: Reported<UInt64>
        /// How much of it the host can see at once (BAR).
        public var hostVisibleBytes: Reported<UInt64>

        public init(
            bytes: Reported<UInt64>, freeBytes: Reported<UInt64>, reservedBytes: Reported<UInt64>,
            hostVisibleBytes: Reported<UInt64>
        ) {
            self.bytes = bytes
            self.freeBytes = freeBytes
            self.reservedBytes = reservedBytes
            self.hostVisibleBytes = hostVisibleBytes
        }
    }
}
