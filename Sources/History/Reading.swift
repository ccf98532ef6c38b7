import GRDB
import Statistics
public import Model
public import struct Model.RecordError

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension HistoryStore {
    /// The newest runs, newest first.
    ///
    /// - Parameters:
    ///   - machine: key of a machine; all where it is `nil`.
    ///   - suite: name of a suite; all where it is `nil`.
    public func entries(machine: String? = nil, suite: String? = nil, last: Int? = nil) throws(RecordError)
        -> [HistoryEntry]
    {
        try read("listing the runs") { db in
            let baselines = try Self.baselineNames(db)
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT run.id AS id, run.measured, run.cases, run.head FROM run JOIN machine ON machine.id = run.machine
                    WHERE (?1 IS NULL OR machine.key = ?1) AND (?2 IS NULL OR run.suite = ?2)
                    ORDER BY run.created DESC, run.id DESC LIMIT ?3
                    """, arguments: [machine, suite, last ?? -1])
            return try rows.map { row in
                let head = try Self.head(row)
                return HistoryEntry(
                    id: head.reference.id, created: head.reference.created, suite: head.reference.suite,
                    seed: head.seed, machine: head.machine, fingerprint: head.fingerprint, tool: head.reference.tool,
                    interrupted: head.interrupted,
                    measured: row["measured"], cases: row["cases"], baselines: baselines[row["id"]] ?? [])
            }
        }
    }

    public func count() throws(RecordError) -> Int {
        try read("counting the runs") { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM run") ?? 0 }
    }

    /// One run. `name` is its id, or the start of it that no other has.
    public func run(_ name: String) throws(RecordError) -> HistoryRun {
        let whole = try read("reading \(name)") { db in try Self.whole(db, try self.row(db, name)) }
        do {
            return try whole.history()
        } catch {
            throw RecordError(.badInput, path: path, problem: "run \(whole.run.reference.id): \(error)")
        }
    }

    /// Whether a run has this id, or begins with it as no other does.
    public func has(_ name: String) throws(RecordError) -> Bool {
        try read("looking for \(name)") { db in try !Self.rows(db, name).isEmpty }
    }

    func row(_ db: Database, _ name: String) throws -> Int64 {
        let rows = try Self.rows(db, name)
        guard let first = rows.first else {
            throw RecordError(.noSuchInput, path: path, problem: "holds no run \(name); see: assay history list")
        }
        guard rows.count == 1 else {
            throw RecordError(.noSuchInput, path: path, problem: "more than one run begins with \(name)")
        }
        return first
    }

    private static func rows(_ db: Database, _ name: String) throws -> [Int64] {
        let exact = try Int64.fetchAll(db, sql: "SELECT id FROM run WHERE name = ?", arguments: [name])
        guard exact.isEmpty, name.utf8.count >= 4 else { return exact }
        return try Int64.fetchAll(
            db, sql: "SELECT id FROM run WHERE substr(name, 1, length(?1)) = ?1 LIMIT 2", arguments: [name])
    }

    static func head(_ row: Row) throws -> StoredRun {
        let json: String = try row.decode(forColumn: "head")
        return try JSON.decode(StoredRun.self, from: Array(json.utf8))
    }

    static func whole(_ db: Database, _ id: Int64) throws -> WholeRun {
        guard let row = try Row.fetchOne(db, sql: "SELECT head FROM run WHERE id = ?", arguments: [id]) else {
            throw JSONProblem(place: "run", problem: "is not there")
        }
        var run = try head(row)
        var parts: [String: String] = [:]
        let found = try Row.fetchAll(
            db,
            sql: """
                SELECT hash, json FROM part WHERE id IN (SELECT part FROM runPart WHERE run = ?1)
                OR id IN (SELECT detail FROM result WHERE run = ?1) OR id = (SELECT facts FROM run WHERE id = ?1)
                """, arguments: [id])
        for part in found {
            parts[try part.decode(forColumn: "hash")] = try part.decode(String.self, forColumn: "json")
        }
        run.results = try results(db, id)
        return WholeRun(run: run, parts: parts)
    }

    private static func results(_ db: Database, _ id: Int64) throws -> [StoredResult] {
        var metrics = try metrics(db, id)
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT position, hash, caseID, status, reason FROM result
                JOIN part ON part.id = result.detail WHERE run = ? ORDER BY position
                """, arguments: [id])
        return try rows.map { row in
            let position: Int = try row.decode(forColumn: "position")
            guard let status = Status(rawValue: try row.decode(forColumn: "status")) else {
                throw JSONProblem(place: "results[\(position)].status", problem: "is none")
            }
            return StoredResult(
                case: try row.decode(forColumn: "caseID"), detail: try row.decode(forColumn: "hash"), status: status,
                reason: row["reason"], metrics: metrics.removeValue(forKey: position) ?? [])
        }
    }

    /// By position of their result, in their order.
    private static func metrics(_ db: Database, _ id: Int64) throws -> [Int: [StoredMetric]] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT point.position AS position, metric, unit, better, value, lower, upper, level, count, processes
                FROM run JOIN series ON series.machine = run.machine
                JOIN point ON point.series = series.id AND point.run = run.id
                WHERE run.id = ? ORDER BY point.position, point.rank
                """, arguments: [id])
        var metrics: [Int: [StoredMetric]] = [:]
        for row in rows {
            let position: Int = try row.decode(forColumn: "position")
            guard let processes = Doubles.values(try row.decode(Data.self, forColumn: "processes")) else {
                throw JSONProblem(place: "results[\(position)].processes", problem: "are cut off")
            }
            metrics[position, default: []].append(StoredMetric(metric: try metric(row), processes: processes))
        }
        return metrics
    }

    private static func metric(_ row: Row) throws -> Metric {
        guard let better = Metric.Direction(rawValue: try row.decode(forColumn: "better")) else {
            throw JSONProblem(place: "series.better", problem: "is neither higher nor lower")
        }
        return Metric(
            name: try row.decode(forColumn: "metric"), symbol: try row.decode(forColumn: "unit"), better: better,
            value: try row.decode(forColumn: "value"), interval: interval(row),
            count: try row.decode(forColumn: "count"))
    }

    static func interval(_ row: Row) -> Interval? {
        guard let lower = row["lower"] as Double?, let upper = row["upper"] as Double?,
            let level = row["level"] as Double?
        else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }
}
