import Foundation
import Model
import TestSupport
import Testing

@testable import Probe

struct SurroundingsTests {
    private func surroundings(_ text: String) throws -> Surroundings {
        let tree = try CapturedTree(text: text)
        return withExtendedLifetime(tree) { Probe.surroundings(ProbeOptions(sysroot: tree.path)) }
    }

    @Test(arguments: [
        ("proc/self/cgroup = 0::/kubepods/burstable/pod1/2", "kubernetes"), ("run/.containerenv = x", "podman"),
        (".dockerenv = x", "docker"), ("proc/self/cgroup = 4:cpu:/docker/0a1b", "docker"),
        ("run/systemd/container = systemd-nspawn", "systemd-nspawn"),
        ("run/systemd/container = planted-host", "unnamed"), ("proc/self/cgroup = 0::/lxc/one", "lxc"),
    ])
    func containersAreKnownByTheirSigns(sign: String, runtime: String) throws {
        #expect(try surroundings(sign).container == runtime)
    }

    @Test func noSignIsNoContainer() throws {
        #expect(try surroundings("proc/self/cgroup = 0::/user.slice").container == nil)
        #expect(try surroundings("").container == nil)
    }

    /// A virtual machine made from a container's image.
    @Test func theFirstNamespacesAreNoContainer() throws {
        let first = """
            .dockerenv = x
            proc/self/ns/pid -> pid:[4026531836]
            proc/self/ns/uts -> uts:[4026531838]
            proc/self/ns/ipc -> ipc:[4026531839]
            """
        #expect(try surroundings(first).container == nil)
        #expect(
            try surroundings(first.replacingOccurrences(of: "4026531838", with: "4026532838")).container == "docker")
    }

    @Test func rightsAreReadFromTheStatus() throws {
        let user = try surroundings("proc/self/status:\n| Uid:\t1000\t1000\t1000\t1000\n| Seccomp:\t2")
        #expect(user.isRoot == .known(false))
        #expect(user.isFiltered == .known(true))
        // A program that root owns and a user started.
        let effective = try surroundings("proc/self/status:\n| Uid:\t1000\t0\t0\t0\n| Seccomp:\t0")
        #expect(effective.isRoot == .known(true))
        #expect(effective.isFiltered == .known(false))
        let garbage = try surroundings("proc/self/status:\n| Uid:\n| Seccomp: maybe")
        #expect(garbage.isRoot.reason == "/proc/self/status has no Uid:")
        #expect(garbage.isFiltered.value == nil)
        #expect(try surroundings("").isRoot.reason?.contains("No such file") == true)
    }

    @Test func clockSourcesAndBootFiles() throws {
        let found = try surroundings(
            """
            sys/devices/system/clocksource/clocksource0/available_clocksource = tsc hpet acpi_pm
            etc/default/grub = GRUB_TIMEOUT=0
            """)
        #expect(found.clockSources == .known(["tsc", "hpet", "acpi_pm"]))
        #expect(found.hasBootConfiguration && !found.hasSystemd)
    }
}

struct PermissionTests {
    @Test func unitsAreBits() {
        #expect(Affinity([0, 5, 64, 130]).units == [0, 5, 64, 130])
        #expect(Affinity([]).units == [])
        #expect(Affinity([-1, 1 << 30]).units == [])
    }

    /// Whatever is allowed here: trying leaves everything as it was.
    @Test func tryingChangesNothing() throws {
        let before = Binding.allowedProcessingUnits()
        try #require(!before.isEmpty)
        let found = Probe.capabilities()
        #expect(Binding.allowedProcessingUnits() == before)
        #expect(found.bindings.map(\.processingUnit) == before)
        #expect(Set(found.counters.map(\.name)) == ["cycles", "instructions", "task-clock"])
        if let widest = found.widestProcessingUnits.value { #expect(Set(before).isSubset(of: widest)) }
    }

    @Test func aThreadIsBoundForAsLongAsTheBodyRuns() throws {
        let before = Binding.allowedProcessingUnits()
        let last = try #require(before.last)
        Binding.pinned(to: last) { unit in
            guard unit != nil else { return }
            #expect(Binding.allowedProcessingUnits() == [last])
        }
        #expect(Binding.allowedProcessingUnits() == before)
        let missing = Binding.pinned(to: 60_000) { $0 }
        #expect(missing == nil)
        #expect(Binding.allowedProcessingUnits() == before)
    }

    @Test func roomIsThatOfTheNearestFolderThatIsThere() throws {
        let directory = try TemporaryDirectory()
        let here = try #require(Probe.storage(directory.path).value)
        let below = try #require(Probe.storage(directory.path + "/not/yet/there").value)
        #expect(here.isWritable && below.isWritable)
        #expect(Probe.storage("/proc/nowhere").value.map { $0.isWritable && $0.freeBytes > 0 } != true)
        #expect(Probe.storage("").value != nil)
    }
}
