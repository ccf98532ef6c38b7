/// What runs on the machine.
public struct Software: Codable, Sendable, Equatable {
    /// `Debian GNU/Linux 12 (bookworm)`.
    public var operatingSystem: Reported<String>
    /// Kernel release, `6.1.0-28-amd64`.
    public var kernel: Reported<String>
    /// How that kernel was built: `#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)`.
    public var kernelVersion: Reported<String>
    public var kernelCommandLine: Reported<KernelCommandLine>
    /// `glibc 2.36`.
    public var cLibrary: Reported<String>
    public var container: Reported<Container>
    /// Compilers that the search path leads to.
    public var compilers: Reported<[Compiler]>
    /// hwloc, libnuma, and each compute library found.
    public var libraries: [Library]

    public init(
        operatingSystem: Reported<String>, kernel: Reported<String>,
        kernelVersion: Reported<String> = .unknown("not probed"),
        kernelCommandLine: Reported<KernelCommandLine> = .unknown("not probed"), cLibrary: Reported<String>,
        container: Reported<Container> = .unknown("not probed"),
        compilers: Reported<[Compiler]> = .unknown("not probed"), libraries: [Library]
    ) {
        self.operatingSystem = operatingSystem
        self.kernel = kernel
        self.kernelVersion = kernelVersion
        self.kernelCommandLine = kernelCommandLine
        self.cLibrary = cLibrary
        self.container = container
        self.compilers = compilers
        self.libraries = libraries
    }
}

extension Software {
    /// Libraries of whose versions some differ from those of `earlier`, in words: `oneDNN 3.1.1 instead of 2.6.3`.
    ///
    /// What one of them does not tell is no difference. hwloc and libnuma describe a machine and compute nothing.
    public func libraryChanges(since earlier: Software) -> [String] {
        func versions(_ software: Software) -> [String: [String?]] {
            Dictionary(grouping: software.libraries.filter { !["hwloc", "libnuma"].contains($0.name) }, by: \.name)
                .mapValues { $0.map(\.version.value) }
        }
        let (then, now) = (versions(earlier), versions(self))
        return Set(then.keys).union(now.keys).sorted().compactMap { name in
            let (old, new) = (then[name] ?? [], now[name] ?? [])
            let isSame = old.count == new.count && zip(old, new).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
            guard !isSame else { return nil }
            func text(_ versions: [String?]) -> String {
                versions.isEmpty ? "none" : versions.map { $0 ?? "unknown" }.joined(separator: " and ")
            }
            return "\(name) \(text(new)) instead of \(text(old))"
        }
    }
}

/// What the kernel was started with, as far as it moves results.
///
/// The rest names disks, hosts and addresses, so it is counted and not repeated.
public struct KernelCommandLine: Codable, Sendable, Equatable {
    /// Words that move results, as they stand there: `isolcpus=2-7`.
    public var words: [String]
    /// How many other words there are.
    public var omitted: Int

    public init(words: [String], omitted: Int) {
        self.words = words
        self.omitted = omitted
    }
}

/// What this process is shut in, if anything. Never a container's identifier.
public struct Container: Codable, Sendable, Equatable {
    /// `docker`, `podman`, `kubernetes`, `lxc`, `systemd-nspawn`, `wsl`, …; `none` outside of one.
    public var runtime: String
    /// Name of the image.
    public var image: Reported<String>
    /// `sha256:` and 64 hexadecimal digits, where the runtime tells them.
    public var imageDigest: Reported<String>
    /// What gave it away.
    public var evidence: String

    /// What `runtime` says outside any container.
    public static let none = "none"
    public var isNone: Bool { runtime == Self.none }

    public init(runtime: String, image: Reported<String>, imageDigest: Reported<String>, evidence: String) {
        self.runtime = runtime
        self.image = image
        self.imageDigest = imageDigest
        self.evidence = evidence
    }
}

/// A compiler that a build on this machine would use.
public struct Compiler: Codable, Sendable, Equatable {
    /// The command: `gcc`.
    public var name: String
    /// `12.2.0`.
    public var version: Reported<String>
    public var path: Reported<String>
    /// The line in which it names itself.
    public var build: Reported<String>

    public init(name: String, version: Reported<String>, path: Reported<String>, build: Reported<String>) {
        self.name = name
        self.version = version
        self.path = path
        self.build = build
    }
}

/// A library in use: its name, version, and the file it came from.
public struct Library: Codable, Sendable, Equatable, Hashable {
    public var name: String
    public var version: Reported<String>
    public var path: Reported<String>
    /// What the library says of how it was built, and for which processor it decided.
    public var build: Reported<String>

    public init(
        name: String, version: Reported<String>, path: Reported<String>,
        build: Reported<String> = .unknown("not probed")
    ) {
        self.name = name
        self.version = version
        self.path = path
        self.build = build
    }
}
