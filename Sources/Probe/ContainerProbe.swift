import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

extension Container {
    /// What this process is shut in. Signs that a runtime leaves for this purpose come first, guesses from names last.
    static func read(_ files: SystemFiles) -> Reported<Container> {
        // A virtual machine made from a container's image carries its marks, and is none.
        if ContainerSigns.isInFirstNamespaces(files) {
            return .known(
                none("its processes, names and messages are those that the kernel began with (/proc/self/ns)"))
        }
        if let podman = podman(files) { return .known(podman) }
        let groups = files.text("/proc/self/cgroup")
        let mounts = files.text("/proc/self/mountinfo").map(ownMounts)
        for (runtime, evidence) in signs(files, groups.value ?? "", mounts.value ?? "") {
            return .known(told(runtime, evidence))
        }
        if groups.value == nil, mounts.value == nil {
            return .unknown(groups.reason ?? "neither control groups nor mounts can be read")
        }
        return .known(none("no marker file, and nothing in the names of control groups and mounts"))
    }

    private static func none(_ evidence: String) -> Container {
        let nothing = "not in a container"
        return Container(
            runtime: Container.none, image: .unknown(nothing), imageDigest: .unknown(nothing), evidence: evidence)
    }

    /// The mounts that a runtime makes for the container itself. A host sees the mounts of all its containers, elsewhere.
    private static func ownMounts(_ text: String) -> String {
        let points: Set<Substring> = ["/", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/proc/meminfo"]
        return text.lines.filter { line in
            let fields = line.words
            return fields.count > 4 && points.contains(fields[4])
        }.joined(separator: "\n")
    }

    private static func told(_ runtime: String, _ evidence: String) -> Container {
        let reason = "\(runtime) does not tell a container its image"
        return Container(runtime: runtime, image: .unknown(reason), imageDigest: .unknown(reason), evidence: evidence)
    }

    /// Podman writes down what it started: engine, image, and a name and an identifier that stay here.
    private static func podman(_ files: SystemFiles) -> Container? {
        let path = "/run/.containerenv"
        guard files.exists(path) else { return nil }
        let values = pairs(files.text(path).value ?? "")
        let absent = "\(path) names none"
        return Container(
            runtime: "podman", image: Reported(values["image"].flatMap(plain), else: absent),
            imageDigest: Reported(values["imageid"].flatMap(digest), else: absent), evidence: path)
    }

    /// `image="docker.io/library/debian:12"`
    private static func pairs(_ text: String) -> [String: String] {
        text.lines.reduce(into: [:]) { pairs, line in
            if let (key, value) = line.keyed("=") { pairs[key] = value.filter { $0 != "\"" } }
        }
    }

    private static func digest(_ text: String) -> String? {
        let hex = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        guard hex.utf8.count == 64, hex.allSatisfy({ $0.isHexDigit && $0.isASCII }) else { return nil }
        return "sha256:\(hex)"
    }

    /// A reference to an image, which is made of few characters; anything else is not repeated.
    private static func plain(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: ".-_/:@+".utf8.contains(byte)
            }
        }
        return isPlain && !text.isEmpty && text.utf8.count <= 255 ? text : nil
    }

    /// Runtimes that something points to, the surest first.
    private static func signs(_ files: SystemFiles, _ groups: String, _ mounts: String) -> [(String, String)] {
        let isPod =
            files.exists("/run/secrets/kubernetes.io") || files.exists("/var/run/secrets/kubernetes.io")
            || groups.holds("/kubepods") || mounts.holds("/kubelet/pods/")
        let release = files.line("/proc/sys/kernel/osrelease").value?.lowercased() ?? ""
        let candidates: [(String?, String)] = [
            (isPod ? "kubernetes" : nil, "names of control groups, mounts, or a service account"),
            (files.exists("/.dockerenv") ? "docker" : nil, "/.dockerenv"),
            (files.exists("/.singularity.d") ? "apptainer" : nil, "/.singularity.d"),
            (known(files.line("/run/systemd/container").value), "/run/systemd/container"),
            (environment(files), "container= of the first process's environment"),
            (release.holds("microsoft") ? "wsl" : nil, "/proc/sys/kernel/osrelease"),
            (byName(groups), "names of control groups"), (byName(mounts), "names of mounts"),
            // A name that is none of the known ones is not repeated: it may be somebody's.
            (files.line("/run/systemd/container").value == nil ? nil : "unnamed", "/run/systemd/container"),
        ]
        return candidates.compactMap { runtime, evidence in runtime.map { ($0, evidence) } }
    }

    /// `container=lxc` in the environment of the first process, which only its owner may read.
    private static func environment(_ files: SystemFiles) -> String? {
        guard let bytes = files.bytes("/proc/1/environ", atMost: 1 << 16).value else { return nil }
        let mark = Array("container=".utf8)
        let entry = bytes.split(separator: 0).first { $0.starts(with: mark) }
        return known(entry.map { String(decoding: $0.dropFirst(mark.count), as: UTF8.self) })
    }

    /// The words that systemd and the runtimes agreed on.
    private static func known(_ word: String?) -> String? {
        let words = ["docker", "podman", "lxc", "lxc-libvirt", "systemd-nspawn", "wsl", "rkt", "proot", "pouch", "oci"]
        return word.flatMap { words.contains($0) ? $0 : nil }
    }

    /// How the runtimes name their control groups, and where they keep what they mount.
    private static func byName(_ text: String) -> String? {
        let shapes = [
            ("/docker/", "docker"), ("/docker-", "docker"), ("/var/lib/docker/", "docker"), ("/libpod", "podman"),
            ("/containers/storage/", "podman"), ("/lxc/", "lxc"), ("/lxc.payload", "lxc"), (" lxcfs ", "lxc"),
            ("/machine.slice/systemd-nspawn", "systemd-nspawn"), ("/ecs/", "ecs"), ("/garden/", "garden"),
            ("/cri-containerd-", "containerd"), ("/io.containerd.", "containerd"), ("/buildkit/", "buildkit"),
        ]
        return shapes.first { text.contains($0.0) }?.1
    }
}
