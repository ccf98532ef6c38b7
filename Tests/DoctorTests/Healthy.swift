import Doctor
import Model
import TestSupport

/// A server on which nothing is wrong, made up; tests spoil one thing at a time.
enum Healthy {
    static func examination() -> Examination {
        Examination(
            tool: Tool(
                version: "0.1.0", commit: String(repeating: "a", count: 40), modified: false, compiler: "Swift 6.3"),
            isOptimized: true, machine: machine(),
            surroundings: Surroundings(
                container: nil, isFiltered: .known(false), isRoot: .known(false),
                clockSources: .known(["tsc", "hpet"]), hasBootConfiguration: true, hasSystemd: true),
            watch: WatchSurvey(
                steal: .known(0), throttledPeriods: .known(0), cpuPressure: .known(0), frequency: .known(2.9e9),
                temperature: .known(41)),
            variants: [
                Examination.Variant(name: "avx2", isSupported: true),
                Examination.Variant(name: "portable", isSupported: true),
            ], asksCloud: true, live: live())
    }

    private static func machine() -> Machine {
        var machine = SampleRun.machine()
        machine.processor.hypervisor = .known("none")
        machine.processor.nominalFrequency = .known(2.6e9)
        machine.processor.maximumFrequency = .known(3.4e9)
        machine.memory.hugePages = .known(512)
        machine.limits.lockedMemoryBytes = .known(.at(8 << 20))
        machine.accelerators = [gpu("0000:41:00.0")]
        machine.acceleratorsNote = .known("1 × A B")
        machine.cloud = .known(Cloud(provider: "A cloud", instanceType: .known("m.metal"), region: .known("r1")))
        machine.tunables = [
            ("governor", "performance"), ("energyPerformancePreference", "performance"), ("turbo", "off"),
            ("scalingDriver", "acpi-cpufreq"), ("simultaneousMultithreading", "off"), ("numaBalancing", "off"),
            ("transparentHugePages", "madvise"), ("clockSource", "tsc"), ("perfEventParanoid", "2"),
        ].map { Tunable(name: $0.0, value: .known($0.1), source: "made up") }
        machine.power = [
            PowerSurvey(
                source: "powercap RAPL", boundary: "package", available: true, finding: "1 package",
                mend: "nothing to do")
        ]
        return machine
    }

    static func gpu(_ busId: String) -> Accelerator {
        var accelerator = Accelerator(kind: .gpu, busId: busId, unknown: "made up")
        (accelerator.vendor, accelerator.model) = (.known("A"), .known("B"))
        return accelerator
    }

    private static func live() -> Examination.Live {
        Examination.Live(
            capabilities: Capabilities(
                bindings: [0, 1].map { Capabilities.Binding(processingUnit: $0, attempt: .permitted) },
                widestProcessingUnits: .known([0, 1]), memoryPolicy: .permitted,
                counters: [
                    Capabilities.Counter(name: "cycles", kind: .hardware, outcome: .counted),
                    Capabilities.Counter(name: "instructions", kind: .hardware, outcome: .counted),
                    Capabilities.Counter(name: "instructions", kind: .hardwareInKernel, outcome: .counted),
                    Capabilities.Counter(name: "task-clock", kind: .software, outcome: .counted),
                ]),
            clock: ClockReport(name: "CLOCK_MONOTONIC_RAW", resolution: 1e-9, readCost: 2e-8),
            quiet: SampleLook.quiet(), absentCanaries: [],
            backends: [Backend.onednn, .cblas, .cuda].map {
                Examination.BackendState(backend: $0, isAvailable: true, detail: "made up 1.0")
            }, storage: .known(Storage(freeBytes: 50 << 30, isWritable: true)))
    }

    /// The diagnosis after `spoil`.
    static func diagnosis(_ spoil: (inout Examination) -> Void = { _ in }) -> Diagnosis {
        var examination = examination()
        spoil(&examination)
        return Doctor.diagnose(examination)
    }
}

extension Examination {
    mutating func tune(_ name: String, _ value: String) {
        machine.tunables.removeAll { $0.name == name }
        machine.tunables.append(Tunable(name: name, value: .known(value), source: "made up"))
    }

    mutating func refuse(_ kind: Capabilities.Counter.Kind, _ cause: Capabilities.Refusal.Cause) {
        let counters = live?.capabilities.counters ?? []
        live?.capabilities.counters = counters.map { counter in
            guard counter.kind == kind else { return counter }
            return Capabilities.Counter(
                name: counter.name, kind: kind, outcome: .refused(Capabilities.Refusal(cause, "made up")))
        }
    }
}

extension Diagnosis {
    func finding(_ id: String) -> Finding? { findings.first { $0.id == id } }
}
