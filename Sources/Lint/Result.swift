import Model

/// A measured case as a document tells it: a measurement of a bundle, or a row of a datasheet's results.
struct Result: Sendable {
    struct Value: Sendable {
        var name: String
        var unit: String?
        var value: Double?
        var lower: Double?
        var upper: Double?
        var level: Double?
        var count: Int?
        var path: String
    }

    var path: String
    /// Identity of the case.
    var identity: String?
    var workload: String
    var kernel: String
    var status: String
    var reason: String?
    var warnings: [String]
    /// Completed processes that it says have dependent samples.
    var dependentProcesses: Int?
    var processes: Int?
    var library: String?
    var version: String?
    var values: [Value]

    /// Whether it says of itself that it is not to be relied on.
    var isLabelled: Bool { status != "valid" }
}

extension Result {
    /// Measurements of a bundle: each has a case, a status and metrics.
    static func measurements(_ tree: JSONTree) -> [Result] {
        (tree["measurements"]?.elements ?? []).enumerated().map { index, item in
            let path = "measurements[\(index)]"
            let planned = item["case"]
            return Result(
                path: path, identity: planned?["id"]?.text, workload: planned?["workload"]?.text ?? "",
                kernel: planned?["kernel"]?.text ?? "", status: item["status"]?.text ?? "",
                reason: item["reason"]?.text, warnings: (item["warnings"]?.elements ?? []).compactMap(\.text),
                dependentProcesses: item["dependentProcesses"]?.number.flatMap { Int(exactly: $0) },
                processes: item["processes"]?.number.map(whole), library: item["implementation"]?["library"]?.text,
                version: item["implementation"]?["version"]?.text,
                values: (item["metrics"]?.elements ?? []).enumerated().map { place, metric in
                    value(metric, metric["name"]?.text ?? "", "\(path).metrics[\(place)]")
                })
        }
    }

    /// Rows of a datasheet: flat fields, and a quantity with its interval.
    /// Whether a warning says of this metric by name that its half-width is above the target.
    func names(wide value: Value) -> Bool {
        warnings.contains { warning in
            warning.contains("half-width") && warning.split { " ,:;".contains($0) }.contains { $0 == value.name }
        }
    }

    static func rows(_ tree: JSONTree) -> [Result] {
        (tree["results"]?.elements ?? []).enumerated().map { index, item in
            let path = "results[\(index)]"
            let quantity = item["quantity"].flatMap { $0.isNull ? nil : $0 }
            return Result(
                path: path, identity: item["case"]?.text, workload: item["workload"]?.text ?? "",
                kernel: item["kernel"]?.text ?? "", status: item["status"]?.text ?? "",
                reason: item["reason"]?.text, warnings: item["warnings"]?.text.map { [$0] } ?? [],
                processes: item["processes"]?.number.map(whole), library: item["library"]?.text,
                version: item["libraryVersion"]?.text,
                values: quantity.map { [value($0, item["metric"]?.text ?? "", "\(path).quantity")] } ?? [])
        }
    }

    private static func value(_ tree: JSONTree, _ name: String, _ path: String) -> Value {
        Value(
            name: name, unit: tree["unit"]?.text, value: tree["value"]?.number,
            lower: tree["interval"]?["lower"]?.number, upper: tree["interval"]?["upper"]?.number,
            level: tree["interval"]?["level"]?.number, count: tree["count"]?.number.map(whole), path: path)
    }

    private static func whole(_ number: Double) -> Int { Int(max(-1e15, min(number, 1e15))) }
}
