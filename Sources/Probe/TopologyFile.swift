#if canImport(Glibc)
    import Glibc
#endif

/// Reads an hwloc XML file, and refuses what hwloc itself would stumble over.
///
/// hwloc trusts its input: a damaged set or a tag that is never closed can crash it. So the file is checked first: it
/// must be well-formed, of a known version, and numbers and sets must be numbers and sets.
enum TopologyFile {
    /// Some hundred times the largest machine there is.
    static let limit = 1 << 26

    static func read(_ file: String) throws(ProbeError) -> [UInt8] {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(file) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw problem(file) }
            if count == 0 { break }
            bytes.append(contentsOf: buffer[0..<count])
            guard bytes.count <= limit else { throw .notTopology(file, problem: "longer than 64 MiB") }
        }
        var scanner = TopologyScanner(bytes)
        if let fault = scanner.fault() { throw .notTopology(file, problem: fault) }
        if let version = scanner.version, let major = Int(version.prefix { $0 != "." }), major > 2 {
            throw .unsupportedVersion(file, version: version)
        }
        return bytes
    }

    private static func problem(_ file: String) -> ProbeError {
        errno == ENOENT || errno == ENOTDIR
            ? .noSuchFile(file) : .notReadable(file, problem: String(cString: strerror(errno)))
    }
}
