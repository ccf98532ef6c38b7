import Foundation
import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// The small pieces from which a machine is read.
struct PartsTests {
    @Test(arguments: [
        ("Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz", 2.6e9), ("Old CPU @ 800 MHz", 8e8), ("AMD EPYC 9654", nil),
        ("strange @ fastGHz", nil), ("@", nil),
    ])
    func theFrequencyInAName(_ name: String, _ hertz: Double?) {
        #expect(Frequencies.inName(name) == hertz)
    }

    @Test(arguments: [
        ("eth0", "eth0"), ("enx02feedfacade", "enx(address)"), ("mlx5_0", "mlx5_0"), ("nvme0n1", "nvme0n1"),
        ("0123456789ab", "0123456789ab"),
    ])
    func aDeviceNameHoldsNoAddress(_ name: String, _ safe: String) {
        #expect(DeviceName.withoutAddress(name) == safe)
    }

    @Test func aLibraryOfAPersonLosesItsFolder() {
        #expect(PublishedPath.withoutPerson("/home/someone/lib/libhwloc.so.15") == "libhwloc.so.15")
        #expect(PublishedPath.withoutPerson("/usr/lib/libhwloc.so.15") == "/usr/lib/libhwloc.so.15")
    }

    @Test func policiesThatDifferAreCounted() throws {
        let tree = try Fixtures.tree("intel-hybrid", extra: "sys/devices/system/cpu/cpufreq/policy6/none = 1")
        let summary = FrequencyPolicies.summary(SystemFiles(root: tree.path), "policy*/scaling_governor")
        #expect(summary == .known("performance ×4, powersave ×2, unreadable ×1"))
    }

    @Test func mitigationsAreOneLine() throws {
        let tree = try Fixtures.tree("intel-hybrid")
        let folder = "/sys/devices/system/cpu/vulnerabilities"
        #expect(
            Vulnerabilities.summary(SystemFiles(root: tree.path), folder)
                == .known("1 mitigated, 1 vulnerable (reg_file_data_sampling), 1 not affected"))
    }

    @Test func aSetRefusesWhatIsNoNumberOfAProcessingUnit() {
        for numbers in [[-1], [1 << 40], [0, Bitmap.limit]] {
            let isNil = if Bitmap(numbers) == nil { true } else { false }
            #expect(isNil)
        }
        guard let set = Bitmap([3, 1, 2, 9]) else {
            Issue.record("no memory")
            return
        }
        let (numbers, list) = (set.numbers, set.view.list)
        #expect(numbers == [1, 2, 3, 9])
        #expect(list == "1-3,9")
    }
}

/// Binding this very process; it is given back its freedom at the end.
struct BindingTests {
    @Test func whatIsInForceIsReadBack() throws {
        let allowed = try #require(Limits(SystemFiles()).allowedProcessingUnits.value)
        let units = allowed.split(separator: ",").flatMap { part -> [Int] in
            let ends = part.split(separator: "-").compactMap { Int($0) }
            return ends.isEmpty ? [] : Array(ends[0]...ends[ends.count - 1])
        }
        let last = try #require(units.last)
        #expect(try Binding.bind(toProcessingUnits: [last]) == [last])
        #expect(try Binding.bind(toProcessingUnits: units) == units)
    }

    /// A policy is of one thread and of those that it starts: this one ends with the test. It is read back where it is set;
    /// a sandbox may forbid to set it, and then says so.
    @Test func memoryPoliciesAreInForceOrRefused() async {
        let answers = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let policies = [Placement.MemoryPolicy.local, .interleave, .node(0)]
                continuation.resume(
                    returning: policies.map { policy -> String in
                        do { try Binding.bindMemory(policy) } catch { return "\(error)" }
                        return "in force"
                    })
            }
        }
        #expect(answers[0] == "in force")
        #expect(answers[1] == "in force" || answers[1].contains("interleaved"), "\(answers[1])")
        #expect(answers[2] == "in force" || answers[2].contains("node 0"), "\(answers[2])")
    }

    @Test func aUnitThatDoesNotExistIsNamed() {
        #expect(throws: BindingError.noSuchNode(-1)) { try Binding.bindMemory(.node(-1)) }
        // A container may forbid the call itself; then the system's own words are told.
        #expect(throws: BindingError.self) { try Binding.bindMemory(.node(4000)) }
        #expect(throws: BindingError.noProcessingUnits) { try Binding.bind(toProcessingUnits: []) }
        #expect(throws: BindingError.noSuchProcessingUnit([-1])) { try Binding.bind(toProcessingUnits: [0, -1]) }
        #expect(throws: BindingError.noSuchProcessingUnit([60000])) { try Binding.bind(toProcessingUnits: [0, 60000]) }
    }
}
