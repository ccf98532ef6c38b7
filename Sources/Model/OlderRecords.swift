/// What a record written by an earlier version lacks: the field is unknown, and says why. Synthesised decoding picks these
/// over the standard library's, because they are more specific.
extension KeyedDecodingContainer {
    public static var notRecorded: String { "not recorded" }

    public func decode<Value: Codable>(_ type: Reported<Value>.Type, forKey key: Key) throws -> Reported<Value> {
        try decodeIfPresent(type, forKey: key) ?? .unknown(Self.notRecorded)
    }

    public func decode(_ type: [Accelerator].Type, forKey key: Key) throws -> [Accelerator] {
        try decodeIfPresent(type, forKey: key) ?? []
    }

    func decode(_ type: ProcessingUnitSets.Type, forKey key: Key) throws -> ProcessingUnitSets {
        try decodeIfPresent(type, forKey: key) ?? .unknown(Self.notRecorded)
    }

    func decode(_ type: [ObjectCount].Type, forKey key: Key) throws -> [ObjectCount] {
        try decodeIfPresent(type, forKey: key) ?? []
    }

    func decode(_ type: [MemoryCache].Type, forKey key: Key) throws -> [MemoryCache] {
        try decodeIfPresent(type, forKey: key) ?? []
    }

    func decode(_ type: [MemoryAttribute].Type, forKey key: Key) throws -> [MemoryAttribute] {
        try decodeIfPresent(type, forKey: key) ?? []
    }

    func decode(_ type: [DistanceMatrix].Type, forKey key: Key) throws -> [DistanceMatrix] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
