public import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where profiles of machines lie: one file a fingerprint.
public enum ProfileFiles {
    /// `$XDG_STATE_HOME/assay/profiles`, or `~/.local/state/assay/profiles`; `nil` where there is no home.
    /// Relative paths in the variable are invalid by the XDG Base Directory Specification and count as none.
    public static func directory(environment: [String: String]) -> String? {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/assay/profiles" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.local/state/assay/profiles"
    }

    public static func path(of fingerprint: String, in directory: String) -> String {
        "\(directory)/\(fingerprint).json"
    }

    public static func write(_ profile: MachineProfile, to path: String) throws(RecordError) {
        let data: Data
        do {
            data = try JSON.document(profile)
        } catch {
            throw RecordError(.inputOutput, path: path, problem: "cannot be written as JSON: \(error)")
        }
        if let end = path.lastIndex(of: "/"), end > path.startIndex { try Files.makeDirectory(String(path[..<end])) }
        try Files.replace(path, with: data)
    }

    public static func read(_ path: String) throws(RecordError) -> MachineProfile {
        let data = try Files.read(path, atMost: 16 << 20)
        let profile: MachineProfile
        do {
            try Schema.check(try JSON.decode(SchemaOnly.self, from: data).schema, MachineProfile.schema, path: path)
            profile = try JSON.decode(MachineProfile.self, from: data)
        } catch let error as RecordError {
            throw error
        } catch {
            throw RecordError(.badInput, path: path, problem: "\(error)")
        }
        try Bounds.hold(path) { () throws(BoundsProblem) in try profile.noiseFloor.checkBounds("noiseFloor") }
        return profile
    }

    /// The profile of a machine, where there is one.
    public static func read(fingerprint: String, in directory: String) throws(RecordError) -> MachineProfile? {
        let path = path(of: fingerprint, in: directory)
        guard Files.exists(path) else { return nil }
        let profile = try read(path)
        guard profile.fingerprint == fingerprint else {
            throw RecordError(.badInput, path: path, problem: "is of another machine (\(profile.fingerprint))")
        }
        return profile
    }
}
