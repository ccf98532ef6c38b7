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
        // A file of ordinary size comes whole with the first read, and its end with the second.
        var status = stat()
        let size = fstat(descriptor, &status) == 0 ? max(1 << 12, min(Int(status.st_size), limit) + 1) : 1 << 16
        var bytes: [UInt8] = []
        while true {
            var got = 0
            let part = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                count = max(got, 0)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw problem(file) }
            if got == 0 { break }
            bytes = bytes.isEmpty ? part : bytes + part
            guard bytes.count <= limit else { throw .notTopology(file, problem: "longer than 64 MiB") }
        }
        let (fault, version) = TopologyScanner.look(bytes)
        if let fault { throw .notTopology(file, problem: fault) }
        if let version, let major = Int(version.prefix { $0 != "." }), major > 2 {
            throw .unsupportedVersion(file, version: version)
        }
        return bytes
    }

    private static func problem(_ file: String) -> ProbeError {
        errno == ENOENT || errno == ENOTDIR
            ? .noSuchFile(file) : .notReadable(file, problem: String(cString: strerror(errno)))
    }
}
