import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// Settings that move results, in captured machines.
struct TunablesTests {
    private func values(_ name: String, extra: String = "", isDeep: Bool = false) throws -> [String: Reported<String>] {
        let tree = try Fixtures.tree(name, extra: extra)
        let tunables = withExtendedLifetime(tree) {
            Probe.tunables(ProbeOptions(sysroot: tree.path, isDeep: isDeep))
        }
        #expect(Set(tunables.map(\.name)).count == tunables.count)
        return Dictionary(uniqueKeysWithValues: tunables.map { ($0.name, $0.value) })
    }

    @Test func powerAndIdlingOfADesktop() throws {
        let values = try values("intel-hybrid")
        #expect(values["scalingDriverMode"] == .known("active"))
        #expect(values["energyPerformanceBias"] == .known("6"))
        #expect(values["powerLimitLongTerm"] == .known("65 W"))
        #expect(values["powerLimitShortTerm"] == .known("148.5 W"))
        #expect(values["idleStates"] == .known("POLL C1E, at most 4 µs to wake; off: C10"))
        #expect(values["idleGovernor"] == .known("menu"))
        #expect(values["platformProfile"] == .known("balanced"))
        #expect(values["tunedProfile"] == .known("throughput-performance"))
    }

    @Test func onlyADeepProbeLooksAtEveryProcessingUnit() throws {
        let extra = "sys/devices/system/cpu/cpu5/power/energy_perf_bias = 15"
        let shallow = try values("intel-hybrid", extra: extra)
        let deep = try values("intel-hybrid", extra: extra, isDeep: true)
        #expect(shallow["energyPerformanceBias"] == .known("6"))
        #expect(deep["energyPerformanceBias"] == .known("6 ×5, 15 ×1"))
        #expect(
            deep["idleStates"]
                == .known("POLL C1E, at most 4 µs to wake; off: C10 ×4, POLL C1E C8, at most 195 µs to wake ×2"))
    }

    @Test func packagesMayBeCappedDifferently() throws {
        let values = try values("amd-two-sockets-nps4")
        #expect(values["powerLimitLongTerm"] == .known("280 W (not enforced) ×1, 360 W ×1"))
        #expect(values["powerLimitShortTerm"] == .unknown("no constraint is called short_term"))
    }

    @Test func emptyListsAreNone() throws {
        let desktop = try values("intel-hybrid")
        for name in ["isolatedProcessingUnits", "nohzFullProcessingUnits", "rcuNocbsProcessingUnits"] {
            #expect(desktop[name] == .known("none"), "\(name)")
        }
        let server = try values("amd-two-sockets-nps4")
        for name in ["isolatedProcessingUnits", "nohzFullProcessingUnits", "rcuNocbsProcessingUnits"] {
            #expect(server[name] == .known("1-7,9-15"), "\(name)")
        }
        let all = try values("bare-guest", extra: "proc/cmdline = quiet rcu_nocbs")
        #expect(all["rcuNocbsProcessingUnits"] == .known("all"))
        #expect(try values("bare-guest")["rcuNocbsProcessingUnits"]?.reason?.contains("/proc/cmdline") == true)
    }

    @Test func whatASettingSaysIsBounded() throws {
        let long = String(repeating: "x\u{202E}\u{1B}", count: 5000)
        let value = try values("bare-guest", extra: "etc/tuned/active_profile = \(long)")["tunedProfile"]?.value
        #expect(value?.count == 1000)
        #expect(value?.contains("\u{202E}") == false && value?.contains("\u{1B}") == false)
    }

    @Test func memorySettings() throws {
        let values = try values("intel-hybrid")
        #expect(values["transparentHugePagesShared"] == .known("never"))
        #expect(values["khugepagedDefragmentation"] == .known("on"))
        #expect(values["khugepagedScanSleepMilliseconds"] == .known("10000"))
        #expect(values["zoneReclaimMode"] == .known("0"))
        #expect(values["samepageMerging"] == .known("off"))
    }

    @Test func aChangeBetweenTwoReadingsIsNamed() throws {
        let tree = try Fixtures.tree("intel-hybrid")
        let options = ProbeOptions(sysroot: tree.path)
        let before = try Probe.machine(options).tunables
        #expect(TunableChange.between(before, Probe.tunables(options)).isEmpty)
        try tree.write("sys/devices/system/cpu/cpufreq/policy2/scaling_governor", bytes: Array("powersave\n".utf8))
        try tree.write("sys/kernel/mm/transparent_hugepage/enabled", bytes: Array("[always] madvise never\n".utf8))
        let changes = TunableChange.between(before, Probe.tunables(options))
        #expect(
            changes == [
                TunableChange(
                    name: "governor", before: .known("performance ×4, powersave ×2"),
                    after: .known("performance ×3, powersave ×3")),
                TunableChange(name: "transparentHugePages", before: .known("madvise"), after: .known("always")),
            ])
    }
}
