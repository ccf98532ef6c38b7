/// Which machine to probe, and how much may be spent on it.
public struct ProbeOptions: Sendable {
    /// When the metadata service of a cloud is asked: by default on a machine whose firmware names one, and that one only;
    /// on any other nothing is sent. `always` asks all that are known, side by side. A captured machine is never asked.
    public enum CloudMetadata: Sendable { case whenFirmwareNamesOne, always, never }

    /// Directory in front of every path: a captured machine instead of this one.
    public var sysroot: String?
    /// hwloc XML from which the topology is read. Alone, it is all there is to know; with a `sysroot`, the rest comes
    /// from there.
    public var topologyFile: String?
    /// Also what takes longer than reading small files: libraries are loaded and asked, compilers are started.
    /// Left out by default, so that a probe takes no longer than `lstopo` and disturbs nothing.
    public var isDeep: Bool
    public var cloudMetadata: CloudMetadata
    /// `http://ADDRESS:PORT` in the place of the address at which the clouds answer.
    public var metadataEndpoint: String?
    /// Milliseconds for all questions together, 1 to 60000; 250 where there is none.
    public var metadataTimeout: String?
    /// Host name, serial numbers, addresses: only for who asks.
    public var includesIdentifiers: Bool
    /// Library files that were named for backends (`onednn`, `cblas`), in the place of those that would be found.
    public var libraries: [String: String]
    /// Executable and first arguments of a command that loads one library and tells of it; it is handed the family and
    /// the path, and answers as `LibraryAnswer.lines`. Without one no library is loaded: never in this process.
    public var inquirer: [String]

    public init(
        sysroot: String? = nil, topologyFile: String? = nil, isDeep: Bool = false,
        cloudMetadata: CloudMetadata = .whenFirmwareNamesOne, metadataEndpoint: String? = nil,
        metadataTimeout: String? = nil, includesIdentifiers: Bool = false,
        libraries: [String: String] = [:], inquirer: [String] = []
    ) {
        self.sysroot = sysroot
        self.topologyFile = topologyFile
        self.isDeep = isDeep
        self.cloudMetadata = cloudMetadata
        self.metadataEndpoint = metadataEndpoint
        self.metadataTimeout = metadataTimeout
        self.includesIdentifiers = includesIdentifiers
        self.libraries = libraries
        self.inquirer = inquirer
    }
}
