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
    /// Of a file that is read as it stands, though others may write it.
    private let stamp: FileStamp?

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
            (copy, stamp) = (nil, nil)
        case .reading:
            guard let size = Self.size(path) else {
                throw RecordError(
                    .noSuchInput, path: path, problem: "there is no history; a run adds itself, or: assay history add")
            }
            guard size > 0 else { throw RecordError(.badInput, path: path, problem: "is empty; a history is not") }
            try DatabaseHeader.check(path)
            if let file = try ReadOnlyFile(path) {
                let before = file.hasLog ? nil : FileStamp(path)
                (database, copy) = try Self.openedReadOnly(file)
                stamp = copy == nil ? before : nil
            } else {
                (copy, stamp) = (nil, nil)
                database = try Self.opened(path, path) { try Self.connect(path, readonly: true) }
            }
        }
    }

    deinit {
        guard let copy else { return }
        try? database.close()
        ReadOnlyFile.remove(copy)
    }

    /// Several processes may start on a file that is not there yet: whoever comes second waits, and finds it made.
    private static func opened(_ path: String, _ place: String, _ connect: () throws -> DatabaseQueue)
        throws(RecordError) -> DatabaseQueue
    {
        var attempts = 0
        while true {
            do {
                return try connect()
            } catch let error as DatabaseError
                where [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
                && attempts < 20
            {
                attempts += 1
                usleep(50_000)
            } catch {
                throw Self.problem(named(error, path), path, "opening it")
            }
        }
    }

    private static func connect(_ path: String, readonly: Bool) throws -> DatabaseQueue {
        if !readonly, size(path) ?? 0 > 0 { try look(path) }
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = .timeout(30)
        configuration.label = "assay.history"
        if !readonly { configuration.journalMode = .wal }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let migrator = Migrations.migrator
        try queue.read { db in try check(db, path) }
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

    /// Before it is opened for writing, which by itself already writes: what is not ours, or newer, stays as it is.
    private static func look(_ path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(30)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { db in try check(db, path) }
    }

    private static func check(_ db: Database, _ path: String) throws {
        guard try isOurs(db, path), try Migrations.migrator.hasBeenSuperseded(db) else { return }
        throw RecordError(.badInput, path: path, problem: "was written by a newer Assay; update Assay to use it")
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

    /// In its place where SQLite can, else from a copy.
    private static func openedReadOnly(_ file: ReadOnlyFile) throws(RecordError) -> (DatabaseQueue, String?) {
        do {
            return (try connect(file.place, readonly: true), nil)
        } catch {
            guard ReadOnlyFile.needsCopy(error) else { throw problem(named(error, file.path), file.path, "opening it") }
        }
        let copy = try file.copied()
        do {
            return (try opened(file.path, copy) { try connect(copy, readonly: true) }, copy)
        } catch {
            ReadOnlyFile.remove(copy)
            throw error
        }
    }

    /// With the path that the user knows.
    private static func named(_ error: any Error, _ path: String) -> any Error {
        guard let error = error as? RecordError else { return error }
        return RecordError(error.kind, path: path, problem: error.problem)
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
        let answer = Result { try database.read(body) }
        guard stamp == nil || stamp == FileStamp(path) else {
            throw RecordError(
                .inputOutput, path: path,
                problem: "was written by others while it was read (\(doing)), which only who may write it can follow; "
                    + "try again")
        }
        do {
            return try answer.get()
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
