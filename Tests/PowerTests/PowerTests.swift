import Model
import SystemFiles
import TestSupport
import Testing

@testable import Power

struct PowerTests {
    private func survey(_ text: String) throws -> [String: PowerSurvey] {
        let tree = try CapturedTree(text: text)
        let surveys = withExtendedLifetime(tree) { PowerSources.survey(SystemFiles(root: tree.path)) }
        return Dictionary(uniqueKeysWithValues: surveys.map { ($0.source, $0) })
    }

    private let guest = "proc/cpuinfo:\n| flags : sse2 hypervisor\n"

    @Test func nothingIsFoundWhereThereIsNothing() throws {
        let surveys = try survey("")
        #expect(surveys.count == 8)
        #expect(surveys.values.allSatisfy { !$0.available && !$0.finding.isEmpty && !$0.mend.isEmpty })
        #expect(surveys["powercap RAPL"]?.mend == "sudo modprobe intel_rapl_msr")
    }

    @Test func aGuestIsToldToLookElsewhere() throws {
        let surveys = try survey(guest)
        #expect(surveys["powercap RAPL"]?.finding.contains("hypervisor") == true)
        #expect(surveys["hwmon"]?.mend == "measure on the host or on bare metal")
    }

    @Test func countersThatCountAreASource() throws {
        let found = try survey(
            """
            sys/class/powercap/intel-rapl/enabled = 1
            sys/class/powercap/intel-rapl:{0-1}/energy_uj = 123456
            sys/class/powercap/intel-rapl:0:0/energy_uj = 0
            """)["powercap RAPL"]
        #expect(found?.available == true)
        #expect(found?.finding == "2 packages")
        #expect(found?.boundary == "package")
    }

    @Test func zeroIsNoEnergy() throws {
        let found = try survey("sys/class/powercap/intel-rapl:0/energy_uj = 0")["powercap RAPL"]
        #expect(found?.available == false)
        #expect(found?.finding.contains("reads 0") == true)
    }

    @Test(arguments: ["", "\u{1}\u{2}", "-5", "99999999999999999999999"])
    func aDamagedCounterIsNoSource(_ value: String) throws {
        let found = try survey("sys/class/powercap/intel-rapl:0/energy_uj:\n|\(value)")["powercap RAPL"]
        #expect(found?.available == false)
    }

    @Test func perfEventsNeedTheRule() throws {
        let events = "sys/bus/event_source/devices/power/events/energy-pkg = event=0x02\n"
        let closed = try survey(events + "proc/sys/kernel/perf_event_paranoid = 2")["perf power events"]
        #expect(closed?.available == false)
        #expect(closed?.mend == "sudo sysctl kernel.perf_event_paranoid=0")
        let open = try survey(events + "proc/sys/kernel/perf_event_paranoid = 0")["perf power events"]
        #expect(open?.available == true)
        #expect(open?.finding == "energy-pkg")
    }

    @Test func sensorsOfPowerAreFoundAmongOthers() throws {
        let sensors = """
            sys/class/hwmon/hwmon0/name = coretemp
            sys/class/hwmon/hwmon0/temp1_input = 45000
            sys/class/hwmon/hwmon1/name = amdgpu

            """
        #expect(try survey(sensors)["hwmon"]?.finding == "2 monitors, none of power")
        let found = try survey(sensors + "sys/class/hwmon/hwmon1/power1_average = 35000000")["hwmon"]
        #expect(found?.available == true)
        #expect(found?.finding == "1 sensor of amdgpu")
        let dead = try survey(sensors + "sys/class/hwmon/hwmon1/power1_average = 0")["hwmon"]
        #expect(dead?.available == false)
    }

    @Test func sensorsOfGPUsAreNamed() throws {
        let sensors = """
            sys/class/hwmon/hwmon1/name = amdgpu
            sys/class/hwmon/hwmon1/power1_average = 35000000
            sys/class/hwmon/hwmon1/device/uevent:
            | PCI_CLASS=38000
            | PCI_SLOT_NAME=0000:03:00.0
            sys/class/hwmon/hwmon2/name = xe
            sys/class/hwmon/hwmon2/energy1_input = 35000000
            sys/class/hwmon/hwmon2/device/uevent:
            | PCI_CLASS=30000
            | PCI_SLOT_NAME=0000:04:00.0
            sys/class/hwmon/hwmon3/name = acpi_power_meter
            sys/class/hwmon/hwmon3/power1_average = 200000000

            """
        let found = try survey(sensors)["hwmon"]
        #expect(found?.finding == "3 sensors of acpi_power_meter, amdgpu (GPU 0000:03:00.0), xe (GPU 0000:04:00.0)")
        let asleep = try survey(sensors + "sys/class/hwmon/hwmon1/device/power/runtime_status = suspended")["hwmon"]
        #expect(asleep?.finding == "2 sensors of acpi_power_meter, xe (GPU 0000:04:00.0)")
    }

    private func nvml(_ definitions: String..., isDeep: Bool = true) throws -> PowerSurvey {
        let stub = try definitions.isEmpty ? StubNVML() : StubNVML(definitions[0])
        return NVIDIAManagement(SystemFiles(), isDeep: isDeep, library: stub.path).survey()
    }

    @Test func theLibraryIsAskedForEnergyAndPower() throws {
        let both = try nvml()
        #expect(both.available)
        #expect(both.finding == "2 devices: energy counter of 1, power reading only of 1")
        let old = try nvml("OLD")
        #expect(old.finding == "2 devices: power reading only of 2")
        let closed = try nvml("REFUSED")
        #expect(closed.finding == "2 devices: energy counter of 1, nvmlDeviceGetHandleByIndex_v2: no permission")
    }

    @Test func aLibraryThatFailsIsNoSourceAndSaysWhatHelps() throws {
        let unloaded = try nvml("INIT=9")
        #expect(!unloaded.available)
        #expect(unloaded.finding == "NVML cannot be initialised: the NVIDIA driver is not loaded")
        #expect(unloaded.mend == "sudo modprobe nvidia")
        #expect(try !nvml("GARBAGE").available)
        #expect(try !nvml("COUNT=0").available)
        #expect(try !nvml("COUNT=4000000000u").available)
    }

    /// What is never asked is listed all the same, with the reason.
    @Test func redfishIsListedAndNeverAsked() throws {
        let plain = try #require(try survey("")["Redfish"])
        #expect(!plain.available && plain.boundary == "node")
        #expect(plain.finding == "never asked: it is reached over the network, with a password")
        #expect(plain.mend.contains("IPMI") && plain.mend.contains("--power-log"))
        let described = try survey("sys/firmware/dmi/entries/42-0/type = 42")["Redfish"]
        #expect(described?.available == false)
        #expect(described?.finding.hasPrefix("the firmware describes a management controller; never asked") == true)
        #expect(Redfish(SystemFiles()).open().isEmpty)
    }

    @Test func theLibraryAloneIsNoDriver() throws {
        let library = "usr/lib/x86_64-linux-gnu/libnvidia-ml.so.1 = \n"
        #expect(try survey(library)["NVML"]?.mend == "sudo modprobe nvidia")
        let both = try survey(library + "proc/driver/nvidia/version = NVRM version: 550")["NVML"]
        #expect(both?.available == true)
    }

    @Test func thisMachineIsSurveyed() {
        let surveys = PowerSources.survey(SystemFiles())
        #expect(surveys.map(\.source).first == "powercap RAPL")
        #expect(surveys.last?.source == "external meter")
    }
}
