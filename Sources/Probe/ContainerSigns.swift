import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// Signs by which a process can tell that it is in a container. A name is taken only from a list: what stands in these
/// files may be an identifier.
enum ContainerSigns {
    /// The runtime, or `container` for one that is none of the list; `nil` outside any that can be seen.
    static func runtime(_ files: SystemFiles) -> String? {
        // A virtual machine made from a container's image carries its marks, and shares the kernel with nobody.
        isInFirstNamespaces(files) ? nil : sign(files)
    }

    private static func sign(_ files: SystemFiles) -> String? {
        if files.exists("/var/run/secrets/kubernetes.io") { return "kubernetes" }
        let group = files.text("/proc/self/cgroup").value ?? ""
        if group.contains("/kubepods") { return "kubernetes" }
        if files.exists("/run/.containerenv") { return "podman" }
        if files.exists("/.dockerenv") || group.contains("/docker/") { return "docker" }
        if let word = files.line("/run/systemd/container").value { return known.contains(word) ? word : "container" }
        return group.contains("/lxc/") || group.contains("/lxc.payload") ? "lxc" : nil
    }

    private static let known: Set<String> = [
        "docker", "podman", "lxc", "lxc-libvirt", "systemd-nspawn", "rkt", "oci", "wsl", "proot", "pouch",
    ]

    /// Whether processes, names and messages are those that the kernel began with. Their numbers are fixed in the kernel
    /// (include/uapi/linux/nsfs.h); a container has its own of at least one of them.
    static func isInFirstNamespaces(_ files: SystemFiles) -> Bool {
        ["pid:[4026531836]", "uts:[4026531838]", "ipc:[4026531839]"].allSatisfy { first in
            let name = first.prefix { $0 != ":" }
            return link(files.root + "/proc/self/ns/\(name)") == first
        }
    }

    /// What a symbolic link says.
    private static func link(_ path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start, buffer.count)
            guard count > 0, count < buffer.count else { return nil }
            return String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
