import GRDB
public import Model
public import struct Model.RecordError

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension HistoryStore {
    /// Which runs to remove. A baseline is never among them.
    public struct Pruning: Sendable, Equatable {
        /// Newest runs to keep of each machine and suite.
        public var keep: Int?
        /// Only runs from before this moment.
        public var before: Date?
        /// Only runs of the machine with this key.
        public var machine: String?
        /// Only this run.
        public var run: String?

        public init(keep: Int? = nil, before: Date? = nil, machine: String? = nil, run: String? = nil) {
            self.keep = keep
            self.before = before
            self.machine = machine
            self.run = run
        }
    }

    /// Removes runs, and what only they needed, and gives the room back.
    ///
    /// - Returns: their ids, oldest first.
    public func prune(_ pruning: Pruning, isTrial: Bool = false) throws(RecordError) -> [String] {
        let removed = try write("pruning") { db in
            let rows = try candidates(db, pruning)
            guard !isTrial else { return rows.map(\.name) }
            for row in rows { try Removal.run(db, row.id) }
            if !rows.isEmpty { try Removal.orphans(db) }
            return rows.map(\.name)
        }
        guard !isTrial, !removed.isEmpty else { return removed }
        do {
            try database.vacuum()
        } catch {
            throw Self.problem(error, path, "giving room back")
        }
        return removed
    }

    private func candidates(_ db: Database, _ pruning: Pruning) throws -> [(id: Int64, name: String)] {
        let only = try pruning.run.map { try row(db, $0) }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, name FROM (
                    SELECT run.id AS id, run.name AS name, run.created AS created, machine.key AS key,
                        row_number() OVER (PARTITION BY machine, suite ORDER BY created DESC, run.id DESC) AS age
                    FROM run JOIN machine ON machine.id = run.machine)
                WHERE (?1 IS NULL OR age > ?1) AND (?2 IS NULL OR created < ?2) AND (?3 IS NULL OR key = ?3)
                    AND (?4 IS NULL OR id = ?4) AND id NOT IN (SELECT run FROM baseline)
                ORDER BY created, id
                """,
            arguments: [pruning.keep, pruning.before?.timeIntervalSince1970, pruning.machine, only])
        return try rows.map { (try $0.decode(forColumn: "id"), try $0.decode(forColumn: "name")) }
    }
}

enum Removal {
    static func run(_ db: Database, _ id: Int64) throws {
        let points = try db.cachedStatement(
            sql: """
                DELETE FROM point WHERE run = ?1
                AND series IN (SELECT id FROM series WHERE machine = (SELECT machine FROM run WHERE id = ?1))
                """)
        try points.execute(arguments: [id])
        for table in ["result", "runPart"] {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE run = ?").execute(arguments: [id])
        }
        try db.cachedStatement(sql: "DELETE FROM run WHERE id = ?").execute(arguments: [id])
    }

    /// Parts, series and machines that nothing refers to.
    static func orphans(_ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM part WHERE id NOT IN (SELECT part FROM runPart) AND id NOT IN (SELECT facts FROM run)
                    AND id NOT IN (SELECT detail FROM result);
                DELETE FROM series WHERE id NOT IN (SELECT series FROM point);
                DELETE FROM machine WHERE id NOT IN (SELECT machine FROM run)
                    AND id NOT IN (SELECT machine FROM series);
                """)
    }
}
