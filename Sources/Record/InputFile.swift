public import Model

#if canImport(Glibc)
    import Glibc
#endif

/// A file that a command was given, read whole and within bounds.
public enum InputFile {
    /// - Throws: `RecordError` naming the file: absent, no file, or longer than `limit` bytes.
    public static func bytes(_ path: String, atMost limit: Int) throws(RecordError) -> [UInt8] {
        [UInt8](try Files.read(path, atMost: limit))
    }

    /// Whether `path` is there at all.
    public static func exists(_ path: String) -> Bool { Files.exists(path) }

    public static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
