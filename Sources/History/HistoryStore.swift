import GRDB
public import Model
public import struct Model.RecordError

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// Runs in one SQLite file, which any number of processes may write: each addition is one transaction, whole or not there.
public final class HistoryStore: Sendable {
    public enum Access: Sendable { case reading, writing }

    public let path: String
    let database: DatabaseQueue
    /// A copy that was made because the file can only be read, removed again.
    private let copy: String?

    /// Opens the history at `path`; for writing it is made where there is none.
    public init(path: String, access: Access) throws(RecordError) {
        self.path = path
        switch access {
        case .writing:
            try Self.makeFolder(of: path)
            if Self.size(path) ?? 0 > 0 { try DatabaseHeader.check(path) }
            database = try Self.opened(path, path) {
                try Self.connect(path, readonly: false)
            }
            copy = nil
        case .reading:
            guard let size = Self.size(path) else {
                throw RecordError(
                    .noSuchInput, path: path, problem: "there is no history; a run adds itself, or: assay history add")
            }
            guard size > 0 else { throw RecordError(.badInput, path: path, problem: "is empty; a history is not") }
            try DatabaseHeader.check(path)
            let place = try Self.readable(path)
            copy = place == path ? nil : place
            database = try Self.opened(path, place) {
                try Self.connect(place, readonly: true)
            }
        }
    }

    deinit {
        guard let copy else { return }
        try? database.close()
        for suffix in ["", "-wal", "-shm"] { unlink(copy + suffix) }
        rmdir(Self.folder(of: copy))
    }

    /// Several processes may start on a file that is not there yet: whoever comes second waits, and finds it made.
    private static func opened(_ path: String, _ place: String, _ connect: () throws -> DatabaseQueue)
        throws(RecordError) -> DatabaseQueue
    {
        var attempts = 0
        while true {
            do {
                return try connect()
            } catch let error as RecordError {
                throw RecordError(error.kind, path: path, problem: error.problem)
            } catch let error as DatabaseError
                where [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
                && attempts < 20
            {
                attempts += 1
                usleep(50_000)
            } catch {
                throw Self.problem(error, path, "opening it")
            }
        }
    }

    private static func connect(_ path: String, readonly: Bool) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = .timeout(30)
        configuration.label = "assay.history"
        if !readonly { configuration.journalMode = .wal }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let migrator = Migrations.migrator
        let isMade = try queue.read { db in try Self.isOurs(db, path) }
        if isMade, try queue.read({ db in try migrator.hasBeenSuperseded(db) }) {
            throw RecordError(.badInput, path: path, problem: "was written by a newer Assay; update Assay to use it")
        }
        let isComplete = try queue.read { db in try migrator.hasCompletedMigrations(db) }
        if !isComplete {
            guard !readonly else {
                throw RecordError(
                    .badInput, path: path,
                    problem: "was written by an older Assay and cannot be brought up to date read-only")
            }
            try migrator.migrate(queue)
        }
        return queue
    }

    /// - Returns: `false` for a file that has nothing in it yet.
    private static func isOurs(_ db: Database, _ path: String) throws -> Bool {
        // In one statement, so that both are of one moment: another writer may be making it just now. What the migrator
        // writes first of all does not count.
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT (SELECT application_id FROM pragma_application_id()) AS application, count(*) AS tables
                FROM sqlite_schema WHERE name NOT LIKE 'grdb\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                """)
        let application = row?["application"] as Int32? ?? 0
        let tables = row?["tables"] as Int? ?? 0
        if application == Migrations.applicationID { return true }
        guard application == 0, tables == 0 else {
            throw RecordError(.badInput, path: path, problem: "is an SQLite database, but no history of Assay")
        }
        return false
    }

    /// A WAL database needs its companions beside it, which a folder that cannot be written does not allow: then a copy is
    /// read.
    private static func readable(_ path: String) throws(RecordError) -> String {
        guard access(path, R_OK) == 0 else {
            throw RecordError(.inputOutput, path: path, problem: "cannot be read: \(String(cString: strerror(errno)))")
        }
        if access(folder(of: path), W_OK) == 0, access(path, W_OK) == 0 { return path }
        var template = Array(("/tmp/assay-history-" + String(repeating: "X", count: 6)).utf8CString)
        guard mkdtemp(&template) != nil else {
            throw RecordError(.cannotCreate, path: "/tmp", problem: String(cString: strerror(errno)))
        }
        let copy =
            String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) + "/history.sqlite"
        do {
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            if (size(path + "-wal") ?? 0) > 0 {
                try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
            }
        } catch {
            throw RecordError(.inputOutput, path: path, problem: "is read-only and cannot be copied to \(copy)")
        }
        for suffix in ["", "-wal"] { chmod(copy + suffix, 0o600) }
        return copy
    }

    private static func makeFolder(of path: String) throws(RecordError) {
        let folder = folder(of: path)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw RecordError(
                .cannotCreate, path: folder, problem: "cannot be created: \(String(cString: strerror(errno)))")
        }
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}

extension HistoryStore {
    func read<Value>(_ doing: String, _ body: (Database) throws -> Value) throws(RecordError) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw Self.problem(error, path, doing)
        }
    }

    func write<Value>(_ doing: String, _ body: (Database) throws -> Value) throws(RecordError) -> Value {
        do {
            return try database.write(body)
        } catch {
            throw Self.problem(error, path, doing)
        }
    }

    /// What SQLite says, with the file and what was being done, and the kind that decides the exit code.
    static func problem(_ error: any Error, _ path: String, _ doing: String) -> RecordError {
        if let error = error as? RecordError { return error }
        if let error = error as? JSONProblem {
            return RecordError(.badInput, path: path, problem: "is damaged (\(doing)): \(error)")
        }
        if error is RowDecodingError {
            return RecordError(
                .badInput, path: path, problem: "is damaged (\(doing)): a value is not what it should be")
        }
        guard let error = error as? DatabaseError else {
            return RecordError(.inputOutput, path: path, problem: "\(doing): \(error)")
        }
        let said = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_NOTADB: return RecordError(.badInput, path: path, problem: "is not an SQLite database")
        case .SQLITE_CORRUPT, .SQLITE_MISMATCH:
            return RecordError(.badInput, path: path, problem: "is damaged (\(doing)): \(said)")
        case .SQLITE_ERROR where said.contains("no such table") || said.contains("no such column"):
            return RecordError(.badInput, path: path, problem: "is damaged (\(doing)): \(said)")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return RecordError(.inputOutput, path: path, problem: "is being written by others for too long (\(doing))")
        case .SQLITE_CANTOPEN: return RecordError(.cannotCreate, path: path, problem: "cannot be opened: \(said)")
        case .SQLITE_READONLY: return RecordError(.inputOutput, path: path, problem: "is read-only (\(doing))")
        default: return RecordError(.inputOutput, path: path, problem: "\(doing): \(said)")
        }
    }
}
