import Datasheet
import Document
import Model
import Testing

/// How accelerators are shown: compactly, and what is unknown once.
struct AcceleratorSheetTests {
    /// A server GPU of which most is known.
    static func gpu(_ bus: Int, powerNow: Double = 71) -> Accelerator {
        let none = "the driver does not tell"
        var gpu = Accelerator(kind: .gpu, busId: "0000:\(bus):00.0", unknown: none)
        gpu.pciId = "10de:2330"
        gpu.vendor = .known("NVIDIA")
        gpu.model = .known("NVIDIA H100 80GB HBM3")
        gpu.driver = .known("nvidia")
        gpu.memory = .known(
            Accelerator.Memory(
                bytes: .known(80 << 30), freeBytes: .known(79 << 30), reservedBytes: .unknown(none),
                hostVisibleBytes: .known(128 << 30)))
        gpu.clocks = .known([
            Accelerator.Clock(
                domain: "graphics", current: .known(345e6), maximum: .known(1980e6), application: .known(1755e6)),
            Accelerator.Clock(domain: "memory", current: .unknown(none), maximum: .known(2619e6)),
        ])
        gpu.power = .known(
            Accelerator.Power(
                current: .known(powerNow), limit: .known(600), defaultLimit: .known(700), minimumLimit: .known(200),
                maximumLimit: .known(700), hasEnergyCounter: .known(true)))
        gpu.hostLink = .known(
            Accelerator.HostLink(
                generation: .known(1), maximumGeneration: .known(5), lanes: .known(16), maximumLanes: .known(16)))
        gpu.interconnect = .known(
            Accelerator.Interconnect(
                name: "NVLink",
                links: (0..<18).map {
                    Accelerator.Link(index: $0, isActive: $0 != 3, version: .known("4.0"), remote: .known("switch"))
                }))
        gpu.modes = .known([
            Accelerator.Mode(name: "errorCorrection", current: .known("off"), pending: .known("on")),
            Accelerator.Mode(name: "multiInstance", current: .known("on"), pending: .known("on")),
        ])
        gpu.throttleReasons = .known(["software power cap"])
        gpu.instances = [
            Accelerator.Instance(name: .known("MIG 3g.40gb"), bytes: .known(40 << 30), multiprocessors: .known(60))
        ]
        return gpu
    }

    private func words(_ section: Int, _ accelerators: [Accelerator], note: Reported<String> = .known("none here"))
        -> String
    {
        var recording = Synthetic.normal()
        recording.bundle.machine.accelerators = accelerators
        recording.bundle.machine.acceleratorsNote = note
        return Datasheet.compose(recording).sections.first { $0.number == section }?.words ?? ""
    }

    @Test func devicesOfOneModelShareATable() {
        let text = words(4, [Self.gpu(41), Self.gpu(61, powerNow: 68)])
        #expect(text.contains("2 × NVIDIA H100 80GB HBM3\nBus\n0000:41:00.0, 0000:61:00.0"))
        #expect(text.contains("Memory\n80\u{A0}GiB\nMemory free\n79\u{A0}GiB"))
        #expect(text.contains("Power when probed\n71.0\u{A0}W; 68.0\u{A0}W"))
        #expect(
            text.contains(
                "Power limit\n600\u{A0}W (700\u{A0}W by default; may be set from 200\u{A0}W up to 700\u{A0}W)"))
        #expect(text.contains("1.98\u{A0}GHz at most, 1.76\u{A0}GHz for applications, 345\u{A0}MHz when probed"))
        #expect(text.contains("PCIe 5.0 × 16 at most, PCIe 1.0 × 16 when probed"))
        #expect(text.contains("NVLink 4.0, 18 links, 17 active, to switch"))
        #expect(text.contains("Error correction\noff, on after the next reset"))
        #expect(text.contains("Multi instance\non\n"))
        #expect(text.contains("MIG 3g.40gb (40\u{A0}GiB, 60 multiprocessors)"))
    }

    @Test func theReasonForWhatIsUnknownStandsOnce() {
        let text = words(4, [Self.gpu(41), Self.gpu(61)])
        #expect(text.ranges(of: "the driver does not tell").count == 1)
    }

    @Test func noneIsOneSentence() {
        #expect(words(4, []).contains("Accelerators: none here."))
        #expect(words(4, [], note: .unknown("not recorded")).contains("Accelerators: unknown: not recorded."))
    }

    @Test func mlperfNamesAreFilled() {
        let text = words(17, [Self.gpu(41), Self.gpu(61)])
        for (name, value) in [
            ("accelerators_per_node", "2"), ("accelerator_model_name", "NVIDIA H100 80GB HBM3"),
            ("accelerator_memory_capacity", "80\u{A0}GiB"), ("accelerator_frequency", "1.98\u{A0}GHz at most"),
            ("accelerator_host_interconnect", "PCIe 5.0 × 16 at most, PCIe 1.0 × 16 when probed"),
            ("accelerator_interconnect", "NVLink"),
            ("accelerator_interconnect_topology", "NVLink 4.0, 18 links, 17 active, to switch"),
        ] { #expect(text.contains("\(name)\n\(value)\n"), "\(name)") }
        // What section 4 lists is not "not probed" here.
        #expect(text.contains("host_storage_type\nvda, block device, Red Hat, Inc. Virtio block device\n"))
        #expect(text.contains("host_networking\n") && !text.contains("host_storage_type\nunknown"))
        let none = words(17, [])
        #expect(none.contains("accelerators_per_node\n0\n"))
        #expect(none.contains("accelerator_model_name\nnone\n"))
        #expect(!none.contains("accelerator_frequency"))
        let unknown = words(17, [], note: .unknown("not recorded"))
        #expect(unknown.contains("accelerators_per_node\nunknown: not recorded\n"))
    }

    @Test func theTreeHasABranchForEach() {
        var machine = Synthetic.machine
        machine.accelerators = [Self.gpu(41), Self.gpu(61)]
        machine.acceleratorsNote = .known("2 × NVIDIA H100 80GB HBM3")
        let text = Datasheet.machineTree(machine).words
        #expect(
            text.contains("Accelerators 2 × NVIDIA H100 80GB HBM3\n0000:41:00.0 NVIDIA H100 80GB HBM3\nDriver nvidia"))
        #expect(
            Datasheet.machineTree(Synthetic.machine).words.contains(
                "Accelerators no GPU or other accelerator is visible"))
    }
}
