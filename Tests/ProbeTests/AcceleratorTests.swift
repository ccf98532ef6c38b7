import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// Captured machines with GPUs, asked deeply: everything comes from files.
struct AcceleratorTests {
    private func deep(_ name: String, extra: String = "", identifiers: Bool = false) throws -> [Accelerator] {
        let tree = try Fixtures.tree(name, extra: extra)
        return try withExtendedLifetime(tree) {
            let options = ProbeOptions(sysroot: tree.path, isDeep: true, includesIdentifiers: identifiers)
            return try Probe.machine(options).accelerators
        }
    }

    @Test func amdgpuIsReadWhole() throws {
        let gpus = try deep("amd-gpus")
        #expect(gpus.map(\.busId) == ["0000:03:00.0", "0000:63:00.0", "0000:83:00.0"])
        let gpu = gpus[0]
        #expect(gpu.model == .known("AMD Instinct MI210"))
        #expect(gpu.memory.value?.bytes == .known(68_702_699_520))
        #expect(gpu.memory.value?.freeBytes == .known(68_702_699_520 - 11_399_168))
        #expect(gpu.compute.value?.capability == .known("gfx90a"))
        #expect(gpu.compute.value?.multiprocessors == .known(104))
        #expect(gpu.clocks.value?.map(\.domain) == ["graphics", "memory"])
        #expect(gpu.clocks.value?.map(\.current) == [.known(800e6), .known(1600e6)])
        #expect(gpu.clocks.value?.map(\.maximum) == [.known(1700e6), .known(1600e6)])
        #expect(gpu.power.value?.current == .known(41))
        #expect(gpu.power.value?.limit == .known(300))
        #expect(gpu.power.value?.minimumLimit.reason?.contains("reads 0") == true)
        #expect(gpu.power.value?.hasEnergyCounter == .known(false))
        #expect(gpu.temperatureCelsius == .known(36))
        #expect(gpu.utilization == .known(0))
        #expect(gpu.interconnect.value == Accelerator.Interconnect(name: "XGMI", links: [], peers: 1))
        #expect(gpu.modes.value?.map(\.name) == ["performanceLevel", "computePartition"])
        #expect(gpu.throttleReasons.reason?.contains("gpu_metrics") == true)
        #expect(gpus[2].hostLink.value?.generation == .known(1))
        #expect(gpus[2].hostLink.value?.maximumGeneration == .known(4))
    }

    @Test func gpuMetricsFillInWhatFilesLack() throws {
        let tree = try Fixtures.tree(
            "amd-gpus", extra: "sys/devices/pci0000:03/0000:03:00.0/hwmon/hwmon1/power1_average = x")
        try tree.write(
            "sys/devices/pci0000:03/0000:03:00.0/gpu_metrics",
            bytes: MetricsTable(120, 1, 3).with(22, 43).with(24, 99, width: 8).with(54, 1005).with(
                112, 1 << 36, width: 8
            ).bytes)
        let gpu = try Probe.machine(ProbeOptions(sysroot: tree.path, isDeep: true)).accelerators[0]
        #expect(gpu.power.value?.current == .known(43))
        #expect(gpu.power.value?.hasEnergyCounter == .known(true))
        #expect(gpu.clocks.value?[0].current == .known(1005e6))
        #expect(gpu.throttleReasons == .known(["hotspot temperature"]))
    }

    /// Nothing is asked of it that would wake it, unless a deep probe is asked for.
    @Test func aSleepingDeviceIsLeftAlone() throws {
        let gpu = try Fixtures.machine("amd-gpus").accelerators[2]
        #expect(gpu.hostLink == .unknown("asleep: only a deep probe (--deep) wakes it"))
        #expect(gpu.clocks == .unknown("asleep: only a deep probe (--deep) wakes it"))
        #expect(gpu.memory.value?.bytes == .known(25_753_026_560))
        #expect(gpu.firmwareVersion == .known("113-31XTX1-P1"))
    }

    @Test func intelGPUsAreReadWithEitherDriver() throws {
        let devices = try deep("intel-gpus")
        #expect(devices.map(\.kind) == [.gpu, .neuralProcessor, .gpu])
        #expect(devices.map(\.driver) == [.known("i915"), .known("intel_vpu"), .known("xe")])
        let integrated = devices[0]
        #expect(integrated.clocks.value?.map(\.domain) == ["graphics"])
        #expect(integrated.clocks.value?[0].maximum == .known(2250e6))
        // Its clock is gated now; what was requested last is told instead.
        #expect(integrated.clocks.value?[0].current == .known(800e6))
        #expect(integrated.throttleReasons == .known(["sustained power limit", "temperature"]))
        #expect(integrated.modes.value?[0].current == .known("2200 MHz"))
        #expect(integrated.memory.value == nil)
        let discrete = devices[2]
        #expect(discrete.memory.value?.bytes == .known(12 << 30))
        #expect(discrete.clocks.value?.map(\.domain) == ["tile0 gt0", "tile0 gt1"])
        #expect(discrete.clocks.value?.map(\.maximum) == [.known(2850e6), .known(1200e6)])
        #expect(discrete.power.value?.limit == .known(250))
        #expect(discrete.power.value?.defaultLimit == .known(190))
        #expect(discrete.power.value?.hasEnergyCounter == .known(true))
        #expect(discrete.power.value?.current.value == nil)
        #expect(discrete.temperatureCelsius == .known(41))
        #expect(discrete.throttleReasons == .known([]))
    }

    @Test func olderI915HasItsFilesOnTheCard() throws {
        let card = "sys/devices/pci0000:00/0000:00:1f.0/drm/card5"
        let extra = """
            sys/class/drm/card5 -> ../../devices/pci0000:00/0000:00:1f.0/drm/card5
            \(card)/device -> ../../../0000:00:1f.0
            \(card)/gt_cur_freq_mhz = 350
            \(card)/gt_RP0_freq_mhz = 1100
            \(card)/lmem_total_bytes = 4294967296
            sys/devices/pci0000:00/0000:00:1f.0/uevent:
            | DRIVER=i915
            | PCI_CLASS=30000
            | PCI_ID=8086:4905
            | PCI_SLOT_NAME=0000:00:1f.0
            """
        let gpu = try #require(try deep("bare-guest", extra: extra).first)
        #expect(gpu.pciId == "8086:4905")
        #expect(gpu.clocks.value?[0].current == .known(350e6))
        #expect(gpu.clocks.value?[0].maximum == .known(1100e6))
        #expect(gpu.memory.value?.bytes == .known(4 << 30))
    }

    @Test func nvidiaIsNamedByItsDriverWithoutTheLibrary() throws {
        let gpus = try deep("nvidia-gpus")
        #expect(gpus.map(\.model) == [.known("NVIDIA H100 80GB HBM3"), .known("Tesla P4")])
        #expect(gpus.map(\.driverVersion) == [.known("550.54.14"), .known("550.54.14")])
        #expect(gpus[0].firmwareVersion == .known("96.00.89.00.01"))
        #expect(gpus[1].firmwareVersion.reason?.hasSuffix("Video BIOS is not told") == true)
        #expect(gpus[0].hostLink.value?.generation == .known(5))
        #expect(gpus[0].clocks == .unknown("not known from captured files"))
    }

    @Test func whatOnlyDrawsIsNoAccelerator() throws {
        let machine = try Fixtures.machine("nvidia-gpus")
        #expect(machine.accelerators.count == 2)
        let note = "1 × NVIDIA H100 80GB HBM3; 1 × NVIDIA Tesla P4; a display adapter that only draws (Matrox)"
        #expect(machine.acceleratorsNote == .known(note))
    }

    @Test func settingsAreAmongTheTunables() throws {
        let tree = try Fixtures.tree("amd-gpus")
        let options = ProbeOptions(sysroot: tree.path, isDeep: true)
        let tunables = try Probe.machine(options).tunables
        #expect(tunables == Probe.tunables(options))
        let limit = tunables.first { $0.name == "acceleratorPowerLimit 0000:63:00.0" }
        #expect(limit?.value == .known("300\u{A0}W"))
        #expect(
            tunables.contains { $0.name == "acceleratorPerformanceLevel 0000:03:00.0" && $0.value == .known("auto") })
        #expect(try !Fixtures.machine("amd-gpus").tunables.contains { $0.name.hasPrefix("accelerator") })
    }

    @Test func noneIsAPlainAnswer() throws {
        let machine = try Fixtures.machine("bare-guest")
        #expect(machine.accelerators.isEmpty)
        #expect(machine.acceleratorsNote == .known("no GPU or other accelerator is visible"))
    }

    @Test func aDeviceWithoutADriverIsThereByItsPlace() throws {
        let extra = """
            sys/bus/pci/devices/0000:05:00.0 -> ../../../devices/pci0000:05/0000:05:00.0
            sys/devices/pci0000:05/0000:05:00.0/class = 0x030200
            sys/devices/pci0000:05/0000:05:00.0/vendor = 0x10de
            sys/devices/pci0000:05/0000:05:00.0/device = 0x20b0
            sys/devices/pci0000:05/0000:05:00.0/uevent = PCI_SLOT_NAME=0000:05:00.0
            """
        let gpu = try #require(try deep("bare-guest", extra: extra).first)
        #expect(gpu.vendor == .known("NVIDIA"))
        #expect(gpu.pciId == "10de:20b0")
        #expect(gpu.driver == .unknown("no driver is bound"))
        #expect(gpu.memory == .unknown("no driver is bound"))
    }

    @Test func aTopologyFileTellsPlaceAndKind() throws {
        let machine = try Fixtures.topology("captured-nvidia-gpus")
        #expect(machine.accelerators.map(\.busId) == ["0000:41:00.0", "0000:c1:00.0"])
        #expect(machine.accelerators[0].driver.reason?.contains("topology file") == true)
        #expect(try Fixtures.topology("smt").acceleratorsNote.reason == "the topology file holds no devices")
    }

    @Test(arguments: ["amd-gpus", "intel-gpus", "nvidia-gpus"])
    func deepAnswersHoldNoIdentifierUnlessAsked(_ name: String) throws {
        let tree = try Fixtures.tree(name)
        let machine = try Probe.machine(ProbeOptions(sysroot: tree.path, isDeep: true))
        let json = try Fixtures.json(machine)
        for word in ["PLANTED", "deadbeef", "planted-host"] { #expect(!json.contains(word)) }
        if name == "amd-gpus" {
            let gpu = try deep(name, identifiers: true)[1]
            #expect(gpu.uuid == "deadbeef00000002")
            #expect(gpu.serial == "PLANTED-SERIAL-2")
        }
    }
}
