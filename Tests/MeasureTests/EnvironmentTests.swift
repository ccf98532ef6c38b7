import Foundation
import Measure
import Model
import SystemFiles
import TestSupport
import Testing

/// A machine made of a few files.
private func machine(_ files: [String: String]) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    for (path, text) in files {
        let url = URL(fileURLWithPath: directory.path + path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }
    return directory
}

@Suite struct EnvironmentTests {
    @Test func countersAreReadInSeconds() throws {
        let root = try machine([
            "/proc/stat": "cpu  100 20 30 4000 50 6 4 250 0 0\ncpu0 1 2 3\n",
            "/proc/pressure/cpu": "some avg10=1.50 avg60=0.00 avg300=0.00 total=0\n",
            "/proc/loadavg": "0.25 0.10 0.05 1/100 1234\n", "/proc/vmstat": "nr_free 5\noom_kill 3\n",
            "/sys/class/thermal/thermal_zone0/temp": "41500\n", "/sys/class/thermal/thermal_zone1/temp": "nonsense\n",
        ])
        let watch = EnvironmentWatch(files: SystemFiles(root: root.path))
        let reading = watch.read(at: 2)
        #expect(reading.t == 2)
        #expect(reading.busy == 1.6)
        #expect(reading.idle == 40.5)
        #expect(reading.steal == 2.5)
        #expect(reading.cpuPressure == 0.015)
        #expect(reading.memoryPressure == nil)
        #expect(reading.loadAverage == 0.25)
        #expect(reading.temperature == 41.5)
        #expect(reading.frequency == nil)
        #expect(watch.memoryKills() == 3)
    }

    @Test(arguments: [
        ("4:cpu,cpuacct:/box\n", "/sys/fs/cgroup/cpu/box/cpu.stat"), ("0::/box\n", "/sys/fs/cgroup/box/cpu.stat"),
    ])
    func throttlingIsSeenInBothVersions(group: String, file: String) throws {
        let root = try machine(["/proc/self/cgroup": group, file: "nr_periods 9\nnr_throttled 7\n"])
        #expect(EnvironmentWatch(files: SystemFiles(root: root.path)).read(at: 0).throttledPeriods == 7)
    }

    /// A neighbour that was killed says nothing of our worker.
    @Test(arguments: [
        ("4:memory:/box\n", "/sys/fs/cgroup/memory/box/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\n"),
        ("0::/box\n", "/sys/fs/cgroup/box/memory.events", "low 0\nhigh 4\nmax 9\noom 3\n"),
    ])
    func memoryKillsAreThoseOfTheOwnGroup(group: String, file: String, lines: String) throws {
        let root = try machine([
            "/proc/self/cgroup": group, file: lines + "oom_kill 2\n", "/proc/vmstat": "oom_kill 77\n",
        ])
        #expect(EnvironmentWatch(files: SystemFiles(root: root.path)).memoryKills() == 2)
        let old = try machine(["/proc/self/cgroup": group, file: lines, "/proc/vmstat": "oom_kill 77\n"])
        #expect(EnvironmentWatch(files: SystemFiles(root: old.path)).memoryKills() == 77)
    }

    @Test func whatIsNotThereIsNotMadeUp() throws {
        let root = try machine(["/proc/stat": "cpu garbage\n", "/proc/loadavg": ""])
        let reading = EnvironmentWatch(files: SystemFiles(root: root.path)).read(at: 0)
        #expect(reading.busy == nil && reading.steal == nil && reading.loadAverage == nil)
        #expect(reading.throttledPeriods == nil)
    }
}

/// What can be watched, and why not the rest.
@Suite struct WatchSurveyTests {
    @Test func eachSourceSaysWhatItReadsOrWhyNot() throws {
        let root = try machine([
            "/proc/stat": "cpu  100 20 30 4000 50 6 4 250 0 0\n", "/proc/pressure/cpu": "some total=0\n",
            "/sys/class/thermal/thermal_zone0/temp": "41500\n",
            "/sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq": "2900000\n",
        ])
        let survey = EnvironmentWatch(files: SystemFiles(root: root.path)).survey()
        #expect(survey.steal == .known(2.5))
        #expect(survey.temperature == .known(41.5))
        #expect(survey.frequency == .known(2.9e9))
        #expect(survey.cpuPressure == .unknown("/proc/pressure/cpu: no avg10"))
        #expect(survey.throttledPeriods == .unknown("no control group counts throttling here"))
        let nothing = EnvironmentWatch(files: SystemFiles(root: try machine([:]).path)).survey()
        #expect(nothing.steal.reason == "/proc/stat: No such file or directory")
        #expect(nothing.frequency.reason?.hasSuffix("no scaling_cur_freq") == true)
        #expect(nothing.temperature.reason?.hasSuffix("no thermal zone") == true)
    }
}
