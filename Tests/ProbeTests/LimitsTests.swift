import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// What control groups and the process are allowed, in captured machines.
struct LimitsTests {
    @Test func everythingThatAContainerIsAllowedIsRead() throws {
        let limits = try Fixtures.machine("container").limits
        #expect(limits.cpuPeriod == .known(0.1))
        #expect(limits.cpuBurst == .known(0.02))
        #expect(limits.cpuWeight == .known(59))
        #expect(limits.memoryHighBytes == .known(.at(384 << 20)))
        #expect(limits.swapBytes == .known(.at(0)))
        #expect(limits.tasks == .known(.at(1024)))
        #expect(limits.inputOutputWeight == .known(100))
        #expect(limits.groupProcessingUnits == .known("0-1,3"))
        #expect(limits.groupMemoryNodes == .known("0"))
        #expect(limits.allowedMemoryNodes == .known("0"))
        #expect(
            limits.throttling == .known(Throttling(periods: 3400, throttledPeriods: 12, throttledSeconds: 1.25)))
    }

    @Test func noLimitIsAFactOfItsOwn() throws {
        let limits = try Fixtures.machine("intel-hybrid").limits
        #expect(limits.cpuQuota == .known(.unlimited))
        #expect(limits.memoryBytes == .known(.unlimited))
        #expect(limits.memoryHighBytes == .known(.unlimited))
        #expect(limits.swapBytes == .known(.unlimited))
        #expect(limits.cpuPeriod == .known(0.1))
        // The innermost group sets none; the one above it does.
        #expect(limits.tasks == .known(.at(20000)))
    }

    @Test func limitsThatCannotBeSeenAreNotUnlimited() throws {
        let limits = try Fixtures.machine("bare-guest").limits
        for reason in [limits.cpuQuota.reason, limits.memoryBytes.reason, limits.tasks.reason] {
            #expect(reason?.contains("/proc/self/cgroup") == true)
        }
        let hidden = try Fixtures.machine("bare-guest", extra: "proc/self/cgroup = 0::/").limits
        #expect(hidden.cpuQuota == .unknown("no control group of cpu can be seen"))
    }

    @Test(arguments: ["cpu.max = lots", "cpu.max = 0 100000", "cpu.max = 5", "cpu.max = 1 2 3", "cpu.max = -5 100000"])
    func aQuotaThatIsNoneIsUnknown(_ line: String) throws {
        let limits = try Fixtures.machine("intel-hybrid", extra: "sys/fs/cgroup/user.slice/\(line)").limits
        #expect(limits.cpuQuota == .unknown("cpu.max of a control group: not a quota"))
    }

    @Test(arguments: ["memory.max", "memory.high", "memory.swap.max", "pids.max"])
    func aMalformedLimitNamesItsFileAndNoGroup(_ file: String) throws {
        let group = "sys/fs/cgroup/pod3f2a"
        let limits = try Fixtures.machine("container", extra: "\(group)/\(file) = 1e9").limits
        let reasons = [
            limits.memoryBytes.reason, limits.memoryHighBytes.reason, limits.swapBytes.reason, limits.tasks.reason,
        ]
        #expect(reasons.compactMap { $0 } == ["\(file) of a control group: not a limit"])
    }

    @Test func countersThatAreNoneAreUnknown() throws {
        let extra = "sys/fs/cgroup/pod3f2a/cpu.stat:\n| nr_periods many\n| nr_throttled -3\n| throttled_usec 1"
        #expect(
            try Fixtures.machine("container", extra: extra).limits.throttling
                == .unknown("cpu.stat of a control group: not counters"))
    }

    @Test func versionOneCountsOtherwise() throws {
        let extra = """
            proc/self/cgroup:
            | 9:cpuset:/job
            | 8:pids:/job
            | 7:blkio:/job
            | 5:memory:/job
            | 4:cpu,cpuacct:/job
            proc/self/mountinfo:
            | 30 20 0:25 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            sys/fs/cgroup/cpu,cpuacct/job/cpu.shares = 2048
            sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us = 50000
            sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us = -1
            sys/fs/cgroup/cpu,cpuacct/job/cpu.stat:
            | nr_periods 10
            | nr_throttled 4
            | throttled_time 2500000000
            sys/fs/cgroup/memory/job/memory.limit_in_bytes = 1073741824
            sys/fs/cgroup/memory/job/memory.memsw.limit_in_bytes = 1610612736
            sys/fs/cgroup/pids/job/pids.max = max
            sys/fs/cgroup/blkio/job/blkio.weight = 500
            sys/fs/cgroup/cpuset/job/cpuset.effective_cpus = 1
            """
        let limits = try Fixtures.machine("bare-guest", extra: extra).limits
        #expect(limits.controlGroupVersion == .known(1))
        #expect(limits.cpuQuota == .known(.unlimited))
        #expect(limits.cpuPeriod == .known(0.05))
        #expect(limits.cpuWeight == .known(2048))
        #expect(limits.throttling == .known(Throttling(periods: 10, throttledPeriods: 4, throttledSeconds: 2.5)))
        #expect(limits.memoryHighBytes == .known(.unlimited))
        #expect(limits.swapBytes == .known(.at(512 << 20)))
        #expect(limits.tasks == .known(.unlimited))
        #expect(limits.inputOutputWeight == .known(500))
        #expect(limits.groupProcessingUnits == .known("1"))
    }

    @Test func limitsOfTheProcessHaveASoftAndAHardEnd() throws {
        let resources = try #require(try Fixtures.machine("intel-hybrid").limits.resources.value)
        #expect(resources.count == 9)
        #expect(
            resources.first { $0.name == "stack" }
                == ResourceLimit(name: "stack", unit: "bytes", soft: .at(8 << 20), hard: .unlimited))
        #expect(
            resources.first { $0.name == "openFiles" }
                == ResourceLimit(name: "openFiles", unit: "", soft: .at(1024), hard: .at(524_288)))
    }

    @Test func aLineThatMakesNoSenseCostsOnlyItself() {
        let text = """
            Limit                     Soft Limit           Hard Limit           Units
            Max open files            many                 524288               files
            Max locked memory         8388608
            Max stack size            8388608              unlimited            bytes
            Max cpu time              -1                   99999999999999999999999 seconds
            """
        #expect(ResourceLimits.captured(.known(text)).value?.map(\.name) == ["stack"])
        #expect(ResourceLimits.captured(.known("")) == .unknown("/proc/self/limits holds no limits"))
    }

    /// The system call and the file of this very process say the same.
    @Test func bothWaysToReadThemAgree() throws {
        let files = SystemFiles()
        let live = try #require(ResourceLimits.read(files).value)
        let told = try #require(ResourceLimits.captured(files.text("/proc/self/limits")).value)
        #expect(live.count == 9)
        #expect(live == told)
    }
}
