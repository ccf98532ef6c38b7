import Foundation
import TestSupport
import Testing

/// The executable with a stub of NVIDIA's library, named as a user would name one.
@Suite struct AcceleratorCommandTests {
    @Test func listingPowerAsksTheLibrary() throws {
        let stub = try StubNVML()
        let list = try Command.run("list", "power", environment: ["ASSAY_NVML": stub.path])
        #expect(list.status == 0)
        #expect(list.output.contains("2 devices: energy counter of 1, power reading only of 1"))
    }

    @Test func aLibraryThatCannotBeLoadedIsAReasonWithoutItsFolder() throws {
        let missing = "/home/planted-user/libnvidia-ml.so.1"
        let list = try Command.run("list", "power", environment: ["ASSAY_NVML": missing])
        #expect(list.status == 0)
        #expect(list.output.contains("NVML cannot be loaded: libnvidia-ml.so.1: cannot open shared object file"))
        #expect(!list.output.contains("planted-user"))
    }

    /// Neither a plain probe nor a captured machine has anything to do with it.
    @Test func theLibraryIsLeftAloneWhereItDoesNotBelong() throws {
        let stub = try StubNVML()
        let probe = try Command.run("probe", "--json", environment: ["ASSAY_NVML": stub.path])
        #expect(probe.status == 0)
        #expect(!probe.output.contains("H100"))
        let tree = try CapturedTree(text: "sys/devices/system/cpu/online = 0\nproc/cpuinfo:\n| processor : 0")
        let list = try Command.run("list", "power", environment: ["ASSAY_NVML": stub.path, "ASSAY_SYSROOT": tree.path])
        #expect(list.output.contains("no NVIDIA driver"))
        #expect(!list.output.contains("2 devices"))
    }
}
