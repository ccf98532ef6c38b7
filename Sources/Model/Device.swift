/// Something attached to the machine that computes, stores or communicates.
public struct Device: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        case gpu, coprocessor, network, openFabrics, block, dma, memory, other
    }
    public var kind: Kind
    /// The operating system's name (`sda`, `eth0`, `nvml0`), or the PCI class where it has none.
    public var name: String
    /// `0000:41:00.0`; absent for devices that are on no PCI bus.
    public var busId: String?
    public var vendor: String?
    public var model: String?
    /// Nearest NUMA node, where one is nearer than the others.
    public var numaNode: Int?
    /// hwloc's word for what it is or who showed it: `Disk`, `NVML`, `CUDA`, `OpenCL`, `RSMI`, `LevelZero`.
    public var subtype: String?
    /// The processing units that are nearest, in the kernel's list format; absent where the topology does not place it.
    public var processingUnitList: String?
    /// Absent for devices without a PCI link that anybody tells of, such as a hypervisor's.
    public var link: PCILink?
    /// Bytes of memory on the device.
    public var memoryBytes: UInt64?
    /// Streaming multiprocessors, compute units, execution units: what its maker counts.
    public var computeUnits: Int?
    /// Bytes that a block device holds.
    public var capacityBytes: UInt64?
    /// Bytes of a block device's logical sector.
    public var sectorBytes: Int?
    /// Bits per second that a network port has agreed on with what is at the other end; absent for other devices.
    public var portBitsPerSecond: Reported<Double>?

    public init(
        kind: Kind, name: String, busId: String?, vendor: String?, model: String?, numaNode: Int?,
        subtype: String? = nil, processingUnitList: String? = nil, link: PCILink? = nil, memoryBytes: UInt64? = nil,
        computeUnits: Int? = nil, capacityBytes: UInt64? = nil, sectorBytes: Int? = nil,
        portBitsPerSecond: Reported<Double>? = nil
    ) {
        self.kind = kind
        self.name = name
        self.busId = busId
        self.vendor = vendor
        self.model = model
        self.numaNode = numaNode
        self.subtype = subtype
        self.processingUnitList = processingUnitList
        self.link = link
        self.memoryBytes = memoryBytes
        self.computeUnits = computeUnits
        self.capacityBytes = capacityBytes
        self.sectorBytes = sectorBytes
        self.portBitsPerSecond = portBitsPerSecond
    }
}

/// A PCI Express link: what it runs at, and what both ends could do.
public struct PCILink: Codable, Sendable, Equatable {
    /// Bytes per second in one direction, as hwloc reckons it from speed, width and coding.
    public var bytesPerSecond: Reported<Double>
    /// Transfers per second and lane, from sysfs: 16e9 for `16.0 GT/s PCIe`.
    public var speed: Reported<Double>
    /// Lanes.
    public var width: Reported<Int>
    public var maximumSpeed: Reported<Double>
    public var maximumWidth: Reported<Int>

    public init(
        bytesPerSecond: Reported<Double>, speed: Reported<Double>, width: Reported<Int>,
        maximumSpeed: Reported<Double>, maximumWidth: Reported<Int>
    ) {
        self.bytesPerSecond = bytesPerSecond
        self.speed = speed
        self.width = width
        self.maximumSpeed = maximumSpeed
        self.maximumWidth = maximumWidth
    }
}
