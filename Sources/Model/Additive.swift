/// Reading what an older release wrote: a fact that it did not know of is unknown, a list that it did not have is empty.
///
/// The compiler's own decoding picks these over the general ones, because they are more specific.
extension KeyedDecodingContainer {
    public func decode<Value: Codable>(_ type: Reported<Value>.Type, forKey key: Key) throws -> Reported<Value> {
        try decodeIfPresent(type, forKey: key) ?? .unknown("not recorded")
    }

    public func decode(_ type: [Accelerator].Type, forKey key: Key) throws -> [Accelerator] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
