import DynamicLibrary
import TestSupport
import Testing

@testable import NVML

/// The first device of a stub, asked one thing. The library's lifetime is that of the question.
private func ask<Value>(
    _ stub: StubNVML, device index: Int = 0, _ question: (borrowing NVML, NVMLDevice) throws -> Value
) throws -> Value {
    let nvml = try NVML(path: stub.path)
    let devices = try nvml.devices()
    return try question(nvml, devices[index].get())
}

/// Against a stub: no machine with a GPU is needed, and none vouches for these declarations.
struct NVMLTests {
    @Test func theSystemIsTold() throws {
        let stub = try StubNVML()
        let nvml = try NVML(path: stub.path)
        #expect(try nvml.driverVersion() == "550.54.14")
        #expect(try nvml.version() == "12.550.54.14")
        #expect(try nvml.cudaVersion() == "12.4")
        #expect(try nvml.devices().count == 2)
    }

    @Test func theDeviceIsTold() throws {
        let stub = try StubNVML()
        try ask(stub) { (nvml, device) throws in
            #expect(try nvml.name(device) == "NVIDIA H100 80GB HBM3")
            #expect(try nvml.firmwareVersion(device) == "96.00.89.00.01")
            let pci = try nvml.pci(device)
            #expect(pci.busId == "0000:41:00.0")
            #expect(pci.vendor == 0x10de)
            #expect(pci.device == 0x2330)
            #expect(try nvml.computeCapability(device) == "9.0")
            #expect(try nvml.cores(device) == 16896)
            #expect(try nvml.uuid(device) == "GPU-PLANTED-UUID")
            #expect(try nvml.serial(device) == "PLANTED-SERIAL")
        }
    }

    @Test func readingsAreInBaseUnits() throws {
        let stub = try StubNVML()
        try ask(stub) { (nvml, device) throws in
            #expect(try nvml.clock(.multiprocessor, device) == 345e6)
            #expect(try nvml.maximumClock(.memory, device) == 2619e6)
            #expect(try nvml.applicationClock(.graphics, device) == 1755e6)
            #expect(try nvml.power(device) == 71.25)
            #expect(try nvml.powerLimit(.enforced, device) == 700)
            #expect(try nvml.powerLimits(device) == 200...700)
            #expect(try nvml.energy(device) == 123456.789)
            #expect(try nvml.temperature(device) == 30)
            #expect(try nvml.utilization(device) == 0.03)
            #expect(
                try nvml.throttleReasons(device) == [
                    "idle", "software power cap", "hardware thermal slowdown", "bit 63",
                ])
        }
    }

    @Test func versionedMemoryTellsWhatIsReserved() throws {
        let stub = try StubNVML()
        try ask(stub) { (nvml, device) throws in
            let memory = try nvml.memory(device)
            #expect(memory.total == 80 << 30)
            #expect(memory.free == 79 << 30)
            #expect(memory.reserved == 512 << 20)
            #expect(try nvml.hostVisibleBytes(device) == 128 << 30)
        }
    }

    @Test func linksAndModesAreTold() throws {
        let stub = try StubNVML()
        try ask(stub) { (nvml, device) throws in
            let links = try nvml.links(device)
            #expect(links.map(\.isActive) == [true, true, true, false])
            #expect(try links.map { try $0.version.get() } == Array(repeating: "4.0", count: 4))
            #expect(try links.prefix(2).map { try $0.remote.get() } == ["GPU", "switch"])
            #expect(throws: NVMLError.self) { try links[2].remote.get() }
            #expect(try nvml.pcie(.generation, device) == 5)
            #expect(try nvml.pcie(.maximumLanes, device) == 16)
            #expect(try nvml.errorCorrection(device) == NVML.Mode(isOn: true, willBeOn: true))
            #expect(try nvml.multiInstance(device).isOn)
            #expect(try nvml.persistence(device))
            #expect(try nvml.computeMode(device) == "default")
            let instances = try nvml.instances(device)
            #expect(instances.count == 2)
            #expect(try instances[0].share.get().multiprocessors == 60)
            #expect(try instances[0].share.get().bytes == 40448 << 20)
        }
    }

    @Test func whatADeviceDoesNotSupportIsAnErrorOfThatCall() throws {
        let stub = try StubNVML()
        try ask(stub, device: 1) { (nvml, device) throws in
            #expect(try nvml.name(device) == "Tesla P4")
            #expect(throws: NVMLError.failed(function: "nvmlDeviceGetTotalEnergyConsumption", .notSupported)) {
                try nvml.energy(device)
            }
            #expect(throws: NVMLError.failed(function: "nvmlDeviceGetNvLinkState", .notSupported)) {
                _ = try nvml.links(device)
            }
            #expect(try nvml.throttleReasons(device) == [])
            #expect(try nvml.errorCorrection(device) == NVML.Mode(isOn: false, willBeOn: true))
            #expect(try nvml.computeMode(device) == "exclusive process")
        }
    }

    @Test func theLibraryIsShutDownAtTheEnd() throws {
        let stub = try StubNVML()
        let library = try DynamicLibrary(Candidates(names: [stub.path]))
        let count = try library.function("stub_open_count", as: (@convention(c) () -> Int32).self)
        try ask(stub) { _, _ in #expect(count() == 1) }
        #expect(count() == 0)
    }
}

/// What a run asks while it measures.
struct AcceleratorSlowdownTests {
    @Test func reasonsOfAllDevicesComeTogether() throws {
        let stub = try StubNVML()
        let slowdowns = try #require(AcceleratorSlowdowns(path: stub.path))
        let reasons = slowdowns.reasons()
        #expect(reasons.contains("hardware thermal slowdown") && reasons.contains("software power cap"))
        #expect(reasons == reasons.sorted() && Set(reasons).count == reasons.count)
    }

    @Test func withoutTheLibraryThereIsNothingToAsk() {
        #expect(AcceleratorSlowdowns(path: "/nonexistent/libnvidia-ml.so.1") == nil)
    }
}
