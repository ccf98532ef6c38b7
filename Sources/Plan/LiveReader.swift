import Yams
public import Model

extension LiveSetting {
    /// A setting from YAML. All keys may be left out; an empty setting is the machine as it is.
    ///
    ///     name: oneDNN 3
    ///     libraries: {onednn: /opt/onednn/libdnnl.so.3}
    ///     isa: avx2
    ///     threads: 4
    ///     environment: {DNNL_PRIMITIVE_CACHE_CAPACITY: "0"}
    public static func read(_ text: String, file: String, instructionSets: [String]) throws(PlanError) -> LiveSetting {
        let root = try YAMLDocument(text, file: file, what: "setting").value
        let keys = try root.mapping(["name", "libraries", "isa", "threads", "environment"])
        let plain = file.split(separator: "/").last.map(String.init) ?? file
        var setting = LiveSetting(name: plain.hasSuffix(".yaml") ? String(plain.dropLast(5)) : plain)
        if let name = keys["name"] { setting.name = try name.string() }
        if let libraries = keys["libraries"] {
            for (backend, path) in try libraries.mapping(Backend.allCases.map(\.rawValue)) {
                setting.libraries[backend] = try path.string()
            }
        }
        if let isa = keys["isa"] {
            let name = try isa.string()
            guard instructionSets.contains(name) else {
                throw isa.problem("unknown: \(name)" + Nearest.hint(for: name, among: instructionSets))
            }
            setting.instructionSet = name
        }
        if let threads = keys["threads"] { setting.threads = try threads.count() }
        if let environment = keys["environment"] {
            for (name, value) in try environment.names() { setting.environment[name] = try value.string() }
        }
        return setting
    }
}

extension YAMLValue {
    /// A mapping from names of variables.
    fileprivate func names() throws(PlanError) -> [(String, YAMLValue)] {
        guard case .mapping(let mapping) = node else { throw problem("is \(shown); a mapping is needed") }
        guard mapping.count <= 100 else { throw problem("has \(mapping.count) entries; 100 are the most") }
        var found: [(String, YAMLValue)] = []
        for (name, value) in mapping {
            let place = YAMLValue(node: value, file: file, key: key)
            guard let text = name.string, let first = text.utf8.first, !(48...57).contains(first),
                text.utf8.count <= 100,
                text.utf8.allSatisfy({
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
                })
            else { throw place.problem("has a key that is no name of a variable") }
            found.append((text, YAMLValue(node: value, file: file, key: "\(key).\(text)")))
        }
        return found
    }
}
