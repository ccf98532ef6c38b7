import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// What the stub of NVIDIA's library says, joined with a captured machine's bus.
struct NVMLAnswerTests {
    private func find(_ answer: NVMLAnswer, tree name: String = "nvidia-gpus") throws -> AcceleratorProbe.Findings {
        let tree = try Fixtures.tree(name)
        let hwloc = try HwlocTopology(.sysroot(tree.path))
        let functions = hwloc.pciFunctions()
        return AcceleratorProbe.find(
            SystemFiles(root: tree.path), functions, ProbeOptions(sysroot: tree.path, isDeep: true), answer)
    }

    @Test func everythingOfTwoGPUsIsTold() throws {
        let stub = try StubNVML()
        let findings = try find(NVMLAnswer(library: stub.path, includesIdentifiers: false))
        #expect(findings.accelerators.map(\.busId) == ["0000:41:00.0", "0000:c1:00.0"])
        #expect(findings.note.value?.hasPrefix("1 × NVIDIA H100 80GB HBM3; 1 × NVIDIA Tesla P4") == true)
        let gpu = findings.accelerators[0]
        #expect(gpu.numaNode == 0)
        #expect(gpu.compute.value?.interface == .known("CUDA 12.4"))
        #expect(gpu.memory.value?.reservedBytes == .known(512 << 20))
        #expect(gpu.clocks.value?.map(\.domain) == ["graphics", "multiprocessor", "memory"])
        #expect(gpu.clocks.value?[1].application == .known(1755e6))
        #expect(gpu.power.value?.hasEnergyCounter == .known(true))
        #expect(gpu.modes.value?.map(\.current) == [.known("on"), .known("on"), .known("on"), .known("default")])
        #expect(gpu.instances.map(\.multiprocessors) == [.known(60), .known(60)])
        #expect(gpu.interconnect.value?.links.count == 4)
        #expect(gpu.interconnect.value?.links[2].remote.value == nil)
        let board = findings.accelerators[1]
        #expect(board.power.value?.hasEnergyCounter == .known(false))
        #expect(
            board.modes.value?[0]
                == Accelerator.Mode(name: "errorCorrection", current: .known("off"), pending: .known("on")))
        #expect(board.interconnect.reason == "nvmlDeviceGetNvLinkState: not supported")
        #expect(board.instances.isEmpty)
        let json = try JSON.document(findings.accelerators)
        #expect(!String(decoding: json, as: UTF8.self).contains("PLANTED"))
    }

    @Test func identifiersAreGivenToWhoAsks() throws {
        let stub = try StubNVML()
        let answer = NVMLAnswer(library: stub.path, includesIdentifiers: true)
        #expect(answer.accelerators.map(\.uuid) == ["GPU-PLANTED-UUID", "GPU-PLANTED-UUID"])
        #expect(answer.accelerators.map(\.serial) == ["PLANTED-SERIAL", nil])
    }

    @Test func missingSymbolsCostOnlyTheirFields() throws {
        let stub = try StubNVML("OLD")
        let gpu = try find(NVMLAnswer(library: stub.path, includesIdentifiers: false)).accelerators[0]
        #expect(gpu.power.value?.current == .known(71.25))
        #expect(gpu.power.value?.hasEnergyCounter == .unknown("this NVML has no nvmlDeviceGetTotalEnergyConsumption"))
        #expect(gpu.memory.value?.bytes == .known(80 << 30))
        #expect(gpu.memory.value?.reservedBytes == .unknown("this NVML counts it as used"))
        #expect(gpu.modes.value?[1].current == .unknown("this NVML has no nvmlDeviceGetMigMode"))
        #expect(gpu.throttleReasons == .known(["idle"]))
    }

    @Test func aLibraryThatFailsLeavesTheDevicesByTheirPlace() throws {
        let stub = try StubNVML("INIT=4")
        let answer = NVMLAnswer(library: stub.path, includesIdentifiers: false)
        let reason = "NVML cannot be initialised: no permission"
        let findings = try find(answer)
        #expect(findings.accelerators.map(\.model) == [.known("NVIDIA H100 80GB HBM3"), .known("Tesla P4")])
        #expect(findings.accelerators.map(\.clocks) == [.unknown(reason), .unknown(reason)])
        // Where no device shows, the failure is told beside.
        let hidden = try find(answer, tree: "bare-guest")
        #expect(hidden.note == .known("no GPU or other accelerator is visible; \(reason)"))
    }

    @Test func devicesOnAHiddenBusAreToldAllTheSame() throws {
        let stub = try StubNVML()
        let findings = try find(NVMLAnswer(library: stub.path, includesIdentifiers: false), tree: "bare-guest")
        #expect(findings.accelerators.map(\.pciId) == ["10de:2330", "10de:1bb3"])
    }

    @Test func aClosedDeviceSaysSo() throws {
        let stub = try StubNVML("REFUSED")
        let findings = try find(NVMLAnswer(library: stub.path, includesIdentifiers: false))
        #expect(findings.accelerators[0].temperatureCelsius == .known(30))
        #expect(findings.accelerators[1].clocks == .unknown("nvmlDeviceGetHandleByIndex_v2: no permission"))
    }

    @Test(arguments: ["UNTERMINATED", "NOT_TEXT", "GARBAGE", "SILENT", "COUNT=4000000000u", "NULL_HANDLE"])
    func nonsenseIsNeverRepeated(_ variant: String) throws {
        let stub = try StubNVML(variant)
        let findings = try find(NVMLAnswer(library: stub.path, includesIdentifiers: true))
        #expect(findings.accelerators.count == 2)
        #expect(findings.accelerators.allSatisfy { $0.uuid == nil && $0.serial == nil || variant == "GARBAGE" })
        let json = String(decoding: try JSON.document(findings.accelerators), as: UTF8.self)
        #expect(!json.contains("AAAA") && !json.contains("\\u001b"))
    }

    /// Nothing is loaded for captured files, without a driver, or by a plain probe.
    @Test func theLibraryIsOnlyAskedWhereItCanAnswer() throws {
        let stub = try StubNVML()
        let tree = try Fixtures.tree("nvidia-gpus")
        let captured = SystemFiles(root: tree.path)
        let deep = ProbeOptions(isDeep: true)
        #expect(NVMLAnswer.ask(captured, deep, library: stub.path).reason == "not known from captured files")
        #expect(
            NVMLAnswer.ask(SystemFiles(), ProbeOptions(), library: stub.path).reason
                == "asked only by a deep probe (--deep)")
        #expect(NVMLAnswer.ask(SystemFiles(), deep, library: stub.path).accelerators.count == 2)
    }
}
