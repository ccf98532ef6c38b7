import Doctor
import Foundation
import Model
import Testing

/// One thing wrong with a machine, and what must be said of it.
struct Ailment: Sendable, CustomTestStringConvertible {
    var id: String
    var status: Diagnosis.Finding.Status
    var isDisqualifying: Bool
    /// Words that the evidence must have.
    var says: String
    var spoil: @Sendable (inout Examination) -> Void
    var testDescription: String { "\(id): \(says)" }

    init(
        _ id: String, _ status: Diagnosis.Finding.Status, stops: Bool = false, says: String,
        _ spoil: @escaping @Sendable (inout Examination) -> Void
    ) {
        self.id = id
        self.status = status
        isDisqualifying = stops
        self.says = says
        self.spoil = spoil
    }
}

struct RuleTests {
    @Test func aHealthyMachineHasNoComplaint() {
        let diagnosis = Healthy.diagnosis()
        #expect(diagnosis.findings.filter { $0.status != .available }.map(\.id) == [])
        #expect(diagnosis.omitted == [])
        #expect(diagnosis.trusted && diagnosis.measured)
        #expect(diagnosis.verdict == "A standard run can be trusted here.")
        #expect(diagnosis.findings.allSatisfy { $0.mend == nil })
    }

    @Test func keysAreStableAndDifferent() {
        let ids = Healthy.diagnosis().findings.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0 == ".") } })
    }

    /// docs/DOCTOR.md names every finding there is, and says of each that can end in distrust that it does.
    @Test func theDocumentationNamesEachRule() throws {
        let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: top.appendingPathComponent("docs/DOCTOR.md"), encoding: .utf8)
        let halves = text.components(separatedBy: "## All findings")
        try #require(halves.count == 2)
        for finding in Healthy.diagnosis().findings {
            let family = finding.id.split(separator: ".").first.map { "`\($0).*`" } ?? ""
            #expect(halves[1].contains("`\(finding.id)`") || halves[1].contains(family), "\(finding.id)")
        }
        let all = Self.placement + Self.memory + Self.clock + Self.quiet + Self.machine + Self.others
        for ailment in all where ailment.isDisqualifying { #expect(halves[0].contains("`\(ailment.id)`")) }
    }

    @Test(arguments: placement + memory + clock + quiet + machine + others)
    func eachRuleCanFail(_ ailment: Ailment) throws {
        let diagnosis = Healthy.diagnosis(ailment.spoil)
        let finding = try #require(diagnosis.finding(ailment.id))
        #expect(finding.status == ailment.status)
        #expect(finding.isDisqualifying == ailment.isDisqualifying)
        #expect(finding.evidence.contains(ailment.says), "\(finding.evidence)")
        // Whatever is wanting says what changes it, or that nothing does.
        #expect(finding.mend != nil)
        #expect(diagnosis.trusted != ailment.isDisqualifying)
        #expect(diagnosis.verdict.contains("cannot be trusted") == ailment.isDisqualifying)
        if ailment.isDisqualifying { #expect(diagnosis.verdict.contains(finding.subject)) }
    }

    /// The same just inside the bound.
    @Test(arguments: within)
    func whatIsWithinItsBoundIsNoComplaint(_ ailment: Ailment) throws {
        let diagnosis = Healthy.diagnosis(ailment.spoil)
        let finding = try #require(diagnosis.finding(ailment.id))
        #expect(finding.status == .available, "\(finding.evidence)")
        #expect(finding.evidence.contains(ailment.says), "\(finding.evidence)")
        #expect(diagnosis.trusted)
    }

    static let placement = [
        Ailment("pinning", .degraded, stops: true, says: "refused for 1 of 2 processing units (1): made up") {
            $0.live?.capabilities.bindings[1].attempt = .refused(Capabilities.Refusal(.other, "made up"))
        },
        Ailment("pinning", .unavailable, stops: true, says: "the kernel does not tell") {
            $0.live?.capabilities.bindings = []
        },
        Ailment("allowedProcessingUnits", .degraded, says: "started on 1 only; 0-1 may be used") {
            $0.machine.limits.allowedProcessingUnits = .known("1")
        },
        Ailment("allowedProcessingUnits", .degraded, says: "1 of 2 may be used: 1") {
            $0.machine.limits.allowedProcessingUnits = .known("1")
            $0.live?.capabilities.widestProcessingUnits = .known([1])
        },
        Ailment("cpuQuota", .degraded, stops: true, says: "1.5 CPUs' worth of time for 2 threads") {
            $0.machine.limits.cpuQuota = .known(.at(1.5))
        },
        Ailment("cpuQuota", .degraded, says: "enough for a thread on each core") {
            // Two cores of two threads each.
            for core in $0.machine.topology.tree.children.indices {
                let unit = TopologyNode(kind: "processingUnit", index: 2 + core, name: nil, bytes: nil, children: [])
                $0.machine.topology.tree.children[core].children.append(unit)
            }
            $0.machine.topology.processingUnits = 4
            $0.machine.limits.allowedProcessingUnits = .known("0-3")
            $0.machine.limits.cpuQuota = .known(.at(2))
        },
        Ailment("memoryPolicy", .unavailable, says: "nothing is lost") {
            $0.live?.capabilities.memoryPolicy = .refused(Capabilities.Refusal(.notPermitted, "made up"))
        },
    ]

    static let memory = [
        Ailment("memory", .degraded, says: "large cases are scaled down") {
            $0.machine.memory.availableBytes = .known(1 << 30)
        },
        Ailment("memory", .degraded, says: "at most 512\u{A0}MiB for this control group") {
            $0.machine.limits.memoryBytes = .known(.at(512 << 20))
        },
        Ailment("transparentHugePages", .degraded, says: "never") { $0.tune("transparentHugePages", "never") },
        Ailment("transparentHugePages", .unavailable, says: "not probed") { $0.machine.tunables = [] },
        Ailment("hugePages", .unavailable, says: "none of 2\u{A0}MiB") { $0.machine.memory.hugePages = .known(0) },
        Ailment("lockedMemory", .degraded, says: "at most 64\u{A0}KiB") {
            $0.machine.limits.lockedMemoryBytes = .known(.at(64 << 10))
        },
    ]

    static let clock = [
        Ailment("clock", .degraded, stops: true, says: "too coarse") { $0.live?.clock.resolution = 4e-3 },
        Ailment("clock", .degraded, says: "goes through the kernel") { $0.live?.clock.readCost = 1e-6 },
        Ailment("clockSource", .degraded, says: "hpet") { $0.tune("clockSource", "hpet") },
    ]

    static let quiet = [
        Ailment("steal", .degraded, stops: true, says: "3.0\u{202F}% of processing unit 0") {
            $0.live?.quiet.steal = .known(0.03)
        },
        Ailment("steal", .degraded, stops: true, says: "2.0\u{202F}% of all") {
            $0.live?.quiet.stealOfAll = .known(0.02)
        },
        Ailment("steal", .unavailable, says: "hidden") { $0.live?.quiet.stealOfAll = .unknown("hidden") },
        Ailment("otherLoad", .degraded, stops: true, says: "37\u{202F}% of processor time") {
            $0.live?.quiet.otherLoad = .known(0.37)
        },
        Ailment("interruptions", .degraded, stops: true, says: "2.0\u{202F}% of 1.0\u{A0}s lost") {
            $0.live?.quiet.gaps.total = 0.02
        },
        Ailment("interruptions", .degraded, says: "the longest 4.0\u{A0}ms") { $0.live?.quiet.gaps.largest = 0.004 },
        Ailment("interruptions", .degraded, says: "0.50\u{202F}% of 1.0\u{A0}s lost") {
            $0.live?.quiet.gaps.total = 0.005
        },
        Ailment("switches", .degraded, stops: true, says: "250 a second") {
            $0.live?.quiet.involuntarySwitches = 250
        },
        Ailment("throttled", .degraded, stops: true, says: "3 while one thread was busy") {
            $0.live?.quiet.throttledPeriods = .known(3)
        },
        Ailment("timer", .unavailable, says: "hidden") { $0.live?.quiet.timerInterrupts = .unknown("hidden") },
        Ailment("canary.bandwidth", .degraded, stops: true, says: "spread 8.0\u{202F}%") {
            $0.live?.quiet.canaries[1].spread = 0.08
        },
        Ailment("canary.latency", .degraded, says: "range 20\u{202F}%") { $0.live?.quiet.canaries[2].range = 0.2 },
    ]

    static let machine = [
        Ailment("topology", .degraded, says: "not shown: caches, NUMA nodes") {
            $0.machine.topology.caches = []
            $0.machine.topology.numaNodes = []
        },
        Ailment("gpu", .unavailable, says: "no GPU; a display adapter that only draws (ASPEED)") {
            $0.machine.accelerators = []
            $0.machine.acceleratorsNote = .known("no GPU; a display adapter that only draws (ASPEED)")
            // What the bus shows of it is no GPU.
            $0.machine.topology.devices = [
                Device(kind: .gpu, name: "card0", busId: nil, vendor: "ASPEED", model: "AST2600", numaNode: nil)
            ]
        },
        Ailment("gpu", .degraded, says: "1 device: A B; described, not measured") {
            $0.live?.backends[2].isAvailable = false
            // One device, which three programs show.
            $0.machine.topology.devices = ["card0", "nvml0", "cuda0"].map {
                Device(kind: .gpu, name: $0, busId: "0000:41:00.0", vendor: "A", model: "B", numaNode: nil)
            }
        },
        Ailment("frequency", .degraded, says: "what runs now is hidden") { $0.watch.frequency = .unknown("made up") },
        Ailment("frequency", .unavailable, says: "made up") {
            $0.watch.frequency = .unknown("made up")
            $0.machine.processor.nominalFrequency = .unknown("hidden")
            $0.machine.processor.maximumFrequency = .unknown("hidden")
        },
        Ailment("cloud", .unavailable, says: "no cloud") { $0.machine.cloud = .unknown("no cloud") },
        Ailment("cloud", .degraded, says: "A cloud, instance type unknown: no answer") {
            $0.machine.cloud = .known(
                Cloud(provider: "A cloud", instanceType: .unknown("no answer"), region: .unknown("no answer")))
        },
        Ailment("instructionSets", .degraded, says: "kernels run as portable; not as avx2") {
            $0.variants[0].isSupported = false
        },
        Ailment("onednn", .unavailable, says: "not found") {
            $0.live?.backends[0] = Examination.BackendState(backend: .onednn, isAvailable: false, detail: "not found")
        },
        Ailment("cblas", .unavailable, says: "not found") {
            $0.live?.backends[1] = Examination.BackendState(backend: .cblas, isAvailable: false, detail: "not found")
        },
    ]

    static let others = [
        Ailment("setting.governor", .degraded, says: "powersave ×2") {
            $0.tune("governor", "performance ×2, powersave ×2")
        },
        Ailment("setting.energyPerformancePreference", .degraded, says: "balance_power") {
            $0.tune("energyPerformancePreference", "balance_power")
        },
        Ailment("setting.turbo", .degraded, says: "on") { $0.tune("turbo", "on") },
        Ailment("setting.simultaneousMultithreading", .degraded, says: "on") {
            $0.tune("simultaneousMultithreading", "on")
        },
        Ailment("setting.numaBalancing", .degraded, says: "on") {
            $0.tune("numaBalancing", "on")
            $0.machine.topology.numaNodes.append($0.machine.topology.numaNodes[0])
        },
        Ailment("watch.steal", .unavailable, says: "hidden") { $0.watch.steal = .unknown("hidden") },
        Ailment("watch.pressure", .unavailable, says: "not supported") {
            $0.watch.cpuPressure = .unknown("/proc/pressure/cpu: Operation not supported")
        },
        Ailment("watch.throttling", .unavailable, says: "no quota is set") {
            $0.watch.throttledPeriods = .unknown("not counted")
        },
        Ailment("watch.temperature", .unavailable, says: "no zone") { $0.watch.temperature = .unknown("no zone") },
        Ailment("counters.hardware", .unavailable, says: "cycles, instructions: perf_event_open: made up") {
            $0.refuse(.hardware, .accessDenied)
        },
        Ailment("counters.hardware", .degraded, says: "cycles counted; instructions: opened, and counts nothing") {
            $0.live?.capabilities.counters[1].outcome = .silent
        },
        Ailment("counters.kernel", .unavailable, says: "made up") { $0.refuse(.hardwareInKernel, .accessDenied) },
        Ailment("counters.software", .unavailable, says: "made up") { $0.refuse(.software, .notPermitted) },
        Ailment("power.powercapRAPL", .unavailable, says: "readable by root only") {
            $0.machine.power[0].available = false
            $0.machine.power[0].finding = "1 package, readable by root only"
            $0.machine.power[0].mend = "sudo chmod a+r /sys/class/powercap/intel-rapl:*/energy_uj"
        },
        Ailment("storage", .unavailable, stops: true, says: "no right to write") {
            $0.live?.storage = .known(Storage(freeBytes: 50 << 30, isWritable: false))
        },
        Ailment("storage", .degraded, stops: true, says: "may need more") {
            $0.live?.storage = .known(Storage(freeBytes: 10 << 20, isWritable: true))
        },
        Ailment("storage", .degraded, says: "500\u{A0}MiB free") {
            $0.live?.storage = .known(Storage(freeBytes: 500 << 20, isWritable: true))
        },
        Ailment("build", .degraded, says: "not optimised") { $0.isOptimized = false },
        Ailment("build", .degraded, says: "in no commit") { $0.tool.modified = true },
        Ailment("build", .degraded, says: "no known commit") { $0.tool.commit = "unknown" },
    ]

    /// Status and `stops` say nothing here.
    static let within = [
        // Of which only the driver's library tells: the bus is hidden in some containers.
        Ailment("gpu", .available, says: "2 devices: A B; made up 1.0") {
            $0.machine.topology.devices = []
            $0.machine.accelerators.append(Healthy.gpu("0000:42:00.0"))
        },
        Ailment("canary.latency", .available, says: "over 6 fresh processes") {
            $0.live?.quiet.canaries[2].processes = 6
        },
        Ailment("steal", .available, says: "1.0\u{202F}% of processing unit 0") { $0.live?.quiet.steal = .known(0.01) },
        // One tick of 10 ms in a look of 0.4 s is above 1 % and tells nothing.
        Ailment("steal", .available, says: "2.5\u{202F}% of processing unit 0") {
            $0.live?.quiet.seconds = 0.4
            $0.live?.quiet.steal = .known(0.025)
        },
        Ailment("otherLoad", .available, says: "5.0\u{202F}% of processor time") {
            $0.live?.quiet.otherLoad = .known(0.05)
        },
        Ailment("cpuQuota", .available, says: "2 CPUs' worth of time, no less") {
            $0.machine.limits.cpuQuota = .known(.at(2))
        },
        Ailment("lockedMemory", .available, says: "does not bind root") {
            $0.surroundings.isRoot = .known(true)
            $0.machine.limits.lockedMemoryBytes = .known(.at(64 << 10))
        },
        Ailment("lockedMemory", .available, says: "unlimited") {
            $0.machine.limits.lockedMemoryBytes = .known(.unlimited)
        },
        Ailment("setting.numaBalancing", .available, says: "on") { $0.tune("numaBalancing", "on") },
        Ailment("clock", .available, says: "1.0\u{A0}µs") { $0.live?.clock.resolution = 1e-6 },
        Ailment("canary.alu", .available, says: "spread 5.0\u{202F}%") { $0.live?.quiet.canaries[0].spread = 0.05 },
        Ailment("instructionSets", .available, says: "kernels run as avx2, portable") {
            // Not asked: what the processor lists decides.
            $0.variants[0].isSupported = nil
        },
    ]
}
