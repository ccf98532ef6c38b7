import Datasheet
import Document
import Model
import Testing

/// Limits, software, settings and identifiers, as the sheet and the tree tell them.
struct ConfigurationTests {
    private func words(_ number: Int, _ change: (inout Bundle) -> Void = { _ in }) -> String {
        var recording = Synthetic.normal()
        change(&recording.bundle)
        return Datasheet.compose(recording).sections.first { $0.number == number }?.words ?? ""
    }

    private func tree(_ change: (inout Machine) -> Void = { _ in }) -> String {
        var machine = Synthetic.machine
        change(&machine)
        return lines(Datasheet.machineTree(machine)).joined(separator: "\n")
    }

    private func lines(_ tree: Document.Tree) -> [String] {
        ["\(tree.label): \(tree.detail)"] + tree.children.flatMap(lines)
    }

    @Test func limitsAreAmountsOrUnlimited() {
        let text = words(4)
        #expect(text.contains("CPU quota\nunlimited, weight 100"))
        #expect(text.contains("Memory limit\n16\u{A0}GiB, slowed above 12\u{A0}GiB, no swap"))
        #expect(text.contains("Throttled\nin 12 of 3\u{202F}400 periods, for 1.3\u{A0}s"))
        #expect(text.contains("Control groups\nversion 2, processing units 0-1, memory nodes 0"))
        #expect(
            text.contains(
                "open files 1024 (at most 524288); stack 8\u{A0}MiB (at most unlimited); unlimited: address space"))
        let tight = words(4) { bundle in
            bundle.machine.limits.cpuQuota = .known(.at(1.5))
            bundle.machine.limits.cpuPeriod = .known(0.1)
            bundle.machine.limits.cpuBurst = .known(0.02)
            bundle.machine.limits.memoryBytes = .known(.unlimited)
        }
        #expect(tight.contains("CPU quota\n1.50 CPUs’ worth of time per 100\u{A0}ms, burst 20.0\u{A0}ms, weight 100"))
        #expect(tight.contains("Memory limit\nunlimited, slowed above"))
    }

    @Test func withoutControlGroupsTheReasonStandsOnce() {
        let reason = "/proc/self/cgroup: No such file or directory"
        let text = tree { machine in
            machine.limits = Limits(
                controlGroupVersion: .unknown(reason), allowedProcessingUnits: .known("0"), cpuQuota: .unknown(reason),
                memoryBytes: .unknown(reason), tasks: .unknown(reason), lockedMemoryBytes: .known(.unlimited))
        }
        #expect(text.ranges(of: reason).count == 1)
        #expect(text.contains("Locked memory limit: unlimited"))
    }

    @Test func aReasonThatHidesAllStandsInTheirPlace() {
        let reason = "read from a topology file"
        let text = tree { machine in
            machine.limits = Limits(
                controlGroupVersion: .unknown(reason), allowedProcessingUnits: .unknown(reason),
                allowedMemoryNodes: .unknown(reason), cpuQuota: .unknown(reason), memoryBytes: .unknown(reason),
                lockedMemoryBytes: .unknown(reason), resources: .unknown(reason))
        }
        #expect(text.contains("Limits: unknown: \(reason)"))
        #expect(text.ranges(of: reason).count == 1)
    }

    @Test func softwareNamesCompilersLibrariesAndContainer() {
        let text = words(5)
        #expect(text.contains("Kernel command line\nmitigations=auto isolcpus=1 (4 other words left out"))
        #expect(
            text.contains("Container\npodman (by /run/.containerenv), image docker.io/library/debian:12, sha256:0123"))
        #expect(text.contains("gcc\n12.2.0\n/usr/bin/gcc; gcc (Debian 12.2.0-14) 12.2.0"))
        #expect(text.contains("nvcc\nunknown: asked, it did not answer within 10 s"))
        #expect(text.contains("OpenBLAS 0.3.21 DYNAMIC_ARCH, core SkylakeX; chose SkylakeX"))
        #expect(tree().contains("gcc: 12.2.0, /usr/bin/gcc, gcc (Debian 12.2.0-14) 12.2.0"))
    }

    @Test func theReasonForNotAskingStandsOnce() {
        let reason = "not asked: it means loading the library (--deep)"
        let change = { (machine: inout Machine) in
            for index in machine.software.libraries.indices {
                machine.software.libraries[index].version = .unknown(reason)
                machine.software.libraries[index].build = .unknown(reason)
            }
        }
        #expect(tree(change).ranges(of: reason).count == 1)
        #expect(words(5) { change(&$0.machine) }.ranges(of: reason).count == 1)
    }

    @Test func settingsThatChangedAreNamed() {
        let text = words(6) { bundle in
            bundle.machine.tunables.append(Tunable(name: "idleStates", value: .known("POLL C1"), source: "/sys/x"))
            bundle.tunablesChanged = [
                TunableChange(name: "idleStates", before: .known("POLL C1"), after: .known("POLL C1 C6")),
                TunableChange(name: "governor", before: .unknown("hidden"), after: .known("performance")),
                TunableChange(name: "schedulerAutogroup", before: .known("on"), after: .known("off")),
            ]
        }
        #expect(text.contains("Changed during the run: idle states, governor and scheduler autogroup."))
        #expect(text.contains("Idle states\nPOLL C1\nPOLL C1 C6\n/sys/x"))
        #expect(text.contains("Governor\nunknown: hidden\nperformance"))
        #expect(text.contains("Scheduler autogroup\non\noff"))
    }

    @Test func unknownSettingsShareTheirReason() {
        let names = ["turbo", "nmiWatchdog", "samepageMerging"]
        let text = tree { machine in
            machine.tunables += names.map {
                Tunable(name: $0, value: .unknown("/sys/\($0): No such file or directory"), source: "/sys/\($0)")
            }
        }
        #expect(text.contains("Not known: turbo, NMI watchdog, samepage merging: no such file or directory"))
        #expect(text.contains("Not known: governor, SMT: not exposed by the hypervisor"))
    }

    @Test func mlperfNamesHoldTheSoftware() {
        let text = words(17) { bundle in
            bundle.machine.tunables += [
                Tunable(name: "turbo", value: .known("on"), source: "x"),
                Tunable(name: "powerLimitLongTerm", value: .known("65 W"), source: "x"),
            ]
        }
        #expect(text.contains("other_software_stack\nkernel 6.1.0-28-amd64, gcc 12.2.0, oneDNN 2.6.3, OpenBLAS 0.3.21"))
        #expect(text.contains("power_management\nturbo on, power limit long term 65 W"))
        #expect(text.contains("sw_notes\nin podman; kernel started with mitigations=auto isolcpus=1"))
    }

    @Test func identifiersHaveAnAppendixOnlyWhereTheyAre() {
        #expect(!words(17).contains("Identifiers"))
        #expect(!tree().contains("Identifiers"))
        let identifiers = [
            Identifier(name: "hostName", value: .known("node-7")),
            Identifier(name: "productSerial", value: .unknown("permission denied")),
        ]
        #expect(!words(17) { $0.machine.identifiers = identifiers }.contains("Identifiers"))
        var recording = Synthetic.normal()
        recording.bundle.machine.identifiers = identifiers
        var additions = Additions()
        additions.includesIdentifiers = true
        let sheet = Datasheet.compose(recording, with: additions)
        let text = sheet.sections.first { $0.number == 17 }?.words ?? ""
        #expect(text.contains("Identifiers"))
        #expect(text.contains("hostName\nnode-7"))
        #expect(text.contains("productSerial\nunknown: permission denied"))
        #expect(tree { $0.identifiers = identifiers }.contains("hostName: node-7"))
    }
}
