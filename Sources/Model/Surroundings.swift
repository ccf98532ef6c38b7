/// What stands around the process and decides what it may do, as far as files tell: a captured machine answers too.
public struct Surroundings: Sendable, Equatable {
    /// `docker`, `podman`, `kubernetes`, `lxc`, `systemd-nspawn` …; `nil` outside any container that can be seen.
    public var container: String?
    /// Whether a seccomp filter decides on its system calls.
    public var isFiltered: Reported<Bool>
    /// Whether it runs as root.
    public var isRoot: Reported<Bool>
    /// The kernel's clock sources that this machine could use.
    public var clockSources: Reported<[String]>
    /// Whether the kernel's command line is configured on this machine; a small guest gets it from its hypervisor.
    public var hasBootConfiguration: Bool
    /// Whether systemd runs, which can start a process in a control group of its own.
    public var hasSystemd: Bool

    public init(
        container: String?, isFiltered: Reported<Bool>, isRoot: Reported<Bool>, clockSources: Reported<[String]>,
        hasBootConfiguration: Bool, hasSystemd: Bool
    ) {
        self.container = container
        self.isFiltered = isFiltered
        self.isRoot = isRoot
        self.clockSources = clockSources
        self.hasBootConfiguration = hasBootConfiguration
        self.hasSystemd = hasSystemd
    }
}

/// Where a bundle would be written.
public struct Storage: Sendable, Equatable {
    public var freeBytes: UInt64
    public var isWritable: Bool

    public init(freeBytes: UInt64, isWritable: Bool) {
        self.freeBytes = freeBytes
        self.isWritable = isWritable
    }
}
