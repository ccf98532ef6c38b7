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
    public enum Addition: Sendable, Equatable { case added, replaced }

    /// Adds a run; one of the same id takes the place of what was there.
    @discardableResult
    public func add(_ run: HistoryRun) throws(RecordError) -> Addition {
        let whole: WholeRun
        do {
            whole = try WholeRun(run)
        } catch {
            throw RecordError(.inputOutput, path: path, problem: "\(run.values.reference.id): \(error)")
        }
        return try insert(whole)
    }

    func insert(_ whole: WholeRun) throws(RecordError) -> Addition {
        try write("adding \(whole.run.reference.id)") { db in try Insertion(db, whole).perform() }
    }
}

/// One run into the tables, within the caller's transaction.
private struct Insertion {
    let db: Database
    let run: StoredRun
    let parts: [String: String]

    init(_ db: Database, _ whole: WholeRun) {
        self.db = db
        run = whole.run
        parts = whole.parts
    }

    func perform() throws -> HistoryStore.Addition {
        let names = try replaced()
        let machine = try machine()
        var ids: [String: Int64] = [:]
        func part(_ hash: String) throws -> Int64 {
            if let id = ids[hash] { return id }
            let id = try self.part(hash)
            ids[hash] = id
            return id
        }
        let id = try insertRun(machine, facts: try part(run.facts))
        let link = try db.cachedStatement(sql: "INSERT OR IGNORE INTO runPart (run, part) VALUES (?, ?)")
        for hash in Set(run.machineParts.values).union([run.noiseFloor]) {
            try link.execute(arguments: [id, try part(hash)])
        }
        for (position, result) in run.results.enumerated() {
            let detail = try part(result.detail)
            try insertResult(result, id, position, detail)
            try insertPoints(result, id, position, detail, machine)
        }
        for (name, time) in names ?? [] {
            try db.execute(sql: "INSERT INTO baseline VALUES (?, ?, ?)", arguments: [name, id, time])
        }
        return names == nil ? .added : .replaced
    }

    /// Removes a run of the same id; what it was a baseline of, its successor is. `nil` where there is none.
    private func replaced() throws -> [(String, Double)]? {
        guard let old = try Int64.fetchOne(db, sql: "SELECT id FROM run WHERE name = ?", arguments: [run.reference.id])
        else {
            return nil
        }
        let names = try Row.fetchAll(db, sql: "SELECT name, setAt FROM baseline WHERE run = ?", arguments: [old])
            .map { row in (row["name"] as String, row["setAt"] as Double) }
        try db.execute(sql: "DELETE FROM baseline WHERE run = ?", arguments: [old])
        try Removal.run(db, old)
        return names
    }

    private func machine() throws -> Int64 {
        try db.execute(
            sql: "INSERT OR IGNORE INTO machine (key, name) VALUES (?, ?)",
            arguments: [run.machine.key, run.machine.name])
        let id = try Int64.fetchOne(db, sql: "SELECT id FROM machine WHERE key = ?", arguments: [run.machine.key])
        guard let id else { throw JSONProblem(place: "machine", problem: "is not there after it was added") }
        return id
    }

    private func part(_ hash: String) throws -> Int64 {
        let find = try db.cachedStatement(sql: "SELECT id FROM part WHERE hash = ?")
        if let id = try Int64.fetchOne(find, arguments: [hash]) { return id }
        guard let json = parts[hash] else { throw JSONProblem(place: hash, problem: "its part is missing") }
        let insert = try db.cachedStatement(sql: "INSERT INTO part (hash, json) VALUES (?, ?)")
        try insert.execute(arguments: [hash, json])
        return db.lastInsertedRowID
    }

    private func insertRun(_ machine: Int64, facts: Int64) throws -> Int64 {
        var head = run
        head.results = []
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO run (name, created, machine, suite, fingerprint, facts, interrupted, measured, cases, head)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insert.execute(arguments: [
            run.reference.id, run.reference.created.timeIntervalSince1970, machine, run.reference.suite,
            run.fingerprint, facts, run.interrupted, run.results.count { !$0.metrics.isEmpty }, run.results.count,
            try Part(head).json,
        ])
        return db.lastInsertedRowID
    }

    private func insertResult(_ stored: StoredResult, _ id: Int64, _ position: Int, _ detail: Int64) throws {
        let insert = try db.cachedStatement(
            sql: "INSERT INTO result (run, position, caseID, detail, status, reason) VALUES (?, ?, ?, ?, ?, ?)")
        try insert.execute(arguments: [id, position, stored.case, detail, stored.status.rawValue, stored.reason])
    }

    private func insertPoints(
        _ stored: StoredResult, _ id: Int64, _ position: Int, _ detail: Int64, _ machine: Int64
    ) throws {
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO point
                    (series, run, position, rank, value, lower, upper, level, count, status, detail, processes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for (rank, kept) in stored.metrics.enumerated() {
            let metric = kept.metric
            let series = try series(stored, metric, machine)
            try insert.execute(arguments: [
                series, id, position, rank, metric.value, metric.interval?.lower, metric.interval?.upper,
                metric.interval?.level, metric.count, stored.status.rawValue, detail, Doubles.data(kept.processes),
            ])
        }
    }

    private func series(_ stored: StoredResult, _ metric: Metric, _ machine: Int64) throws -> Int64 {
        let find = try db.cachedStatement(sql: "SELECT id FROM series WHERE machine = ? AND caseID = ? AND metric = ?")
        if let id = try Int64.fetchOne(find, arguments: [machine, stored.case, metric.name]) { return id }
        let whole = WholeRun(run: run, parts: parts)
        let planned = try whole.part(ResultDetail.self, stored.detail, "detail").case
        guard planned.id == stored.case else {
            throw JSONProblem(place: "case", problem: "is \(stored.case), its part says \(planned.id)")
        }
        try db.execute(
            sql: """
                INSERT INTO series (machine, caseID, metric, workload, backend, threads, unit, better)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                machine, planned.id, metric.name, planned.workload, planned.backend.rawValue, planned.threads,
                metric.unit, metric.better.rawValue,
            ])
        return db.lastInsertedRowID
    }
}

/// Doubles as bytes, little endian, eight each.
enum Doubles {
    static func data(_ values: [Double]) -> Data {
        var data = Data(capacity: values.count * 8)
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
        return data
    }

    /// `nil` where the bytes are no whole number of doubles.
    static func values(_ data: Data) -> [Double]? {
        guard data.count % 8 == 0 else { return nil }
        let bytes = Array(data)
        return stride(from: 0, to: bytes.count, by: 8).map { start in
            let pattern = bytes[start..<(start + 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Double(bitPattern: pattern)
        }
    }
}
