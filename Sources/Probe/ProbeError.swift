/// Why a machine cannot be probed. A fact that cannot be read is no error: it becomes `unknown` with its reason.
public enum ProbeError: Error, Equatable, CustomStringConvertible {
    case noSuchFile(String)
    case notReadable(String, problem: String)
    /// Neither hwloc 1.x nor 2.x XML.
    case notTopology(String, problem: String)
    /// hwloc XML of a version that this hwloc cannot read.
    case unsupportedVersion(String, version: String)
    /// A sysroot that holds no machine.
    case notMachine(String, problem: String)
    /// hwloc gave up on something that works everywhere else.
    case failed(String, problem: String)

    public var description: String {
        switch self {
        case .noSuchFile(let file): "\(file): no such file or directory"
        case .notReadable(let file, let problem): "\(file): cannot be read: \(problem)"
        case .notTopology(let file, let problem):
            "\(file): not a topology: \(problem); expected XML as `lstopo --of xml` writes it"
        case .unsupportedVersion(let file, let version):
            "\(file): hwloc XML of version \(version); this hwloc reads versions 1 and 2"
        case .notMachine(let file, let problem): "\(file): not a captured machine: \(problem)"
        case .failed(let subject, let problem): "\(subject): \(problem)"
        }
    }
}
