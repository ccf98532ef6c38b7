import Doctor
import Model
import Testing

/// What is said to change something must be true where it is said.
struct MendTests {
    private func mend(_ id: String, _ spoil: (inout Examination) -> Void) -> Mend? {
        Healthy.diagnosis(spoil).finding(id)?.mend
    }

    private static func enclose(_ e: inout Examination, _ runtime: String) {
        e.surroundings.container = runtime
        e.surroundings.hasSystemd = false
    }

    @Test func rootNeedsNoSudo() {
        let set = "sysctl kernel.numa_balancing=0"
        func balance(_ e: inout Examination) {
            e.tune("numaBalancing", "on")
            e.machine.topology.numaNodes.append(e.machine.topology.numaNodes[0])
        }
        #expect(mend("setting.numaBalancing", balance) == .command("sudo " + set, on: .here))
        let asRoot = mend("setting.numaBalancing") {
            balance(&$0)
            $0.surroundings.isRoot = .known(true)
        }
        #expect(asRoot == .command(set, on: .here))
        // Root of a container is not root of the kernel that it shares.
        let inside = mend("setting.numaBalancing") {
            balance(&$0)
            $0.surroundings.isRoot = .known(true)
            Self.enclose(&$0, "docker")
        }
        #expect(inside == .command("sudo " + set, on: .host))
    }

    @Test func aGuestIsNotSentToItsBIOS() {
        let hidden = mend("frequency") {
            $0.machine.processor.hypervisor = .known("KVM")
            $0.watch.frequency = .unknown("no cpufreq")
        }
        guard case .nothing(let why) = hidden else {
            Issue.record("\(String(describing: hidden))")
            return
        }
        #expect(why.contains("hypervisor"))
        #expect(
            mend("frequency") { $0.watch.frequency = .unknown("no cpufreq") }
                == .command("sudo modprobe acpi_cpufreq", on: .here))
    }

    @Test func countersAreMendedByTheirCause() {
        func counters(_ cause: Capabilities.Refusal.Cause, _ more: (inout Examination) -> Void = { _ in }) -> Mend? {
            mend("counters.hardware") {
                $0.refuse(.hardware, cause)
                more(&$0)
            }
        }
        #expect(
            counters(.accessDenied) { $0.tune("perfEventParanoid", "3") }
                == .command("sudo sysctl kernel.perf_event_paranoid=2", on: .here))
        #expect(
            mend("counters.kernel") { $0.refuse(.hardwareInKernel, .accessDenied) }
                == .command("sudo sysctl kernel.perf_event_paranoid=1", on: .here))
        #expect(
            counters(.notPermitted) { Self.enclose(&$0, "docker") }
                == .command("docker run --cap-add=PERFMON IMAGE assay doctor", on: .host))
        #expect(
            counters(.noSuchDevice) { $0.machine.processor.hypervisor = .known("KVM") }
                == .nothing("the hypervisor does not pass counters on; bare metal has it"))
        #expect(
            counters(.noSuchDevice) == .nothing("this kernel has no driver for this processor's counters"))
        #expect(counters(.notImplemented) == .nothing("this kernel was built without perf events"))
        let filtered = counters(.notImplemented) {
            Self.enclose(&$0, "podman")
            $0.surroundings.isFiltered = .known(true)
        }
        #expect(filtered == .command("podman run --cap-add=PERFMON IMAGE assay doctor", on: .host))
        // A setting that would not help is not named: the filter stands before it.
        let denied = counters(.notPermitted) {
            $0.tune("perfEventParanoid", "3")
            $0.surroundings.isFiltered = .known(true)
        }
        #expect(denied == .nothing("a seccomp filter refuses it, which whoever started this process has set"))
    }

    @Test(arguments: [
        ("docker", "docker update --cpu-quota=-1 CONTAINER"),
        ("kubernetes", "kubectl set resources deployment NAME --limits=cpu=2"),
    ])
    func aQuotaIsLiftedWhereItWasSet(runtime: String, command: String) {
        let found = mend("cpuQuota") {
            $0.machine.limits.cpuQuota = .known(.at(0.5))
            Self.enclose(&$0, runtime)
        }
        #expect(found == .command(command, on: .host))
    }

    @Test func aQuotaWithoutAContainerIsLeftThroughSystemdWhereThereIsOne() {
        let slice = "sudo systemd-run --scope --slice=assay.slice assay run standard"
        #expect(mend("cpuQuota") { $0.machine.limits.cpuQuota = .known(.at(0.5)) } == .command(slice, on: .here))
        let none = mend("cpuQuota") {
            $0.machine.limits.cpuQuota = .known(.at(0.5))
            $0.surroundings.hasSystemd = false
        }
        #expect(none == .nothing("the control group in which this was started sets it"))
    }

    @Test func theKernelsCommandLineIsChangedOnlyWhereItIsConfigured() {
        func psi(_ more: (inout Examination) -> Void = { _ in }) -> Mend? {
            mend("watch.pressure") {
                $0.watch.cpuPressure = .unknown("/proc/pressure/cpu: Operation not supported")
                more(&$0)
            }
        }
        guard case .command(let command, .here) = psi() else {
            Issue.record("no command")
            return
        }
        #expect(command.contains("psi=1") && command.contains("update-grub"))
        guard case .nothing = psi({ $0.surroundings.hasBootConfiguration = false }) else {
            Issue.record("a guest without a boot loader was told to configure it")
            return
        }
        let absent = mend("watch.pressure") {
            $0.watch.cpuPressure = .unknown("/proc/pressure/cpu: No such file or directory")
        }
        #expect(absent == .nothing("this kernel was built without it, or hides it"))
    }

    @Test func librariesAreInstalledByTheDistributionsOwnMeans() {
        func install(_ system: String) -> Mend? {
            mend("cblas") {
                $0.live?.backends[1].isAvailable = false
                $0.machine.software.operatingSystem = .known(system)
            }
        }
        #expect(install("Debian GNU/Linux 12") == .command("sudo apt-get install libopenblas0-pthread", on: .here))
        #expect(install("Fedora Linux 41") == .command("sudo dnf install openblas-threads", on: .here))
        #expect(install("Slackware 15") == .command("export ASSAY_CBLAS=/path/to/library.so", on: .here))
    }

    @Test func aClockSourceIsChosenOnlyWhereABetterOneIsOffered() {
        let file = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
        #expect(
            mend("clockSource") { $0.tune("clockSource", "hpet") }
                == .command("echo tsc | sudo tee \(file)", on: .here))
        let none = mend("clockSource") {
            $0.tune("clockSource", "hpet")
            $0.surroundings.clockSources = .known(["hpet", "acpi_pm"])
        }
        #expect(none == .nothing("the kernel offers no better clock source"))
    }

    @Test func intelsTurboHasASwitchOfItsOwn() {
        let intel = mend("setting.turbo") {
            $0.tune("turbo", "on")
            $0.tune("scalingDriver", "intel_pstate")
        }
        #expect(intel == .command("echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo", on: .here))
    }

    /// Commands are built from words of ours and from numbers: nothing that was read may reach a shell.
    @Test func whatIsReadDoesNotReachAShell() {
        let hostile = "$(reboot); echo "
        let diagnosis = Healthy.diagnosis { e in
            e.machine.software.operatingSystem = .known(hostile)
            e.machine.limits.allowedProcessingUnits = .known(hostile)
            e.surroundings.container = hostile
            e.surroundings.clockSources = .known([hostile])
            for tunable in e.machine.tunables { e.tune(tunable.name, hostile) }
            e.machine.limits.cpuQuota = .known(.at(0.5))
            e.refuse(.hardware, .notPermitted)
            e.live?.capabilities.memoryPolicy = .refused(Capabilities.Refusal(.notPermitted, hostile))
            e.live?.backends[0].isAvailable = false
        }
        for finding in diagnosis.findings {
            if case .command(let command, _) = finding.mend {
                #expect(!command.contains("reboot); echo"), "\(command)")
            }
        }
        #expect(diagnosis.findings.contains { $0.mend != nil })
    }
}
