import Foundation
import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// The kernel's command line: what moves results is repeated, what names something is not.
struct CommandLineTests {
    @Test(arguments: [
        "isolcpus=domain,managed_irq,2-7", "nohz_full=2-7", "mitigations=off", "idle=poll", "intel_pstate=disable",
        "amd_pstate=passive", "transparent_hugepage=never", "hugepages=1024", "hugepagesz=1G", "default_hugepagesz=2M",
        "numa_balancing=disable", "numa=off", "processor.max_cstate=1", "intel_idle.max_cstate=0", "tsc=reliable",
        "clocksource=tsc", "iommu=pt", "intel-iommu=on", "nosmt", "nosmt=force", "hugepages=0:512,1:512",
        "memmap=4G!12G", "mem=8G", "rcu_nocb_poll",
    ])
    func wordsThatMoveResultsAreShown(_ word: String) {
        #expect(KernelCommandLine("quiet \(word) ro") == KernelCommandLine(words: [word], omitted: 2))
    }

    @Test(arguments: [
        "root=UUID=deadbeef-0001", "ip=192.0.2.77::192.0.2.1", "hostname=planted", "BOOTIF=01-02-fe-ed-fa-ca-de",
        "nohz_full=02:fe:ed:fa:ca:de", "idle=192.0.2.77", "mem=deadbeefcafe0123",
        "mitigations=é", "numa=\u{1B}[31m", "iommu=<script>", "init=/home/person/x", "isolcpus=\"1 mitigations=off\"",
    ])
    func wordsThatNameSomethingAreCounted(_ word: String) {
        let line = KernelCommandLine(word)
        #expect(line == KernelCommandLine(words: [], omitted: 1))
    }

    @Test func whatFollowsIsForTheFirstProcess() {
        let line = KernelCommandLine("nosmt -- mem=4G --flag")
        #expect(line == KernelCommandLine(words: ["nosmt"], omitted: 3))
    }

    @Test func aLongOneIsBounded() {
        let line = KernelCommandLine(String(repeating: "nosmt ", count: 1000))
        #expect(line.words.count == 128)
        #expect(line.omitted == 872)
        #expect(KernelCommandLine("mem=" + String(repeating: "1", count: 300)).words.isEmpty)
        #expect(KernelCommandLine("") == KernelCommandLine(words: [], omitted: 0))
    }
}

/// Containers by the signs that their runtimes leave.
struct ContainerTests {
    private func container(_ extra: String, _ name: String = "bare-guest") throws -> Reported<Container> {
        try Fixtures.machine(name, extra: extra).software.container
    }

    static let signs: [(String, String)] = [
        (".dockerenv = x", "docker"), ("proc/self/cgroup = 0::/docker/0a1b2c3d4e5f", "docker"),
        ("proc/self/cgroup = 0::/system.slice/docker-0a1b2c3d4e5f.scope", "docker"),
        ("proc/self/cgroup = 0::/user.slice/libpod-0a1b2c3d4e5f.scope", "podman"),
        ("proc/self/cgroup = 0::/lxc.payload.planted-host", "lxc"), ("run/systemd/container = lxc", "lxc"),
        ("run/systemd/container = systemd-nspawn", "systemd-nspawn"), (".singularity.d/x = x", "apptainer"),
        ("proc/sys/kernel/osrelease = 5.15.153.1-microsoft-standard-WSL2", "wsl"),
        ("proc/self/cgroup = 0::/kubepods.slice/pod3f2a", "kubernetes"),
        ("run/secrets/kubernetes.io/serviceaccount/token = PLANTED", "kubernetes"),
        (
            "proc/self/mountinfo:\n| 9 8 0:5 /var/lib/docker/containers/0a1b2c3d4e5f/hostname /etc/hostname rw - ext4 x rw",
            "docker"
        ),
        ("proc/self/mountinfo:\n| 9 8 0:5 /proc/meminfo /proc/meminfo rw - fuse.lxcfs lxcfs rw", "lxc"),
        ("proc/self/cgroup = 0::/user.slice", "none"),
        ("proc/self/cgroup = 0::/\nrun/systemd/container = PLANTED", "unnamed"),
    ]

    /// Marks of the image it was made from stay in a virtual machine; the namespaces say that it shares its kernel with nobody.
    @Test func aVirtualMachineMadeFromAnImageIsNoContainer() throws {
        let first = """
            .dockerenv = x
            proc/self/ns/pid -> pid:[4026531836]
            proc/self/ns/uts -> uts:[4026531838]
            proc/self/ns/ipc -> ipc:[4026531839]
            """
        let machine = try #require(try container(first).value)
        #expect(machine.runtime == "none" && machine.evidence.contains("/proc/self/ns"))
        let other = first.replacingOccurrences(of: "4026531838", with: "4026532838")
        #expect(try container(other).value?.runtime == "docker")
    }

    @Test(arguments: signs) func aRuntimeIsKnownByItsSigns(_ extra: String, _ runtime: String) throws {
        let found = try #require(try container(extra).value)
        #expect(found.runtime == runtime)
        #expect(found.image.value == nil && found.imageDigest.value == nil)
        let text = String(decoding: try JSON.document(found), as: UTF8.self)
        for word in ["0a1b2c", "planted", "PLANTED", "pod3f2a"] { #expect(!text.contains(word)) }
    }

    @Test func podmanNamesTheImage() throws {
        let digest = String(repeating: "c059bfaa849c4d8e", count: 4)
        let extra = """
            run/.containerenv:
            | engine="podman-4.3.1"
            | name="planted-host"
            | id="0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
            | image="docker.io/library/debian:12"
            | imageid="\(digest)"
            """
        let found = try #require(try container(extra).value)
        #expect(found.runtime == "podman")
        #expect(found.image == .known("docker.io/library/debian:12"))
        #expect(found.imageDigest == .known("sha256:\(digest)"))
        let whole = try Fixtures.json(try Fixtures.machine("bare-guest", extra: extra))
        #expect(!whole.contains("planted-host") && !whole.contains("0a1b2c3d"))
    }

    @Test(arguments: ["image=\"a b\"", "image=\"<script>\"", "image=\"\"", "imageid=\"12\"", "garbage", "="])
    func whatPodmanCannotHaveWrittenIsNotRepeated(_ line: String) throws {
        let found = try #require(try container("run/.containerenv:\n| \(line)").value)
        #expect(found.runtime == "podman")
        #expect(found.image == .unknown("/run/.containerenv names none"))
        #expect(found.imageDigest == .unknown("/run/.containerenv names none"))
    }

    @Test func theFirstProcessMayTell() throws {
        let tree = try Fixtures.tree("bare-guest", extra: "proc/self/cgroup = 0::/")
        let variables = ["PATH=/bin", "HOSTNAME=planted-host", "container=lxc", "HOME=/"].joined(separator: "\0")
        try tree.write("proc/1/environ", bytes: Array(variables.utf8))
        let machine = try Probe.machine(ProbeOptions(sysroot: tree.path))
        #expect(machine.software.container.value?.runtime == "lxc")
        #expect(try !Fixtures.json(machine).contains("planted-host"))
    }

    @Test func aHostOfContainersIsNone() throws {
        #expect(try Fixtures.machine("amd-two-sockets-nps4").software.container.value?.runtime == "none")
    }

    @Test func withoutAnySourceItIsUnknown() throws {
        #expect(try container("").reason?.contains("/proc/self/cgroup") == true)
    }
}

/// Finding libraries without loading them.
struct LibrarySearchTests {
    private func libraries(_ name: String) throws -> [Library] {
        Array(try Fixtures.machine(name).software.libraries.dropFirst(2))
    }

    @Test func librariesAreFoundBehindTheirLinks() throws {
        let found = try libraries("intel-hybrid")
        #expect(found.map(\.name) == ["oneDNN", "OpenBLAS", "OpenMP, GNU"])
        #expect(found.map(\.version.value) == ["3.1", "0.3.26", nil])
        #expect(
            found[1].path == .known("/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.26.so"))
    }

    @Test func whereNVIDIAInstallsIsLookedAtToo() throws {
        let found = try libraries("amd-two-sockets-nps4")
        #expect(found.map(\.name) == ["MKL", "CUDA runtime", "cuBLAS"])
        #expect(found.map(\.version.value) == [nil, "12.4.127", "12.4.5.8"])
    }

    @Test(arguments: [
        ("libopenblasp-r0.3.21.so", "0.3.21"), ("libdnnl.so.2.6", "2.6"), ("libcublas.so.12.4.5.8", "12.4.5.8"),
        ("libblas.so", nil), ("libx.so.3", nil), ("", nil), ("...", nil),
    ])
    func theNumberInAFileName(_ name: String, _ number: String?) {
        #expect(KnownLibrary.number(inName: name) == number)
    }

    @Test func aRoundOfIncludesEnds() throws {
        let tree = try CapturedTree(
            text: """
                etc/ld.so.conf:
                | include /etc/ld.so.conf
                | include /etc/ld.so.conf.d/*.conf
                | include *.conf
                | include /a/*b*c
                | /opt/blas/lib # ours
                | relative/path
                etc/ld.so.conf.d/x.conf -> /etc/ld.so.conf
                opt/blas/lib/libblis.so.4 = x
                """)
        #expect(
            LibrarySearch(SystemFiles(root: tree.path)).paths(["libblis.so.4"]) == [
                "libblis.so.4": "/opt/blas/lib/libblis.so.4"
            ])
    }
}

/// The index of the dynamic linker.
struct LinkerCacheTests {
    /// An index as ldconfig writes it.
    static func index(_ entries: [(name: String, path: String, flags: UInt32, capabilities: UInt64)]) -> [UInt8] {
        func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
            withUnsafeBytes(of: number) { Array($0) }
        }
        var head = Array("glibc-ld.so.cache1.1".utf8)
        var texts: [UInt8] = []
        var body: [UInt8] = []
        let start = 48 + entries.count * 24
        for entry in entries {
            body += bytes(entry.flags)
            for text in [entry.name, entry.path] {
                body += bytes(UInt32(start + texts.count))
                texts += Array(text.utf8) + [0]
            }
            body += bytes(UInt32(0)) + bytes(entry.capabilities)
        }
        head += bytes(UInt32(entries.count)) + bytes(UInt32(texts.count)) + [UInt8](repeating: 0, count: 20)
        return head + body + texts
    }

    private static let whole = index([
        ("libx.so.1", "/lib32/libx.so.1", 0x0003, 0), ("libx.so.1", "/lib/v3/libx.so.1", 0x0303, 1 << 62),
        ("libx.so.1", "/lib/libx.so.1", 0x0303, 0), ("libx.so.1", "/usr/lib/libx.so.1", 0x0303, 0),
        ("liby.so.2", "/lib/liby.so.2", 0x0303, 0),
    ])

    @Test func theFirstOfTheRightKindCounts() throws {
        let cache = try #require(LinkerCache(Self.whole))
        #expect(cache.paths(["libx.so.1", "libz.so"], architecture: 3) == ["libx.so.1": "/lib/libx.so.1"])
        #expect(cache.paths(["libx.so.1"], architecture: nil) == ["libx.so.1": "/lib32/libx.so.1"])
        #expect(cache.paths(["liby.so.2"], architecture: 10).isEmpty)
    }

    @Test func anOlderIndexMayStandBefore() throws {
        let old = Array("ld.so-1.7.0\0".utf8) + [1, 0, 0, 0] + [UInt8](repeating: 7, count: 12)
        let cache = try #require(LinkerCache(old + [0, 0, 0, 0] + Self.whole))
        #expect(cache.paths(["liby.so.2"], architecture: 3) == ["liby.so.2": "/lib/liby.so.2"])
    }

    @Test func nothingInItIsTrusted() {
        for length in 0..<Self.whole.count {
            _ = LinkerCache(Array(Self.whole[..<length]))?.paths(["libx.so.1"], architecture: nil)
        }
        for place in Self.whole.indices {
            for byte: UInt8 in [0, 0x7f, 0xff] {
                var damaged = Self.whole
                damaged[place] = byte
                _ = LinkerCache(damaged)?.paths(["libx.so.1", "liby.so.2"], architecture: 3)
            }
        }
        #expect(LinkerCache([]) == nil)
        #expect(LinkerCache(Array("ld.so-1.7.0\0".utf8) + [255, 255, 255, 255]) == nil)
    }

    @Test func aCapturedIndexIsUsed() throws {
        let tree = try CapturedTree(text: "lib/libx.so.1 = x")
        try tree.write("etc/ld.so.cache", bytes: Self.whole)
        let found = LibrarySearch(SystemFiles(root: tree.path)).paths(["liby.so.2"])
        #expect(found == ["liby.so.2": "/lib/liby.so.2"])
    }
}
