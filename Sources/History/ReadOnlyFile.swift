import GRDB
import Model
import struct Model.RecordError

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// A history that may be read and not written: of another user, on a read-only file system.
///
/// A WAL database wants its companions beside it, and where they cannot be made SQLite refuses to open it. Where the log is
/// empty, the file is whole and is read as it stands (`immutable`). Where it is not, SQLite can follow a log whose index
/// somebody else keeps, or made before; where there is no index, a copy is read, with the log put in.
struct ReadOnlyFile {
    /// As the user named it.
    let path: String
    /// Where it really lies: companions lie beside that.
    private let real: String

    /// `nil` where the file may be written: then it is opened like any other.
    init?(_ path: String) throws(RecordError) {
        guard access(path, R_OK) == 0 else {
            throw RecordError(.inputOutput, path: path, problem: "cannot be read: \(String(cString: strerror(errno)))")
        }
        let resolved = realpath(path, nil)
        defer { free(resolved) }
        real = resolved.map { String(cString: $0) } ?? path
        if access(HistoryStore.folder(of: real), W_OK) == 0, access(real, W_OK) == 0 { return nil }
        self.path = path
    }

    /// Whether something was written that is not yet in the file itself.
    var hasLog: Bool { (HistoryStore.size(real + "-wal") ?? 0) > 0 }

    /// What SQLite is told to open where no copy is made.
    var place: String { hasLog ? real : "file:" + Self.escaped(real) + "?immutable=1" }

    /// Whether SQLite's refusal is one that a copy helps against.
    static func needsCopy(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    }

    /// A copy in a folder of its own that only this user can look into.
    func copied() throws(RecordError) -> String {
        let temporary = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        var template = Array(("\(temporary)/assay-history-" + String(repeating: "X", count: 6)).utf8CString)
        guard mkdtemp(&template) != nil else {
            throw RecordError(.cannotCreate, path: temporary, problem: String(cString: strerror(errno)))
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let copy = folder + "/history.sqlite"
        do {
            try FileManager.default.copyItem(atPath: real, toPath: copy)
            if hasLog { try FileManager.default.copyItem(atPath: real + "-wal", toPath: copy + "-wal") }
        } catch {
            Self.remove(copy)
            throw RecordError(.inputOutput, path: path, problem: "is read-only and cannot be copied to \(copy)")
        }
        for suffix in ["", "-wal"] { chmod(copy + suffix, 0o600) }
        return copy
    }

    static func remove(_ copy: String) {
        for suffix in ["", "-wal", "-shm"] { unlink(copy + suffix) }
        rmdir(HistoryStore.folder(of: copy))
    }

    /// As a path within a URI.
    private static func escaped(_ path: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.~".utf8)
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "") { text, byte in
            if plain.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
    }
}

/// Tells whether a file is still what it was: who reads it as it stands cannot know what others do to it.
struct FileStamp: Equatable {
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        size = Int64(status.st_size)
        seconds = Int(status.st_mtim.tv_sec)
        nanoseconds = Int(status.st_mtim.tv_nsec)
    }
}
