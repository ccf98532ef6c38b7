import Foundation
import GRDB
import History
import Model
import TestSupport
import Testing

@Suite struct DamageTests {
    let folder: TemporaryDirectory
    var path: String { folder.path + "/history.sqlite" }

    init() throws {
        folder = try TemporaryDirectory()
        let store = try HistoryStore(path: path, access: .writing)
        for index in 0..<20 { try store.add(run(index)) }
    }

    private func problem(_ path: String? = nil, _ body: (HistoryStore) throws -> Void = { _ in }) throws
        -> Model.RecordError
    {
        try #require(throws: Model.RecordError.self) {
            let store = try HistoryStore(path: path ?? self.path, access: .reading)
            try body(store)
        }
    }

    @Test func aMissingHistoryIsNoInput() throws {
        let error = try problem(folder.path + "/none.sqlite")
        #expect(error.kind == .noSuchInput)
    }

    @Test func textIsNoDatabase() throws {
        let other = folder.path + "/text.sqlite"
        try Data(String(repeating: "not a database\n", count: 100).utf8).write(to: URL(fileURLWithPath: other))
        let error = try problem(other)
        #expect(error.kind == .badInput)
        #expect(error.problem == "is not an SQLite database")
        #expect(throws: Model.RecordError.self) { try HistoryStore(path: other, access: .writing) }
    }

    @Test func anotherProgramsDatabaseIsRefusedAndLeftAlone() throws {
        let other = folder.path + "/foreign.sqlite"
        let queue = try DatabaseQueue(path: other)
        try queue.write { db in try db.execute(sql: "CREATE TABLE bookmarks (id INTEGER)") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: other))
        let error = try problem(other)
        #expect(error.kind == .badInput)
        #expect(error.problem.contains("no history of Assay"))
        #expect(throws: Model.RecordError.self) { try HistoryStore(path: other, access: .writing) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("foreign") }.count
                == 1)
    }

    @Test func aNewerDatabaseIsRefused() throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('2 from the future')") }
        try queue.close()
        let error = try problem()
        #expect(error.kind == .badInput)
        #expect(error.problem.contains("newer Assay"))
    }

    @Test(arguments: [50, 4096, 20_000])
    func aTruncatedDatabaseIsRefused(bytes: Int) throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try #require(whole.count > bytes)
        try whole.prefix(bytes).write(to: URL(fileURLWithPath: path))
        let error = try problem { store in _ = try store.entries() }
        #expect(error.kind == .badInput)
        #expect(error.problem.contains("cut off"))
    }

    /// Wherever bytes are overwritten: an answer that is right, or an error that names the file; never a crash.
    @Test func damagedPagesAreTold() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        var refused = 0
        for page in 1..<(whole.count / 4096) {
            var damaged = whole
            for place in (page * 4096)..<(page * 4096 + 64) { damaged[place] = 0xA5 }
            try damaged.write(to: URL(fileURLWithPath: path))
            do {
                let store = try HistoryStore(path: path, access: .reading)
                for entry in try store.entries() { _ = try store.run(entry.id) }
                _ = try store.metrics(HistoryStore.Selection())
            } catch {
                #expect(error.kind == .badInput, "\(error)")
                #expect(error.path == path)
                refused += 1
            }
        }
        #expect(refused > 3)
    }
}

@Suite struct ConcurrencyTests {
    /// Each writer has a connection of its own, as a process has; all start on a file that is not there.
    @Test func severalWritersLoseNothing() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/history.sqlite"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let store = try HistoryStore(path: path, access: .writing)
                    for index in 0..<25 { try store.add(run(writer * 1000 + index)) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try HistoryStore(path: path, access: .reading).count() == 100)
        #expect(try pragma("integrity_check", path) == ["ok"])
        #expect(try pragma("journal_mode", path) == ["wal"])
    }

    private func pragma(_ name: String, _ path: String) throws -> [String] {
        try DatabaseQueue(path: path).read { db in try String.fetchAll(db, sql: "PRAGMA \(name)") }
    }
}
