#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Libraries that a package brings along in `lib/compute` beside the executable, for a machine that has none of its own.
///
/// Not in the executable's search path: there they would come before the machine's, and those are what is measured.
public enum CarriedLibraries {
    /// The folder where this executable has one.
    public static let folder: String? = {
        guard let executable = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(executable) }
        return folder(beside: String(cString: executable))
    }()

    static func folder(beside executable: String) -> String? {
        guard let slash = executable.lastIndex(of: "/") else { return nil }
        let folder = executable[..<slash] + "/lib/compute"
        return access(String(folder), R_OK | X_OK) == 0 ? String(folder) : nil
    }

    /// Paths of those of `names` that are in `folder`.
    static func paths(_ names: [String], in folder: String? = folder) -> [String] {
        guard let folder else { return [] }
        return names.map { "\(folder)/\($0)" }.filter { access($0, R_OK) == 0 }
    }
}
