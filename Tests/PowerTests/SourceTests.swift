import Foundation
import Model
import SystemFiles
import TestSupport
import Testing

@testable import Power

/// What is opened of captured machines, and what the opened meters say of themselves.
private func meters(_ text: String) throws -> (tree: CapturedTree, meters: [any PowerMeter]) {
    let tree = try CapturedTree(text: text)
    return (tree, PowerSources.open(SystemFiles(root: tree.path)))
}

/// Two things an event can do in a test.
private struct FixedEvent: EnergyEvent {
    let count: UInt64
    func read() throws(PowerFault) -> UInt64 { count }
}

@Suite struct SourceTests {
    private static let rapl = """
        sys/class/powercap/intel-rapl:{0-1}/energy_uj = 123456
        sys/class/powercap/intel-rapl:{0-1}/max_energy_range_uj = 262143328850
        sys/class/powercap/intel-rapl:{0-1}/constraint_0_power_limit_uw = 205000000
        sys/class/powercap/intel-rapl:0/name = package-0
        sys/class/powercap/intel-rapl:1/name = package-1
        sys/class/powercap/intel-rapl:0:0/name = core
        sys/class/powercap/intel-rapl:0:0/energy_uj = 5
        sys/class/powercap/intel-rapl:0:1/name = dram
        sys/class/powercap/intel-rapl:0:1/energy_uj = 7
        sys/class/powercap/intel-rapl:2/name = psys
        sys/class/powercap/intel-rapl:2/energy_uj = 9
        sys/class/powercap/intel-rapl-mmio:0/name = package-0
        sys/class/powercap/intel-rapl-mmio:0/energy_uj = 11

        """

    @Test func zonesAreOpenedWithTheirDomains() throws {
        let (tree, meters) = try meters(Self.rapl)
        let found = meters.map(\.description)
        #expect(found.map(\.name) == ["package-0", "core", "dram", "package-1", "psys"])
        #expect(found.map(\.boundary) == [.package, .part, .memory, .package, .platform])
        #expect(found[1].within == found[0].id)
        #expect(found.filter { $0.within != nil }.count == 1)
        #expect(found[0].ratedPower == 205)
        #expect(abs((found[0].range ?? 0) - 262_143.32885) < 1e-6)
        #expect(try meters[2].read() == .count(7))
        #expect(PowerSources.survey(SystemFiles(root: tree.path)).first?.finding == "2 packages, psys")
    }

    /// A quarter of the time in which the counter could begin again, at what the zone is rated for.
    @Test func aCounterThatBeginsAgainSoonIsReadOften() throws {
        let (tree, meters) = try meters(
            """
            sys/class/powercap/intel-rapl:0/energy_uj = 123456
            sys/class/powercap/intel-rapl:0/max_energy_range_uj = 4000000
            sys/class/powercap/intel-rapl:0/constraint_0_power_limit_uw = 200000000
            """)
        #expect(meters.first?.description.pollPeriod == 0.005)
        withExtendedLifetime(tree) {}
    }

    @Test(arguments: ["", "12x", "-5", "99999999999999999999999", "1 2"])
    func aCounterThatTurnsIntoSomethingElseIsAFault(_ text: String) throws {
        let (tree, meters) = try meters(Self.rapl)
        let path = tree.path + "/sys/class/powercap/intel-rapl:0/energy_uj"
        #expect(try meters[0].read() == .count(123_456))
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: PowerFault.self) { try meters[0].read() }
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: PowerFault("/sys/class/powercap/intel-rapl:0/energy_uj has vanished")) { try meters[0].read() }
    }

    @Test func perfEventsAreOpenedOncePerPackage() throws {
        let tree = try CapturedTree(
            text: """
                sys/bus/event_source/devices/power/type = 23
                sys/bus/event_source/devices/power/cpumask = 0,28
                sys/bus/event_source/devices/power/events/energy-pkg = event=0x02
                sys/bus/event_source/devices/power/events/energy-pkg.scale = 2.3283064365386962890625e-10
                sys/bus/event_source/devices/power/events/energy-pkg.unit = Joules
                sys/bus/event_source/devices/power/events/energy-ram = event=0x03
                sys/bus/event_source/devices/power/events/energy-ram.scale = 6.103515625e-05
                sys/bus/event_source/devices/power/events/energy-ram.unit = Joules
                proc/sys/kernel/perf_event_paranoid = 0
                """)
        let files = SystemFiles(root: tree.path)
        let source = PerfPowerEvents(files, isGuest: false) { type, config, unit in
            type == 23 && unit != 28 ? .success(FixedEvent(count: config * 100)) : .failure(PowerFault("no"))
        }
        let found = source.open()
        #expect(found.map(\.description.boundary) == [.package, .memory])
        #expect(found.map(\.description.resolution) == [2.3283064365386962890625e-10, 6.103515625e-05])
        #expect(try found.map { try $0.read() } == [.count(201), .count(301)])
        // Captured files cannot be opened.
        #expect(PerfPowerEvents(files, isGuest: false).open().isEmpty)
    }

    @Test func sensorsAreOpenedOnceWithWhatTheyCover() throws {
        let (tree, meters) = try meters(
            """
            sys/class/hwmon/hwmon0/name = acpi_power_meter
            sys/class/hwmon/hwmon0/power1_average = 215000000
            sys/class/hwmon/hwmon0/power1_average_interval = 1000
            sys/class/hwmon/hwmon1/name = amdgpu
            sys/class/hwmon/hwmon1/power1_average = 35000000
            sys/class/hwmon/hwmon1/power1_input = 36000000
            sys/class/hwmon/hwmon1/power1_label = PPT
            sys/class/hwmon/hwmon1/device/uevent:
            | PCI_CLASS=38000
            | PCI_SLOT_NAME=0000:03:00.0
            sys/class/hwmon/hwmon2/name = ina226
            sys/class/hwmon/hwmon2/power1_input = 4000000
            sys/class/hwmon/hwmon3/name = amd_energy
            sys/class/hwmon/hwmon3/energy1_input = 77
            sys/class/hwmon/hwmon3/energy1_label = Ecore000
            sys/class/hwmon/hwmon3/energy2_input = 99
            sys/class/hwmon/hwmon3/energy2_label = Esocket0
            sys/class/hwmon/hwmon5/name = xe
            sys/class/hwmon/hwmon5/energy1_input = 8
            sys/class/hwmon/hwmon5/energy1_label = card
            sys/class/hwmon/hwmon5/energy2_input = 6
            sys/class/hwmon/hwmon5/energy2_label = pkg
            sys/class/hwmon/hwmon5/device/uevent:
            | PCI_CLASS=38000
            | PCI_SLOT_NAME=0000:04:00.0
            sys/class/hwmon/hwmon4/name = dead
            sys/class/hwmon/hwmon4/power1_input = 0
            """)
        let found = meters.map(\.description)
        #expect(found.map(\.boundary) == [.node, .accelerator, .rail, .part, .package, .accelerator, .accelerator])
        #expect(found.map(\.kind) == [.power, .power, .power, .counter, .counter, .counter, .counter])
        #expect(found[6].within == found[5].id)
        #expect(found[0].statedPeriod == 1)
        #expect(found[1].name == "amdgpu (GPU 0000:03:00.0) PPT")
        #expect(try meters[0].read() == .watts(215))
        #expect(try meters[1].read() == .watts(35))
        #expect(try meters[4].read() == .count(99))
        withExtendedLifetime(tree) {}
    }

    @Test func aBatteryTellsWhatIsDrawnFromIt() throws {
        let battery = """
            sys/class/power_supply/AC/type = Mains
            sys/class/power_supply/BAT0/type = Battery
            sys/class/power_supply/BAT0/current_now = -1500000
            sys/class/power_supply/BAT0/voltage_now = 12000000
            sys/class/power_supply/hidpp_0/type = Battery
            sys/class/power_supply/hidpp_0/scope = Device
            sys/class/power_supply/hidpp_0/status = Discharging
            sys/class/power_supply/hidpp_0/power_now = 5

            """
        let (tree, found) = try meters(battery + "sys/class/power_supply/BAT0/status = Discharging")
        #expect(found.count == 1)
        #expect(found.first?.description.boundary == .battery)
        #expect(try found.first?.read() == .watts(18))
        try "Charging\n".write(
            toFile: tree.path + "/sys/class/power_supply/BAT0/status", atomically: true, encoding: .utf8)
        #expect(throws: PowerFault.self) { try found.first?.read() }
        let (plugged, none) = try meters(battery + "sys/class/power_supply/BAT0/status = Full")
        #expect(none.isEmpty)
        let survey = PowerSources.survey(SystemFiles(root: plugged.path)).first { $0.source == "battery" }
        #expect(survey?.finding == "BAT0: on the mains, which it does not measure")
    }

    /// A script in the place of the tool.
    private func ipmi(_ script: String) throws -> (IPMI, TemporaryDirectory, CapturedTree) {
        let folder = try TemporaryDirectory()
        let tool = folder.path + "/ipmitool"
        try "#!/bin/sh\n\(script)\n".write(toFile: tool, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool)
        let tree = try CapturedTree(text: "dev/ipmi0 = \n")
        return (
            IPMI(SystemFiles(root: tree.path), isGuest: false, folders: ["/nonexistent", folder.path]), folder, tree
        )
    }

    @Test func theControllerIsAskedThroughItsTool() throws {
        let (source, folder, tree) = try ipmi(
            """
            [ "$*" = "dcmi power reading" ] || exit 2
            echo
            echo '    Instantaneous power reading:                   230 Watts'
            echo '    Average power reading over sample period:      228 Watts'
            echo '    Power reading state is:                   activated'
            """)
        #expect(source.survey().available)
        let found = source.open()
        #expect(found.map(\.description.boundary) == [.node])
        #expect(try found.first?.read() == .watts(230))
        withExtendedLifetime((folder, tree)) {}
    }

    @Test(arguments: [
        ("exit 1", "ended with exit code 1"),
        ("echo 'Instantaneous power reading: 0 Watts'", "told a power reading of “0 Watts”"),
        ("echo 'Instantaneous power reading: many'", "told a power reading of “many”"),
        ("echo hello", "told no power reading"),
        (
            "echo 'Instantaneous power reading: 5 Watts'; echo 'Power reading state is: deactivated'",
            "says that its power reading is deactivated"
        ),
    ])
    func aControllerThatTellsNothingIsNoSource(_ script: String, _ words: String) throws {
        let (source, folder, tree) = try ipmi(script)
        #expect(source.survey().finding == "/dev/ipmi0: ipmitool \(words)")
        #expect(source.survey().mend == "sudo chmod a+rw /dev/ipmi0")
        #expect(source.open().isEmpty)
        withExtendedLifetime((folder, tree)) {}
    }

    /// The stub's counter steps every 100 ms at 300 W: the period is seen, and what is counted lies within one step at each end
    /// of the truth.
    @Test func aBoardsCounterIsReadWithItsPeriod() throws {
        let stub = try StubNVML("METERED")
        let found = NVIDIAManagement(SystemFiles(), isDeep: true, library: stub.path).open()
        #expect(found.map(\.description.kind) == [.counter, .power])
        #expect(found.map(\.description.boundary) == [.accelerator, .accelerator])
        #expect(found.last?.description.name == "GPU 1 Tesla P4, average power")
        #expect(found.first?.description.ratedPower == 700)
        let start = Clock.now()
        let watch = PowerWatch(found, now: Clock.now)
        watch.start(learningFor: 1.2)
        while Clock.now() - start < 2 { usleep(10_000) }
        watch.stop()
        let readings = watch.collect([]).filter { $0.source == "nvml.0" }
        let meter = try #require(watch.report().meters.first)
        #expect(meter.problems == [])
        #expect(meter.changes >= 5)
        let period = try #require(meter.updatePeriod)
        // On a machine that keeps the thread waiting a step is seen late, and the period comes out longer, never shorter.
        #expect(period > 0.05)
        let (first, last) = (try #require(readings.first), try #require(readings.last))
        let truth = 300 * (last.t - first.t)
        #expect(abs(last.joules - first.joules - truth) <= 300 * 2 * max(period, 0.1))
    }

    private enum Clock {
        @Sendable static func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC_RAW, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }
    }
}
