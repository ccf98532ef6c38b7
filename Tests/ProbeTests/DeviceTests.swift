import Model
import Probe
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
