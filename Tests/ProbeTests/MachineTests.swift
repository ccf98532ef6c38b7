import Model
import Probe
import TestSupport
import Testing

/// Captured machines, replayed: nothing of the machine that runs the tests may show.
struct MachineTests {
    @Test(arguments: Fixtures.machines)
    func aCapturedMachineIsReadAsRecorded(_ name: String) throws {
        try Golden.check(try Fixtures.json(Fixtures.machine(name)), "\(name).json")
    }

    @Test(arguments: Fixtures.machines)
    func theSchemaHolds(_ name: String) throws {
        let data = try JSON.document(Fixtures.machine(name))
        #expect(try SchemaValidator.named("machine").findings(data) == [])
    }

    @Test(arguments: Fixtures.topologies)
    func theSchemaHoldsForFiles(_ name: String) throws {
        let data = try JSON.document(Fixtures.topology(name))
        #expect(try SchemaValidator.named("machine").findings(data) == [])
    }

    @Test func theJSONReadsBack() throws {
        let machine = try Fixtures.machine("intel-hybrid")
        #expect(try JSON.decode(Machine.self, from: JSON.document(machine)) == machine)
    }

    @Test func thisMachineIsRead() throws {
        let machine = try Probe.machine(ProbeOptions(cloudMetadata: .never))
        #expect(machine.topology.processingUnits > 0)
        #expect(machine.topology.tree.kind == "machine")
        #expect((machine.memory.kernelBytes.value ?? 0) > 0)
        #expect(machine.software.libraries.prefix(2).map(\.name) == ["hwloc", "libnuma"])
        #expect(machine.software.libraries[0].version.value != nil)
        #expect(machine.tunables.map(\.name) == Probe.tunables().map(\.name))
    }

    @Test func theSmallestLimitOnTheWayToTheRootCounts() throws {
        let limits = try Fixtures.machine("container").limits
        #expect(limits.cpuQuota == .known(.at(1.5)))
        #expect(limits.memoryBytes == .known(.at(512 << 20)))
        #expect(limits.allowedProcessingUnits == .known("0-1,3"))
        #expect(limits.lockedMemoryBytes == .known(.at(8 << 20)))
    }

    @Test func limitsOfVersionOneAreFound() throws {
        let extra = """
            proc/self/cgroup:
            | 5:memory:/job
            | 4:cpu,cpuacct:/job/step
            | 0::/
            proc/self/mountinfo:
            | 30 20 0:25 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            | 31 20 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us = -1
            sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us = 100000
            sys/fs/cgroup/cpu,cpuacct/job/step/cpu.cfs_quota_us = 50000
            sys/fs/cgroup/cpu,cpuacct/job/step/cpu.cfs_period_us = 100000
            sys/fs/cgroup/memory/memory.limit_in_bytes = 9223372036854771712
            sys/fs/cgroup/memory/job/memory.limit_in_bytes = 1073741824
            """
        let limits = try Fixtures.machine("bare-guest", extra: extra).limits
        #expect(limits.controlGroupVersion == .known(1))
        #expect(limits.cpuQuota == .known(.at(0.5)))
        #expect(limits.memoryBytes == .known(.at(1 << 30)))
    }

    @Test func claimsAreMadeWhereThereIsEvidence() throws {
        #expect(
            try Fixtures.machine("bare-guest", extra: "sys/hypervisor/type = xen").claims[0].evidence.contains("Xen"))
        let extra = "proc/meminfo:\n| MemTotal: 32768000 kB"
        #expect(try Fixtures.machine("intel-hybrid", extra: extra).claims.map(\.subject) == ["memory size"])
        #expect(try Fixtures.machine("intel-hybrid").claims.isEmpty)
    }

    @Test func hypervisorsAreKnownByTheirFirmware() throws {
        let extra = """
            sys/class/dmi/id/sys_vendor = Microsoft Corporation
            sys/class/dmi/id/product_name = Virtual Machine
            sys/class/dmi/id/chassis_asset_tag = 7783-7084-3265-9085-8269-3286-77
            """
        let azure = try Fixtures.machine("bare-guest", extra: extra)
        #expect(azure.processor.hypervisor == .known("Hyper-V"))
        #expect(try Fixtures.machine("bare-guest").processor.hypervisor.value == nil)
    }

    @Test func theFirmwareIsToldWithItsDay() throws {
        let extra = """
            sys/class/dmi/id/bios_vendor = American Megatrends International, LLC.
            sys/class/dmi/id/bios_version = 1801
            sys/class/dmi/id/bios_date = 11/22/2024
            """
        let firmware = try Fixtures.machine("intel-hybrid", extra: extra).firmware
        #expect(firmware.value?.title == "American Megatrends International, LLC. 1801 (2024-11-22)")
        // What is no date is left as it is, and marks that turn the direction of reading are not.
        let odd = "sys/class/dmi/id/bios_version = 1\u{202E}8\nsys/class/dmi/id/bios_date = 22.11.24"
        #expect(try Fixtures.machine("intel-hybrid", extra: odd).firmware.value?.title == "1 8 (22.11.24)")
        #expect(try Fixtures.machine("intel-hybrid").firmware.reason?.contains("bios_version") == true)
    }
}
