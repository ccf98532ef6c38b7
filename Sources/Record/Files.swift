import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// Files by system call: what must be on the disk is on the disk, and every error names its file.
enum Files {
    /// The longest file that is read whole.
    static let maximumBytes = 1 << 30

    /// Creates `path` and its parents.
    static func makeDirectory(_ path: String) throws(RecordError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw RecordError(.cannotCreate, path: path, problem: "cannot be created: \(reason(error))")
        }
    }

    /// Foundation wraps the C reason; a person needs only that.
    private static func reason(_ error: any Error) -> String {
        let code = errno
        return code != 0 ? String(cString: strerror(code)) : "\(error)"
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The whole of a file.
    static func read(_ path: String, atMost limit: Int = maximumBytes) throws(RecordError) -> Data {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path, "cannot be read") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw RecordError(.badInput, path: path, problem: "is not a file")
        }
        guard status.st_size <= limit else {
            throw RecordError(.badInput, path: path, problem: "is longer than \(limit >> 20) MiB")
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw failure(path, "cannot be read") }
        return data
    }

    /// Writes `data` so that `path` is either as before or whole: a temporary file beside it, fsync, rename, fsync of
    /// the directory.
    static func replace(_ path: String, with data: Data) throws(RecordError) {
        let temporary = path + ".tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(temporary, "cannot be created", .cannotCreate) }
        defer { close(descriptor) }
        do throws(RecordError) {
            try append(data, to: descriptor, path: temporary)
            guard fsync(descriptor) == 0 else { throw failure(temporary, "cannot be written to the disk") }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else { throw failure(path, "cannot be replaced", .cannotCreate) }
        synchronise(directoryOf: path)
    }

    /// Writes a file that must not be there yet.
    static func create(_ path: String, with data: Data, mode: mode_t) throws(RecordError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw failure(path, "cannot be created", .cannotCreate) }
        defer { close(descriptor) }
        do throws(RecordError) {
            // The mask of the process may have taken rights away, never added any; the mode is meant as it stands.
            guard fchmod(descriptor, mode) == 0 else { throw failure(path, "its mode cannot be set", .cannotCreate) }
            try append(data, to: descriptor, path: path)
            guard fsync(descriptor) == 0 else { throw failure(path, "cannot be written to the disk") }
        } catch {
            unlink(path)
            throw error
        }
        synchronise(directoryOf: path)
    }

    /// Writes a file that must not be there yet so that it is whole when it gets its name, and leaves it open for appending.
    ///
    /// - Parameter prepare: is handed the descriptor before the file has its name.
    /// - Returns: the descriptor; `nil` where a file of that name is there.
    static func createWhole(
        _ path: String, with data: Data, prepare: (Int32) throws(RecordError) -> Void
    ) throws(RecordError) -> Int32? {
        let temporary = path + "." + String(UInt64.random(in: 0 ... .max), radix: 16) + ".tmp"
        let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(temporary, "cannot be created", .cannotCreate) }
        do throws(RecordError) {
            try prepare(descriptor)
            try append(data, to: descriptor, path: path)
            guard fsync(descriptor) == 0 else { throw failure(path, "cannot be written to the disk") }
            let isNew = try name(temporary, path)
            if isNew { synchronise(directoryOf: path) } else { close(descriptor) }
            return isNew ? descriptor : nil
        } catch {
            unlink(temporary)
            close(descriptor)
            throw error
        }
    }

    /// Gives the file at `temporary` its name, unless one has it.
    private static func name(_ temporary: String, _ path: String) throws(RecordError) -> Bool {
        // A link fails where the name is taken, and a renaming replaces it. Some file systems have no links.
        if link(temporary, path) == 0 {
            unlink(temporary)
            return true
        }
        let code = errno
        if code == EEXIST || exists(path) {
            unlink(temporary)
            return false
        }
        guard [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(code), rename(temporary, path) == 0 else {
            throw failure(path, "cannot be created", .cannotCreate)
        }
        return true
    }

    /// Whether `path` leads to the file that `descriptor` is.
    static func isSame(_ path: String, _ descriptor: Int32) -> Bool {
        var (named, opened) = (stat(), stat())
        guard stat(path, &named) == 0, fstat(descriptor, &opened) == 0 else { return false }
        return named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
    }

    /// All of `data`, in as many calls as it takes.
    static func append(_ data: Data, to descriptor: Int32, path: String) throws(RecordError) {
        var offset = 0
        while offset < data.count {
            let count = data.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + offset }, data.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path, "cannot be written")
            }
            offset += count
        }
    }

    static func remove(_ path: String) {
        unlink(path)
        synchronise(directoryOf: path)
    }

    private static func synchronise(directoryOf path: String) {
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let descriptor = open(parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// The error that `errno` tells of.
    static func failure(_ path: String, _ what: String, _ kind: RecordError.Kind = .inputOutput) -> RecordError {
        let code = errno
        let kind = code == ENOENT && kind == .inputOutput ? .noSuchInput : kind
        return RecordError(kind, path: path, problem: "\(what): \(String(cString: strerror(code)))")
    }
}

extension Data {
    init(text: String) { self.init(text.utf8) }
}
