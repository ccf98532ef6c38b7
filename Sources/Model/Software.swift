/// What runs on the machine.
public struct Software: Codable, Sendable, Equatable {
    /// `Debian GNU/Linux 12 (bookworm)`.
    public var operatingSystem: Reported<String>
    /// Kernel release, `6.1.0-28-amd64`.
    public var kernel: Reported<String>
    /// `glibc 2.36`.
    public var cLibrary: Reported<String>
    /// hwloc, libnuma, and each compute library found.
    public var libraries: [Library]

    public init(
        operatingSystem: Reported<String>, kernel: Reported<String>, cLibrary: Reported<String>, libraries: [Library]
    ) {
        self.operatingSystem = operatingSystem
        self.kernel = kernel
        self.cLibrary = cLibrary
        self.libraries = libraries
    }
}

/// A library in use: its name, version, and the file it came from.
public struct Library: Codable, Sendable, Equatable, Hashable {
    public var name: String
    public var version: Reported<String>
    public var path: Reported<String>

    public init(name: String, version: Reported<String>, path: Reported<String>) {
        self.name = name
        self.version = version
        self.path = path
    }
}
