import Model
import Probe
import TestSupport
import Testing

struct DeviceTests {
    private func device(_ busId: String, _ topology: Topology) throws -> Device {
        try #require(topology.devices.first { $0.busId == busId })
    }

    @Test func linksAreReadNowAndAtMost() throws {
        let topology = try Fixtures.machine("accelerators").topology
        let whole = try #require(try device("0000:17:00.0", topology).link)
        #expect(whole.speed == .known(32e9))
        #expect(whole.width == .known(16))
        #expect(whole.maximumSpeed == .known(32e9))
        #expect(whole.maximumWidth == .known(16))
        #expect(abs((whole.bytesPerSecond.value ?? 0) - 63.015e9) < 1e6)
        let half = try #require(try device("0000:18:00.0", topology).link)
        #expect(half.width == .known(8))
        #expect(half.maximumWidth == .known(16))
    }

    private static let database = """
        # pci.ids, a few lines of it
        0001  SafeNet (wrong ID)
        10de  NVIDIA Corporation
        |\t1eb8  TU104GL [Tesla T4]
        |\t2330  GH100 [H100 SXM5 80GB]
        |\t\t10de 16c1  A card with this chip
        15b3  Mellanox Technologies
        C 03  Display controller
        |\t02  3D controller
        """

    /// The lines as a captured tree holds them.
    private func tree(_ place: String, _ text: String) -> String {
        let lines = text.split(separator: "\n").map { "| " + ($0.hasPrefix("|") ? $0.dropFirst() : $0) }
        return "\(place):\n" + lines.joined(separator: "\n")
    }

    /// hwloc, read from captured files, knows numbers alone.
    @Test(arguments: ["usr/share/misc/pci.ids", "usr/share/hwdata/pci.ids"])
    func theDatabaseNamesWhatHwlocDoesNot(_ place: String) throws {
        let bare = try Fixtures.machine("accelerators")
        #expect(try device("0000:17:00.0", bare.topology).vendor == "0x10de")
        #expect(try device("0000:17:00.0", bare.topology).model == "0x2330")
        let named = try Fixtures.machine("accelerators", extra: tree(place, Self.database))
        let gpu = try device("0000:17:00.0", named.topology)
        #expect(gpu.vendor == "NVIDIA Corporation")
        #expect(gpu.model == "GH100 [H100 SXM5 80GB]")
        #expect(named.accelerators.first { $0.busId == gpu.busId }?.model == .known("GH100 [H100 SXM5 80GB]"))
        // A vendor of whom the file does not know the device.
        let port = try #require(named.topology.devices.first { $0.vendor == "Mellanox Technologies" })
        #expect(port.model?.hasPrefix("0x") == true)
    }

    /// A whole database is searched by halves, and one that is out of order from end to end.
    @Test(arguments: [false, true]) func vendorsAreFoundAmongThousands(isReversed: Bool) throws {
        var vendors = stride(from: 0x10, to: 0xfff0, by: 33).filter { $0 != 0x10de && $0 != 0x15b3 }.map { vendor in
            let digits = String(vendor, radix: 16)
            let number = String(repeating: "0", count: 4 - digits.count) + digits
            return "\(number)  Vendor \(number)\n|\t2330  Another chip\n|\t\t10de 16c1  A card\n|\t0002  One more\n"
        }
        vendors += ["10de  NVIDIA Corporation\n|\t2330  GH100\n", "15b3  Mellanox Technologies\n"]
        vendors.sort()
        if isReversed { vendors.reverse() }
        let database = "# all of them\n" + vendors.joined() + "C 03  Display controller\n|\t02  3D controller"
        let topology = try Fixtures.machine("accelerators", extra: tree("usr/share/misc/pci.ids", database)).topology
        #expect(try device("0000:17:00.0", topology).vendor == "NVIDIA Corporation")
        #expect(try device("0000:17:00.0", topology).model == "GH100")
        #expect(topology.devices.contains { $0.vendor == "Mellanox Technologies" })
    }

    @Test func aDamagedDatabaseNamesNothingAndBreaksNothing() throws {
        let plain = try Fixtures.machine("accelerators").topology.devices.map(\.model)
        for text in ["", "10d", "10de", "10de  ", "|\t2330  before any vendor", "zzzz  no number", "10de  NV\n|\t2330"]
        {
            let devices = try Fixtures.machine("accelerators", extra: tree("usr/share/misc/pci.ids", text)).topology
                .devices
            #expect(devices.map(\.model) == plain, "\(text)")
        }
        let tree = try Fixtures.tree("accelerators")
        let binary = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 3) }
        try tree.write("usr/share/misc/pci.ids", bytes: binary)
        #expect(try Probe.machine(ProbeOptions(sysroot: tree.path)).topology.devices.map(\.model) == plain)
        // A name is one short line of plain text.
        let long = "10de  NV\u{1B}[31m\n|\t2330  " + String(repeating: "x", count: 9000)
        let hostile = try Fixtures.machine("accelerators", extra: self.tree("usr/share/misc/pci.ids", long)).topology
        #expect(try device("0000:17:00.0", hostile).vendor == "NV [31m")
        #expect(try device("0000:17:00.0", hostile).model?.count == 120)
    }

    @Test func damagedLinksAreUnknownWithTheirFile() throws {
        let link = try #require(try device("0001:98:00.0", Fixtures.machine("accelerators").topology).link)
        #expect(link.speed.reason == "/sys/bus/pci/devices/0001:98:00.0/current_link_speed: not a speed")
        #expect(link.width.reason?.contains("no link") == true)
        #expect(link.maximumSpeed.reason?.contains("max_link_speed") == true)
        #expect(link.maximumWidth.reason?.contains("max_link_width") == true)
    }

    @Test func portsTellTheirSpeedOrWhyNot() throws {
        let topology = try Fixtures.machine("accelerators").topology
        let ports = Dictionary(
            uniqueKeysWithValues: topology.devices.compactMap { device in
                device.portBitsPerSecond.map { (device.name, $0) }
            })
        #expect(
            ports == [
                "mlx5_0": .known(400e9), "ens1f0": .known(100e9),
                "enx(address)": .unknown("the interface tells no speed"),
            ])
        // Found by its place on the bus, because its name is an address.
        let extra = "sys/devices/pci0001:99/0001:99:00.1/net/enx02feedfacade/speed = 2500"
        let renamed = try Fixtures.machine("accelerators", extra: extra).topology.devices
        #expect(renamed.first { $0.name == "enx(address)" }?.portBitsPerSecond == .known(2.5e9))
    }

    @Test func devicesAreNearProcessorsAndMemory() throws {
        let topology = try Fixtures.machine("accelerators").topology
        #expect(try device("0001:97:00.0", topology).processingUnitList == "2-3")
        #expect(try device("0001:97:00.0", topology).numaNode == 1)
        #expect(try device("0001:97:00.0", topology).kind == .coprocessor)
        #expect(try device("0000:17:00.0", topology).processingUnitList == "0-1")
    }

    @Test func pluginsTellSizes() throws {
        let devices = try Fixtures.topology("gpu-plugins").topology.devices
        func named(_ name: String) throws -> Device { try #require(devices.first { $0.name == name }) }
        let cuda = try named("cuda0")
        #expect(cuda.memoryBytes.map { $0 >> 10 } == 83_036_160)
        #expect(cuda.computeUnits == 132)
        #expect(cuda.subtype == "CUDA")
        // Newer versions of hwloc write the unit behind the number.
        #expect(try named("opencl0d1").memoryBytes == cuda.memoryBytes)
        #expect(try named("rsmi0").memoryBytes.map { $0 >> 10 } == 67_092_480)
        let xe = try named("ze0")
        #expect(xe.memoryBytes.map { $0 >> 30 } == 128)
        #expect(xe.computeUnits == 1024)
        #expect(xe.model == "Intel(R) Data Center GPU Max 1550")
        let disk = try named("nvme0n1")
        #expect(disk.capacityBytes.map { $0 >> 10 } == 3_750_738_264)
        #expect(disk.sectorBytes == 512)
        #expect(try named("nvml0").memoryBytes == nil)
        #expect(try named("mlx5_0").kind == .openFabrics)
        #expect(devices.first { $0.busId == "0000:0a:00.0" }?.name == "Fibre Channel controller")
    }

    @Test func anOldFileHasTheSameDevices() throws {
        let new = try Fixtures.topology("gpu-plugins").topology
        let old = try Fixtures.topology("old-format-devices").topology
        #expect(old.devices.map(\.name) == new.devices.map(\.name))
        #expect(old.devices.map(\.busId) == new.devices.map(\.busId))
        #expect(old.devices.map(\.memoryBytes) == new.devices.map(\.memoryBytes))
    }
}
