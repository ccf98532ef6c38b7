#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `Encoder`'s containers over `JSONSlot`s.
extension JSONSlot {
    func encode<Value: Encodable>(_ value: Value, path: JSONPath) throws {
        // Types are compared, not cast: a cast searches.
        if Value.self == Date.self, let date = value as? Date {
            node = .string(date.formatted(.iso8601))
        } else {
            try value.encode(to: JSONSlotEncoder(slot: self, path: path))
        }
    }

    func set(_ number: some BinaryInteger) { node = .scalar(number.description) }

    /// The shortest text that reads back as the same number, without a fraction that says nothing.
    func set(_ number: Double, path: @autoclosure () -> JSONPath) throws(JSONProblem) {
        guard number.isFinite else {
            throw JSONProblem(place: JSONProblem.path(path().keys), problem: "\(number) cannot be written as JSON")
        }
        let text = number.description
        node = .scalar(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}

struct JSONSlotEncoder: Encoder {
    let slot: JSONSlot
    let path: JSONPath
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        // Asked for a second time (a superclass, an enum with a tag), the same object goes on.
        if case .object(let object) = slot.node { return keyed(object) }
        let object = JSONObject()
        slot.node = .object(object)
        return keyed(object)
    }

    private func keyed<Key: CodingKey>(_ object: JSONObject) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(JSONKeyedContainer<Key>(object: object, path: path))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let array = JSONArray()
        slot.node = .array(array)
        return JSONUnkeyedContainer(array: array, path: path)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingleContainer(slot: slot, path: path)
    }
}

struct JSONKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let object: JSONObject
    let path: JSONPath
    var codingPath: [any CodingKey] { path.keys }

    private func slot(_ key: some CodingKey) -> JSONSlot {
        let slot = JSONSlot()
        object.members.append((key.stringValue, slot))
        return slot
    }

    func encodeNil(forKey key: Key) { slot(key).node = .scalar("null") }
    func encode(_ value: Bool, forKey key: Key) { slot(key).node = .scalar(value ? "true" : "false") }
    func encode(_ value: String, forKey key: Key) { slot(key).node = .string(value) }
    func encode(_ value: Double, forKey key: Key) throws { try slot(key).set(value, path: .inside(path, key)) }
    func encode(_ value: Float, forKey key: Key) throws { try encode(Double(value), forKey: key) }
    func encode(_ value: Int, forKey key: Key) { slot(key).set(value) }
    func encode(_ value: UInt64, forKey key: Key) { slot(key).set(value) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try slot(key).encode(value, path: .inside(path, key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        JSONSlotEncoder(slot: slot(key), path: .inside(path, key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONSlotEncoder(slot: slot(key), path: .inside(path, key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONSlotEncoder(slot: slot(JSONPlace("super")), path: path) }
    func superEncoder(forKey key: Key) -> any Encoder { JSONSlotEncoder(slot: slot(key), path: path) }
}

struct JSONUnkeyedContainer: UnkeyedEncodingContainer {
    let array: JSONArray
    let path: JSONPath
    var codingPath: [any CodingKey] { path.keys }
    var count: Int { array.elements.count }

    private var place: JSONPath { .inside(path, JSONPlace(count)) }

    private func slot() -> JSONSlot {
        let slot = JSONSlot()
        array.elements.append(slot)
        return slot
    }

    func encodeNil() { slot().node = .scalar("null") }
    func encode(_ value: Bool) { slot().node = .scalar(value ? "true" : "false") }
    func encode(_ value: String) { slot().node = .string(value) }
    func encode(_ value: Double) throws { try slot().set(value, path: place) }
    func encode(_ value: Float) throws { try encode(Double(value)) }
    func encode(_ value: Int) { slot().set(value) }
    func encode(_ value: UInt64) { slot().set(value) }
    func encode<Value: Encodable>(_ value: Value) throws {
        let path = place
        try slot().encode(value, path: path)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        let path = place
        return JSONSlotEncoder(slot: slot(), path: path).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let path = place
        return JSONSlotEncoder(slot: slot(), path: path).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        let path = place
        return JSONSlotEncoder(slot: slot(), path: path)
    }
}

struct JSONSingleContainer: SingleValueEncodingContainer {
    let slot: JSONSlot
    let path: JSONPath
    var codingPath: [any CodingKey] { path.keys }

    func encodeNil() { slot.node = .scalar("null") }
    func encode(_ value: Bool) { slot.node = .scalar(value ? "true" : "false") }
    func encode(_ value: String) { slot.node = .string(value) }
    func encode(_ value: Double) throws { try slot.set(value, path: path) }
    func encode(_ value: Float) throws { try encode(Double(value)) }
    func encode(_ value: Int) { slot.set(value) }
    func encode(_ value: Int8) { slot.set(value) }
    func encode(_ value: Int16) { slot.set(value) }
    func encode(_ value: Int32) { slot.set(value) }
    func encode(_ value: Int64) { slot.set(value) }
    func encode(_ value: UInt) { slot.set(value) }
    func encode(_ value: UInt8) { slot.set(value) }
    func encode(_ value: UInt16) { slot.set(value) }
    func encode(_ value: UInt32) { slot.set(value) }
    func encode(_ value: UInt64) { slot.set(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try slot.encode(value, path: path) }
}

/// Where a value stands in what is written. Values share what their paths have in common; only a message needs the whole.
indirect enum JSONPath {
    case root
    case inside(JSONPath, any CodingKey)

    var keys: [any CodingKey] {
        switch self {
        case .root: []
        case .inside(let path, let key): path.keys + [key]
        }
    }
}

/// A place in a list, for messages.
struct JSONPlace: CodingKey {
    let intValue: Int?
    private let name: String
    var stringValue: String { intValue.map { "\($0)" } ?? name }

    init(_ index: Int) {
        intValue = index
        name = ""
    }

    init(_ name: String) {
        intValue = nil
        self.name = name
    }

    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { self.init(intValue) }
}
