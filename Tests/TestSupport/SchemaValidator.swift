import Foundation

/// The part of JSON Schema (2020-12) that our schemas use, so that tests need nothing that is not here.
///
/// A keyword it does not know is an error: a schema can never pass by being misunderstood.
public struct SchemaValidator {
    private let root: [String: Any]

    public init(contentsOf url: URL) throws {
        let value = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        root = value as? [String: Any] ?? [:]
    }

    /// `docs/schema/NAME.json` of this repository.
    public static func named(_ name: String, file: String = #filePath) throws -> SchemaValidator {
        let top = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try SchemaValidator(contentsOf: top.appendingPathComponent("docs/schema/\(name).json"))
    }

    /// What does not hold, each with its place; empty for a valid document.
    public func findings(_ data: Data) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])
        return check(value, root, "$")
    }

    private static let annotations: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

    private func check(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        schema.sorted { $0.key < $1.key }.flatMap { keyword, rule -> [String] in
            switch keyword {
            case let key where Self.annotations.contains(key): return []
            case "$ref": return reference(value, rule, place)
            case "type": return has(value, rule as? String ?? "") ? [] : ["\(place): is no \(rule)"]
            case "const", "enum": return among(value, rule) ? [] : ["\(place): \(value) is not among \(rule)"]
            case "minimum": return number(value) >= number(rule) ? [] : ["\(place): \(value) is below \(rule)"]
            case "minLength": return (value as? String ?? "").count >= Int(number(rule)) ? [] : ["\(place): too short"]
            case "pattern": return matches(value, rule) ? [] : ["\(place): \(value) does not match \(rule)"]
            case "anyOf": return any(value, rule, place)
            case "items": return items(value, rule, place)
            case "properties": return properties(value, rule, place)
            case "required": return required(value, rule, place)
            case "additionalProperties": return additional(value, schema, rule, place)
            default: return ["\(place): the validator does not know \(keyword)"]
            }
        }
    }

    private func reference(_ value: Any, _ rule: Any, _ place: String) -> [String] {
        let name = (rule as? String)?.split(separator: "/").last.map(String.init) ?? ""
        guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
            return ["\(place): no definition \(rule)"]
        }
        return check(value, target, place)
    }

    private func has(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "null": value is NSNull
        case "boolean": (value as? NSNumber).map(isBoolean) ?? false
        case "number": (value as? NSNumber).map { !isBoolean($0) } ?? false
        case "integer":
            (value as? NSNumber).map { !isBoolean($0) && $0.doubleValue.rounded() == $0.doubleValue } ?? false
        default: false
        }
    }

    private func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

    private func among(_ value: Any, _ rule: Any) -> Bool {
        let allowed = (rule as? [Any])?.compactMap { $0 as? String } ?? [rule as? String].compactMap { $0 }
        return (value as? String).map(allowed.contains) ?? false
    }

    private func number(_ value: Any) -> Double { (value as? NSNumber)?.doubleValue ?? .nan }

    private func matches(_ value: Any, _ rule: Any) -> Bool {
        guard let text = value as? String, let pattern = rule as? String else { return false }
        return text.range(of: pattern, options: .regularExpression) != nil
    }

    private func any(_ value: Any, _ rule: Any, _ place: String) -> [String] {
        let branches = (rule as? [[String: Any]] ?? []).map { check(value, $0, place) }
        return branches.contains(where: \.isEmpty)
            ? [] : branches.min { $0.count < $1.count } ?? ["\(place): no branch"]
    }

    private func items(_ value: Any, _ rule: Any, _ place: String) -> [String] {
        let rule = rule as? [String: Any] ?? [:]
        return (value as? [Any] ?? []).enumerated().flatMap { check($1, rule, "\(place)[\($0)]") }
    }

    private func properties(_ value: Any, _ rule: Any, _ place: String) -> [String] {
        let rules = rule as? [String: [String: Any]] ?? [:]
        return (value as? [String: Any] ?? [:]).sorted { $0.key < $1.key }.flatMap { key, value in
            rules[key].map { check(value, $0, "\(place).\(key)") } ?? []
        }
    }

    private func required(_ value: Any, _ rule: Any, _ place: String) -> [String] {
        let present = value as? [String: Any] ?? [:]
        return (rule as? [String] ?? []).filter { present[$0] == nil }.map { "\(place): \($0) is missing" }
    }

    private func additional(_ value: Any, _ schema: [String: Any], _ rule: Any, _ place: String) -> [String] {
        guard rule as? Bool == false else { return ["\(place): additionalProperties can only be false here"] }
        let known = (schema["properties"] as? [String: Any] ?? [:]).keys
        return (value as? [String: Any] ?? [:]).keys.filter { !known.contains($0) }.sorted().map {
            "\(place): unknown key \($0)"
        }
    }
}
