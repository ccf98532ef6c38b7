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
    /// Which series are asked for.
    public struct Selection: Sendable, Equatable {
        /// Key of the machine; that of the newest run where it is `nil`.
        public var machine: String?
        /// Parts of a workload's name; all where there is none.
        public var workloads: [String]
        /// Names of metrics; all where there is none.
        public var metrics: [String]
        /// Newest runs of that machine that are looked at.
        public var last: Int

        public init(machine: String? = nil, workloads: [String] = [], metrics: [String] = [], last: Int = 1000) {
            self.machine = machine
            self.workloads = workloads
            self.metrics = metrics
            self.last = last
        }
    }

    /// The machines that have runs here, the one with the newest first.
    public func machines() throws(RecordError) -> [MachineIdentity] {
        try read("listing the machines") { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT machine.key AS key, machine.name AS name, max(run.created) AS newest
                    FROM run JOIN machine ON machine.id = run.machine GROUP BY machine.id ORDER BY newest DESC
                    """)
            return try rows.map {
                MachineIdentity(key: try $0.decode(forColumn: "key"), name: try $0.decode(forColumn: "name"))
            }
        }
    }

    /// The series that were asked for, over the newest runs of one machine, oldest first.
    public func metrics(_ selection: Selection) throws(RecordError) -> MetricHistory {
        let machines = try machines()
        let machine = selection.machine.map { key in machines.first { $0.key == key } } ?? machines.first
        guard let machine else {
            let known = machines.map { "\($0.key) (\($0.name))" }.joined(separator: ", ")
            let which = selection.machine.map { "no run of a machine \($0)" } ?? "no run"
            throw RecordError(
                .noSuchInput, path: path, problem: "holds \(which)" + (known.isEmpty ? "" : "; there is \(known)"))
        }
        return try read("reading series") { db in
            let runs = try self.runs(db, machine, selection.last)
            let places = Dictionary(uniqueKeysWithValues: runs.rows.enumerated().map { ($1, $0) })
            var details: [Int64: Implementation?] = [:]
            var series: [MetricHistory.Series] = []
            for (id, key) in try keys(db, machine, selection) {
                let points = try points(db, id, places, &details)
                if !points.isEmpty { series.append(MetricHistory.Series(key: key, points: points)) }
            }
            return MetricHistory(
                machine: machine, runs: runs.runs, series: series, noiseFloor: try floor(db, runs.rows.last))
        }
    }

    /// As the newest run has it: a floor is a property of the machine, and is measured now and then.
    private func floor(_ db: Database, _ newest: Int64?) throws -> NoiseFloor? {
        guard let newest,
            let row = try Row.fetchOne(db, sql: "SELECT head FROM run WHERE id = ?", arguments: [newest])
        else { return nil }
        let hash = try Self.head(row).noiseFloor
        let json = try String.fetchOne(db, sql: "SELECT json FROM part WHERE hash = ?", arguments: [hash])
        return try JSON.decode(Reported<NoiseFloor>.self, from: Array((json ?? "null").utf8)).value
    }

    private func runs(_ db: Database, _ machine: MachineIdentity, _ last: Int) throws
        -> (rows: [Int64], runs: [MetricHistory.Run])
    {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT run.id AS id, run.name AS name, run.created AS created, run.facts AS facts
                FROM run JOIN machine ON machine.id = run.machine WHERE machine.key = ?
                ORDER BY run.created DESC, run.id DESC LIMIT ?
                """, arguments: [machine.key, last])
        var known: [Int64: [Fact]] = [:]
        let runs = try rows.reversed().map { row in
            let part: Int64 = try row.decode(forColumn: "facts")
            if known[part] == nil {
                let json = try String.fetchOne(db, sql: "SELECT json FROM part WHERE id = ?", arguments: [part])
                known[part] = try JSON.decode([Fact].self, from: Array((json ?? "[]").utf8))
            }
            let created: Double = try row.decode(forColumn: "created")
            return MetricHistory.Run(
                id: try row.decode(forColumn: "name"), created: Date(timeIntervalSince1970: created),
                facts: known[part] ?? [])
        }
        return (try rows.reversed().map { try $0.decode(forColumn: "id") }, runs)
    }

    private func keys(_ db: Database, _ machine: MachineIdentity, _ selection: Selection) throws
        -> [(Int64, SeriesKey)]
    {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT series.id AS id, caseID, metric, workload, backend, threads, unit, better
                FROM series JOIN machine ON machine.id = series.machine WHERE machine.key = ? ORDER BY series.id
                """, arguments: [machine.key])
        return try rows.map { row in
            guard let better = Metric.Direction(rawValue: try row.decode(forColumn: "better")),
                let backend = Backend(rawValue: try row.decode(forColumn: "backend"))
            else { throw JSONProblem(place: "series", problem: "has a direction or backend that is none") }
            let key = SeriesKey(
                case: try row.decode(forColumn: "caseID"), workload: try row.decode(forColumn: "workload"),
                backend: backend,
                threads: try row.decode(forColumn: "threads"), metric: try row.decode(forColumn: "metric"),
                unit: try row.decode(forColumn: "unit"), better: better)
            return (try row.decode(forColumn: "id"), key)
        }.filter { _, key in
            (selection.workloads.isEmpty
                || selection.workloads.contains { key.workload.contains($0) || key.case == $0 })
                && (selection.metrics.isEmpty || selection.metrics.contains(key.metric))
        }
    }

    private func points(
        _ db: Database, _ series: Int64, _ places: [Int64: Int], _ details: inout [Int64: Implementation?]
    ) throws -> [MetricHistory.Point] {
        // Rows come in the order they were added, so that the oldest wanted one is where to begin.
        let select = try db.cachedStatement(
            sql: """
                SELECT run, value, lower, upper, level, status, detail FROM point WHERE series = ? AND run >= ?
                """)
        let rows = try Row.fetchCursor(select, arguments: [series, places.keys.min() ?? 0])
        var points: [MetricHistory.Point] = []
        while let row = try rows.next() {
            guard let place = places[try row.decode(forColumn: "run")] else { continue }
            let detail: Int64 = try row.decode(forColumn: "detail")
            if details[detail] == nil { details[detail] = .some(try implementation(db, detail)) }
            points.append(
                MetricHistory.Point(
                    run: place, value: try row.decode(forColumn: "value"), interval: Self.interval(row),
                    status: Status(rawValue: try row.decode(forColumn: "status")) ?? .failed,
                    implementation: details[detail] ?? nil))
        }
        return points.sorted { $0.run < $1.run }
    }

    private func implementation(_ db: Database, _ detail: Int64) throws -> Implementation? {
        guard let json = try String.fetchOne(db, sql: "SELECT json FROM part WHERE id = ?", arguments: [detail]) else {
            return nil
        }
        return try JSON.decode(ResultDetail.self, from: Array(json.utf8)).implementation
    }
}
