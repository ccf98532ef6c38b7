import DynamicLibrary
import Foundation
import TestSupport
import Testing

@testable import NVML

/// Libraries that lack something, refuse, or answer nonsense.
struct NVMLFaultTests {
    private func failure(_ path: String) -> NVMLError? {
        do throws(NVMLError) {
            _ = try NVML(path: path)
            return nil
        } catch {
            return error
        }
    }

    @Test func anAbsentLibraryIsAnErrorWithoutThePathToIt() throws {
        let error = try #require(failure("/home/planted-user/lib/libnvidia-ml.so.1"))
        guard case .absent(let problem) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(problem.hasPrefix("libnvidia-ml.so.1: cannot open shared object file"))
        #expect(!error.description.contains("planted-user"))
    }

    @Test(arguments: [
        (9, "the NVIDIA driver is not loaded"), (4, "no permission"), (18, "different versions"), (77, "77"),
    ])
    func aLibraryThatDoesNotInitialiseSaysWhy(_ code: Int32, _ words: String) throws {
        let stub = try StubNVML("INIT=\(code)")
        let error = try #require(failure(stub.path))
        #expect(error == .notInitialised(NVMLResult(rawValue: code)))
        #expect(error.description.contains(words))
    }

    @Test func anOldReleaseLosesOnlyWhatItLacks() throws {
        let stub = try StubNVML("OLD")
        let nvml = try NVML(path: stub.path)
        let device = try #require(try nvml.devices().first).get()
        let memory = try nvml.memory(device)
        #expect(memory.total == 80 << 30)
        #expect(memory.reserved == nil)
        #expect(try nvml.temperature(device) == 29)
        #expect(try nvml.throttleReasons(device) == ["idle"])
        #expect(try nvml.power(device) == 71.25)
        #expect(throws: NVMLError.symbolAbsent("nvmlDeviceGetTotalEnergyConsumption")) { try nvml.energy(device) }
        #expect(throws: NVMLError.symbolAbsent("nvmlDeviceGetNumGpuCores")) { try nvml.cores(device) }
    }

    @Test(arguments: [
        ("UNTERMINATED", "a text without an end"), ("NOT_TEXT", "a text that is not ASCII"), ("SILENT", "empty"),
    ])
    func whatIsNoTextIsNotRead(_ variant: String, _ problem: String) throws {
        let stub = try StubNVML(variant)
        let nvml = try NVML(path: stub.path)
        let device = try #require(try nvml.devices().first).get()
        for question in [{ try nvml.driverVersion() }, { try nvml.name(device) }, { try nvml.firmwareVersion(device) }]
        {
            let error = #expect(throws: NVMLError.self) { try question() }
            #expect(error?.description.contains(problem) == true)
        }
    }

    @Test(arguments: [UInt32.max, 257])
    func anAbsurdNumberOfDevicesIsRefused(_ count: UInt32) throws {
        let stub = try StubNVML("COUNT=\(count)u")
        let nvml = try NVML(path: stub.path)
        #expect(throws: NVMLError.implausible(function: "nvmlDeviceGetCount_v2", problem: "\(count) devices")) {
            _ = try nvml.devices()
        }
    }

    @Test(arguments: ["GARBAGE", "SILENT"])
    func numbersBeyondAllBoundsAreRefused(_ variant: String) throws {
        let stub = try StubNVML(variant)
        let nvml = try NVML(path: stub.path)
        let device = try #require(try nvml.devices().first).get()
        func refuses(_ question: () throws -> Void) {
            #expect { try question() } throws: { if case NVMLError.implausible = $0 { true } else { false } }
        }
        refuses { _ = try nvml.cudaVersion() }
        refuses { _ = try nvml.pci(device) }
        refuses { _ = try nvml.computeCapability(device) }
        refuses { _ = try nvml.clock(.memory, device) }
        refuses { _ = try nvml.powerLimit(.enforced, device) }
        refuses { _ = try nvml.powerLimits(device) }
        refuses { _ = try nvml.power(device) }
        refuses { _ = try nvml.errorCorrection(device) }
        refuses { _ = try nvml.multiInstance(device) }
        refuses { _ = try nvml.computeMode(device) }
        refuses { _ = try nvml.pcie(.lanes, device) }
        refuses { _ = try nvml.links(device) }
        refuses { _ = try nvml.instances(device) }
        refuses { _ = try nvml.cores(device) }
        refuses { _ = try nvml.utilization(device) }
        if variant == "GARBAGE" {
            refuses { _ = try nvml.memory(device) }
            refuses { _ = try nvml.hostVisibleBytes(device) }
            refuses { _ = try nvml.throttleReasons(device) }
        }
    }

    @Test func aDeviceThatIsClosedLeavesTheOther() throws {
        let stub = try StubNVML("REFUSED")
        let nvml = try NVML(path: stub.path)
        let devices = try nvml.devices()
        #expect(try nvml.name(devices[0].get()) == "NVIDIA H100 80GB HBM3")
        #expect(throws: NVMLError.failed(function: "nvmlDeviceGetHandleByIndex_v2", .noPermission)) {
            _ = try devices[1].get()
        }
    }

    @Test func successWithoutAHandleIsNoDevice() throws {
        let stub = try StubNVML("NULL_HANDLE")
        let nvml = try NVML(path: stub.path)
        let devices = try nvml.devices()
        for device in devices { #expect(throws: NVMLError.self) { _ = try device.get() } }
    }
}

/// The environment is the process's: nothing else reads this variable while it is set but this.
@Suite(.serialized) struct NVMLNameTests {
    @Test func aUserMayNameTheLibrary() {
        #expect(NVML.candidates(path: "/given.so").names == ["/given.so"])
        #expect(NVML.isNamed(path: "/given.so"))
        setenv(NVML.variable, "/from/environment.so", 1)
        #expect(NVML.candidates().names == ["/from/environment.so"])
        unsetenv(NVML.variable)
        #expect(NVML.candidates().names == NVML.wellKnown)
        #expect(!NVML.isNamed())
    }
}
