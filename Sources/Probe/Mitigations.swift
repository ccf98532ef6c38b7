import Model
import SystemFiles

extension Vulnerabilities {
    static let folder = "/sys/devices/system/cpu/vulnerabilities"

    /// Every flaw that the kernel knows by name, with what it does against it.
    static func read(_ files: SystemFiles, _ folder: String = folder) -> Reported<[Mitigation]> {
        let names = files.names(in: folder).prefix(256)
        guard !names.isEmpty else { return .unknown("\(folder): empty or absent") }
        return .known(
            names.map { name in
                Mitigation(name: name, state: files.line("\(folder)/\(name)").map { String($0.prefix(256)) })
            })
    }
}
