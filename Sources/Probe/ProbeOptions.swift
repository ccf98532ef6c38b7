/// Which machine to probe.
public struct ProbeOptions: Sendable {
    /// Directory in front of every path: a captured machine instead of this one.
    public var sysroot: String?
    /// hwloc XML from which the topology is read. Alone, it is all there is to know; with a `sysroot`, the rest comes
    /// from there.
    public var topologyFile: String?

    public init(sysroot: String? = nil, topologyFile: String? = nil) {
        self.sysroot = sysroot
        self.topologyFile = topologyFile
    }
}
