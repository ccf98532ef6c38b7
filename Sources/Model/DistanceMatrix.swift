/// How far objects of the topology are from each other, as one source tells it: a property of firmware or driver, never
/// a measurement.
public struct DistanceMatrix: Codable, Sendable, Equatable {
    public enum Meaning: String, Codable, Sendable { case latency, bandwidth, hops, unknown }
    public enum Unit: String, Codable, Sendable { case relative, bytesPerSecond, hops, unknown }
    public enum Source: String, Codable, Sendable { case system, user, unknown }

    /// hwloc's name: `NUMALatency`, `NVLinkBandwidth`, `XGMIBandwidth`, `XGMIHops`; absent in files of hwloc 1.x.
    public var name: String?
    public var meaning: Meaning
    public var unit: Unit
    public var source: Source
    public var objects: [TopologyObject]
    /// Row i, column j: from object i to object j, in the order of `objects`. Absent where the library makes the value
    /// up: the way from a GPU to itself is given as very fast, so that it sorts first.
    public var values: [[Double?]]

    public init(
        name: String?, meaning: Meaning, unit: Unit, source: Source, objects: [TopologyObject], values: [[Double?]]
    ) {
        self.name = name
        self.meaning = meaning
        self.unit = unit
        self.source = source
        self.objects = objects
        self.values = values
    }
}

/// One object of the topology, named so that it is found again in the tree.
public struct TopologyObject: Codable, Sendable, Equatable {
    /// As in `TopologyNode`.
    public var kind: String
    /// The operating system's number, where it has one.
    public var index: Int?
    /// A device's name or bus address.
    public var name: String?

    public init(kind: String, index: Int?, name: String?) {
        self.kind = kind
        self.index = index
        self.name = name
    }
}
