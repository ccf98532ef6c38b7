import Model
import SystemFiles
import TestSupport
import Testing
import Units

@testable import Probe

/// Claimed against visible: a claim for each piece of evidence, and none without.
struct ClaimTests {
    private func claims(_ guest: GuestTree, extra: String = "") throws -> [Claim] {
        let tree = try CapturedTree(text: guest.text + extra)
        return try withExtendedLifetime(tree) { try Probe.machine(ProbeOptions(sysroot: tree.path)).claims }
    }

    private func claim(_ guest: GuestTree, _ subject: String, extra: String = "") throws -> Claim {
        let all = try claims(guest, extra: extra)
        return try #require(all.first { $0.subject == subject }, "only \(all.map(\.subject))")
    }

    private static let honest = GuestTree()

    @Test func anHonestGuestHasLittleToBeToldOf() throws {
        #expect(try claims(Self.honest).map(\.subject) == ["virtual processors", "cores", "frequency"])
    }

    @Test(arguments: ["amd-two-sockets-nps4", "arm-server", "intel-hybrid"])
    func anOrdinaryMachineHasNone(_ name: String) throws {
        #expect(try Fixtures.machine(name).claims.isEmpty)
    }

    @Test func aRealMachineIsBelieved() throws {
        var odd = GuestTree(flags: "", lastLevel: 4096, coresPerLastLevel: 1, isGuest: false)
        #expect(try claims(odd).isEmpty)
        odd.lastLevel = nil
        odd.name = "AMD EPYC"
        #expect(try claims(odd).isEmpty)
    }

    @Test func theCloudsAreToldOf() throws {
        func subjects(_ name: String) throws -> [String] { try Fixtures.machine(name).claims.map(\.subject) }
        #expect(try subjects("aws-burstable") == ["virtual processors", "sustained speed"])
        #expect(try subjects("google-rome") == ["virtual processors", "frequency"])
        #expect(try subjects("azure-milan") == ["virtual processors", "cores", "frequency"])
        #expect(
            try subjects("oracle-generic")
                == ["virtual processors", "processor model", "instruction sets", "last-level cache", "frequency"])
    }

    @Test func virtualProcessorsAreCoresOrThreads() throws {
        let subject = "virtual processors"
        #expect(try claim(Self.honest, subject).visible.hasPrefix("8 cores of one thread each"))
        let threads = try claim(GuestTree(cores: 4, threadsPerCore: 2), subject)
        #expect(threads.claimed == "8 vCPUs")
        #expect(threads.visible == "4 cores for 8 threads")
    }

    @Test(arguments: [
        ("AMD EPYC", false), ("AMD EPYC Processor", false), ("AMD EPYC-Milan Processor", false),
        ("QEMU Virtual CPU version 2.5+", false), ("Intel Xeon Processor (Icelake)", false),
        ("Intel(R) Xeon(R) CPU @ 2.20GHz", false), ("Intel Xeon E312xx (Sandy Bridge)", false),
        ("Westmere E56xx/L56xx/X56xx (Nehalem-C)", false), ("Common KVM processor", false), ("DO-Regular", false),
        ("AMD EPYC 128-Core Processor", false), ("AMD EPYC 9654 96-Core Processor", true), ("AMD EPYC 7B12", true),
        ("Intel(R) Xeon(R) Platinum 8488C", true), ("Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz", true),
        ("13th Gen Intel(R) Core(TM) i5-13400", true), ("Intel(R) N100", true), ("AMD EPYC 9R14", true),
    ])
    func aModelNumberIsKnownFromOtherNumbers(_ name: String, _ isNumbered: Bool) {
        #expect(Claims.hasModelNumber(name) == isNumbered)
    }

    @Test func aNameWithoutANumberIsNone() throws {
        let claim = try claim(GuestTree(name: "AMD EPYC"), "processor model")
        #expect(claim.claimed == "AMD EPYC")
        #expect(claim.visible == "no model number; Zen 4 (Genoa) by its family and model")
        #expect(claim.evidence == "model name and family 25, model 17, stepping 1 of /proc/cpuinfo: Zen 4 (Genoa)")
    }

    @Test func coresOfTheName() throws {
        #expect(try claim(Self.honest, "cores").claimed == "96, in the model's name")
        #expect(try !claims(GuestTree(cores: 96)).contains { $0.subject == "cores" })
        #expect(Claims.coresInName("AMD EPYC 7763 64-Core Processor") == 64)
        #expect(Claims.coresInName("AMD Ryzen Six-Core") == nil)
        #expect(Claims.coresInName("-99-Core 0-Core") == nil)
    }

    @Test func hiddenInstructionSets() throws {
        let subject = "instruction sets"
        #expect(try claim(GuestTree(flags: ""), subject).visible.hasPrefix("without AVX-512: hidden"))
        let some = GuestTree(flags: GuestTree.zen4.replacing("avx512_bf16", with: ""))
        #expect(try claim(some, subject).visible.hasPrefix("without avx512_bf16: hidden"))
        var intel = GuestTree(
            vendor: "GenuineIntel", family: 6, model: 143, name: "Intel(R) Xeon(R) Platinum 8488C",
            flags: GuestTree.sapphireRapids, lastLevel: 107_520)
        #expect(try !claims(intel).contains { $0.subject == subject })
        intel.flags = intel.flags.split(separator: " ").filter { !$0.hasPrefix("amx") }.joined(separator: " ")
        let hidden = try claim(intel, subject)
        #expect(hidden.claimed == "those of Sapphire Rapids")
        #expect(hidden.visible.hasPrefix("without AMX: hidden"))
    }

    /// One model number, three parts, told apart by their stepping.
    @Test func steppingsAreParts() throws {
        func names(_ stepping: Int) throws -> [String] {
            let guest = GuestTree(
                vendor: "GenuineIntel", family: 6, model: 85, stepping: stepping, name: "Intel Xeon Processor",
                flags: "avx512f avx512bw avx512cd avx512dq avx512vl", lastLevel: 36608)
            return try claims(guest).filter { $0.subject == "instruction sets" }.map(\.claimed)
        }
        #expect(try names(4) == [])
        #expect(try names(7) == ["those of Cascade Lake"])
        #expect(try names(11) == ["those of Cooper Lake"])
    }

    @Test func lastLevelCaches() throws {
        let subject = "last-level cache"
        #expect(try !claims(Self.honest).contains { $0.subject == subject })
        #expect(try claim(GuestTree(lastLevel: nil), subject).visible == "no caches at all")
        #expect(try claim(GuestTree(lastLevel: 262_144), subject).visible == Figures.bytes(256 << 20))
        #expect(try claim(GuestTree(lastLevel: 8192), subject).visible == Figures.bytes(8 << 20))
        let shared = try claim(GuestTree(cores: 32, coresPerLastLevel: 32), subject)
        #expect(shared.claimed == "one for up to 8 cores, as Zen 4 (Genoa) is made")
        #expect(shared.visible == "one shared by 32 cores")
        // Sixteen that are shown as cores may be eight cores of two threads.
        #expect(try !claims(GuestTree(cores: 16, coresPerLastLevel: 16)).contains { $0.subject == subject })
        let threads = GuestTree(cores: 16, threadsPerCore: 2, coresPerLastLevel: 16)
        #expect(try claim(threads, subject).visible == "one shared by 16 cores")
    }

    @Test func aLastLevelCacheForEachCore() throws {
        var guest = GuestTree(
            vendor: "GenuineIntel", family: 6, model: 106, name: "Intel Xeon Processor (Icelake)", lastLevel: 16384,
            coresPerLastLevel: 1)
        let copies = try claim(guest, "last-level cache")
        #expect(copies.claimed == "8 × \(Figures.bytes(16 << 20)), one for each core")
        guest.packages = 8
        #expect(try claim(guest, "packages").claimed == "8, one for each core")
        // Eight complexes with one core in use each do exist on AMD's.
        #expect(try !claims(GuestTree(coresPerLastLevel: 1)).contains { $0.subject == "last-level cache" })
    }

    @Test func oneNodeWhereThereMustBeMore() throws {
        let subject = "NUMA nodes"
        let packages = GuestTree(name: "Xeon 1234", packages: 2, cores: 16, isGuest: false)
        #expect(try claim(packages, subject).visible == "2 packages: each has memory of its own")
        // Eight packages of one core are the hypervisor's fiction, told of elsewhere.
        #expect(try !claims(GuestTree(packages: 8)).contains { $0.subject == subject })
        let many = GuestTree(
            vendor: "GenuineIntel", family: 6, model: 106, name: "Intel(R) Xeon(R) 8370C", cores: 48,
            threadsPerCore: 2, lastLevel: 49152, coresPerLastLevel: 48)
        #expect(try claim(many, subject).claimed == "1 node of 48 cores")
        var few = many
        few.threadsPerCore = 1
        #expect(try !claims(few).contains { $0.subject == subject })
    }

    @Test func frequencies() throws {
        let named = GuestTree(name: "AMD EPYC 1234 @ 2.60GHz")
        #expect(try !claims(named).contains { $0.subject.contains("frequency") })
        let other = "sys/devices/system/cpu/cpu0/acpi_cppc/nominal_freq = 3500\n"
        let claim = try claim(named, "nominal frequency", extra: other)
        #expect(claim.claimed == "\(Figures.quantity(2.6e9, .hertz)), in the model's name")
        #expect(claim.visible == Figures.quantity(3.5e9, .hertz))
        let near = "sys/devices/system/cpu/cpu0/acpi_cppc/nominal_freq = 2595\n"
        #expect(try !claims(named, extra: near).contains { $0.subject.contains("frequency") })
    }

    @Test func whatMayBeUsed() throws {
        let container = try Fixtures.machine("container").claims
        #expect(container.map(\.subject) == ["memory", "processing units", "processor time"])
        #expect(container[0].visible == "\(Figures.bytes(512 << 20)) may be used")
        #expect(container[0].evidence == "MemTotal of /proc/meminfo; memory.max of the control group")
        #expect(container[1].visible == "3 may be used: 0-1,3")
        #expect(container[2].visible == "1.5 CPUs' worth of time per period")
    }

    @Test(arguments: [
        ("t3.micro", true), ("t3a.large", true), ("t4g.small", true), ("t2.nano", true), ("trn1.2xlarge", false),
        ("e2-medium", true), ("e2-standard-2", false), ("f1-micro", true), ("Standard_B2s", true),
        ("Standard_B4as_v2", true), ("Standard_D2s_v5", false), ("m7a.large", false), ("Basic_A1", false),
    ])
    func typesWithCredit(_ type: String, _ isBurstable: Bool) {
        #expect(Claims.isBurstable(type) == isBurstable)
    }

    @Test(
        arguments: [
            ("m7i.2xlarge", 8, 4), ("c6g.medium", 1, 2), ("r8g.24xlarge", 96, 8), ("c7i-flex.large", 2, 2),
            ("m6a.xlarge", 4, 4), ("n1-standard-4", 4, 3.75), ("n2d-highmem-16", 16, 8), ("e2-highcpu-8", 8, 1),
            ("c3-standard-8-lssd", 8, 4), ("Standard_D8s_v5", 8, 4), ("Standard_D4lds_v5", 4, 2),
            ("Standard_E16ads_v5", 16, 8), ("Standard_F16s_v2", 16, 2),
            // As their makers' tables have them, a whole size of each family.
            ("m5.24xlarge", 96, 4), ("m5zn.3xlarge", 12, 4), ("m6idn.32xlarge", 128, 4), ("m8g.48xlarge", 192, 4),
            ("c5.18xlarge", 72, 2), ("c6in.32xlarge", 128, 2), ("c7a.48xlarge", 192, 2), ("c8gn.2xlarge", 8, 2),
            ("r5b.24xlarge", 96, 8), ("r6idn.32xlarge", 128, 8), ("r7iz.12xlarge", 48, 8), ("z1d.6xlarge", 24, 8),
            ("x2gd.medium", 1, 16), ("x2idn.24xlarge", 96, 16), ("x8g.24xlarge", 96, 16), ("x2iedn.xlarge", 4, 32),
            ("x2iezn.12xlarge", 48, 32), ("n1-highmem-96", 96, 6.5), ("n1-highcpu-64", 64, 0.9),
            ("e2-standard-32", 32, 4), ("e2-highmem-16", 16, 8), ("n2-standard-128", 128, 4), ("n2-highmem-96", 96, 8),
            ("n2-highcpu-96", 96, 1), ("n2d-standard-224", 224, 4), ("n2d-highcpu-224", 224, 1),
            ("n4-standard-80", 80, 4), ("n4-highmem-80", 80, 8), ("n4-highcpu-80", 80, 2), ("n4d-standard-96", 96, 4),
            ("c2-standard-60", 60, 4), ("c2d-highmem-112", 112, 8), ("c2d-highcpu-112", 112, 2),
            ("c3-highmem-176", 176, 8), ("c3-highcpu-22", 22, 2), ("c3d-standard-360", 360, 4),
            ("c3d-highmem-360", 360, 8), ("c4-highcpu-288", 288, 2), ("c4a-standard-72", 72, 4),
            ("c4a-highmem-72", 72, 8), ("c4a-highcpu-72", 72, 2), ("t2d-standard-60", 60, 4),
            ("t2a-standard-48", 48, 4), ("Standard_D96s_v5", 96, 4), ("Standard_D192s_v6", 192, 4),
            ("Standard_D96as_v5", 96, 4), ("Standard_D96ls_v5", 96, 2), ("Standard_D128ls_v6", 128, 2),
            ("Standard_D48ps_v5", 48, 4), ("Standard_D96ps_v6", 96, 4), ("Standard_E48_v5", 48, 8),
            ("Standard_E20ps_v5", 20, 8), ("Standard_E48pds_v6", 48, 8), ("Standard_F64as_v6", 64, 4),
            ("Standard_F64als_v6", 64, 2),
        ] as [(String, Int, Double)])
    func aTypesNameSaysItsMemory(_ type: String, _ vCPUs: Int, _ gibibytes: Double) {
        let size = InstanceFamilies.size(type)
        #expect(size?.vCPUs == vCPUs)
        #expect(size?.gibibytesEach == gibibytes)
    }

    @Test(arguments: [
        "t3.large", "m7i.metal-24xl", "c5n.9xlarge", "x1.16xlarge", "m7i.0xlarge", "m7i.-1xlarge", "m7i.", "m7i",
        "e2-medium", "n2-highmem-128", "n2-standard-x", "n2-standard-0", "n2-standard-8-8", "Standard_B2s",
        "Standard_D2_v2", "Standard_E104is_v5", "Standard_E96s_v5", "Standard_E32ps_v5", "Standard_D64ps_v5",
        "Standard_F8_v1",
        "c4-standard-96", "c4-highmem-96", "c3d-highcpu-60", "c4d-highcpu-4", "n4d-highcpu-48", "n2-highmem-97",
        "x1e.xlarge",
        "r4.large", "zz9.large", "zz9-standard-4", "Standard_Z4s_v5", "VM.Standard.E4.Flex", "VM.Standard2.4",
        "Standard_D999999999999999999s_v5",
        "VM.Standard.E5.Flex", "",
    ])
    func whereNoRuleHoldsNothingIsSaid(_ type: String) { #expect(InstanceFamilies.size(type) == nil) }

    @Test func memoryBelowTheTypes() throws {
        func claim(_ type: String?, told: UInt64? = nil, kernel: UInt64) -> Claim? {
            var cloud = Cloud(
                provider: "A cloud", instanceType: Reported(type, else: "hidden"), region: .unknown("hidden"))
            if let told { cloud.memoryBytes = .known(told) }
            var machine = SampleRun.machine()
            machine.memory.kernelBytes = .known(kernel)
            let files = SystemFiles(root: "/nonexistent")
            return Claims(
                files, CPUInformation(files), topology: machine.topology, processor: machine.processor,
                memory: machine.memory, limits: machine.limits, cloud: .known(cloud)
            ).memoryOfTheInstance
        }
        let found = try #require(claim("m7i.2xlarge", kernel: 16 << 30))
        #expect(found.claimed == Figures.bytes(32 << 30) && found.visible == Figures.bytes(16 << 30))
        #expect(
            found.evidence
                == "instance type m7i.2xlarge of A cloud: 8 vCPUs of \(Figures.bytes(4 << 30)) each; "
                + "MemTotal of /proc/meminfo")
        #expect(claim("m7i.2xlarge", kernel: 31 << 30) == nil)
        #expect(claim(nil, kernel: 16 << 30) == nil)
        // Of a small machine the kernel keeps too large a part.
        #expect(claim("c7g.medium", kernel: 1700 << 20) == nil)
        // What the service says goes before what the name says.
        #expect(claim("m7i.2xlarge", told: 16 << 30, kernel: 16 << 30) == nil)
        #expect(
            claim("VM.Standard.E5.Flex", told: 64 << 30, kernel: 16 << 30)?.evidence.hasPrefix("metadata service")
                == true)
    }
}
