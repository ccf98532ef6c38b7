import SystemFiles

/// Whether a process is where the kernel began.
enum ContainerSigns {
    /// Whether processes, names and messages are those that the kernel began with. Their numbers are fixed in the kernel
    /// (include/uapi/linux/nsfs.h); a container has its own of at least one of them.
    static func isInFirstNamespaces(_ files: SystemFiles) -> Bool {
        ["pid:[4026531836]", "uts:[4026531838]", "ipc:[4026531839]"].allSatisfy { first in
            let name = first.prefix { $0 != ":" }
            return files.link("/proc/self/ns/\(name)") == first
        }
    }
}
