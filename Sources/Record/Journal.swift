public import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// The append-only file from which everything else is made. Lines are appended whole; a kill or a full disk leaves at
/// most one torn at the end.
public final class Journal: Sendable {
    public static let fileName = "journal.jsonl"
    let path: String
    private let descriptor: Int32

    /// Starts a journal in `directory`, which is created.
    ///
    /// - Throws: `RecordError` where it cannot be created, or where a bundle or journal is there already: of several that
    ///   begin one at once, one does.
    public init(create header: RunHeader, in directory: String) throws(RecordError) {
        try Files.makeDirectory(directory)
        let path = directory + "/" + Self.fileName
        for name in [Self.fileName, BundleFiles.bundle] where Files.exists(directory + "/" + name) {
            throw Self.occupied(directory, name)
        }
        // The first line comes whole or not at all: a journal that died at birth must not block its directory. It is
        // locked before it has its name, so that nobody can take it up in between.
        let line = try Self.line(.began(header: header), path)
        let made = try Files.createWhole(path, with: line) { (descriptor) throws(RecordError) in
            try Self.lock(descriptor, path)
        }
        guard let made else { throw Self.occupied(directory, Self.fileName) }
        (self.path, descriptor) = (path, made)
    }

    private static func occupied(_ directory: String, _ name: String) -> RecordError {
        RecordError(
            .cannotCreate, path: directory,
            problem: "holds a run already (\(name)); give another --output, or --resume it if it is unfinished")
    }

    /// Opens the journal in `directory` and locks it. What is in it is read after that, so that no line is missed which
    /// another run still wrote.
    public init(reopen directory: String) throws(RecordError) {
        path = directory + "/" + Self.fileName
        try JournalContent.expectUnfinished(directory)
        descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw Files.failure(path, "cannot be opened") }
        try Self.lock(descriptor, path)
        // The run that held the lock may have been finished, and its journal removed.
        try JournalContent.expectUnfinished(directory)
        guard Files.isSame(path, descriptor) else { throw Self.busy(path) }
    }

    /// Goes on: a torn last line is cut off. `content` is what was read since this journal was opened.
    public func goOn(after content: JournalContent) throws(RecordError) {
        guard ftruncate(descriptor, off_t(content.wholeBytes)) == 0 else {
            throw Files.failure(path, "cannot be cut to its whole lines")
        }
        try append(.resumed(at: content.elapsed))
    }

    /// Appends one entry. Records of processes are forced to the disk; samples follow them there.
    public func append(_ entry: JournalEntry) throws(RecordError) {
        try Files.append(try Self.line(entry, path), to: descriptor, path: path)
        switch entry {
        case .process, .began, .ended:
            guard fdatasync(descriptor) == 0 else { throw Files.failure(path, "cannot be written to the disk") }
        case .samples, .environment, .sized, .settings, .watched, .power, .powerReadings, .resumed: break
        }
    }

    /// One writer at a time: two would measure at once, and under the same numbers.
    private static func lock(_ descriptor: Int32, _ path: String) throws(RecordError) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        throw busy(path)
    }

    private static func busy(_ path: String) -> RecordError {
        RecordError(.cannotCreate, path: path, problem: "a run is writing it; wait for its end, or end it")
    }

    /// Whether a run is writing the journal in `directory` now.
    public static func isBeingWritten(in directory: String) -> Bool {
        let descriptor = open(directory + "/" + fileName, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private static func line(_ entry: JournalEntry, _ path: String) throws(RecordError) -> Data {
        do {
            return try JSON.line(entry)
        } catch {
            throw RecordError(.inputOutput, path: path, problem: "an entry cannot be written as JSON: \(error)")
        }
    }

    deinit { close(descriptor) }
}

/// A journal as read back.
public struct JournalContent: Sendable, Equatable {
    public var path: String
    public var header: RunHeader
    public var samples: [Sample]
    public var records: [ProcessRecord]
    public var environment: [EnvironmentReading]
    public var sizing: [Sizing]
    /// Settings seen to change while the run went on.
    public var settingsChanged: [TunableChange]
    /// One entry a sitting.
    public var watch: [WatchReport]
    /// The last word on each sitting, by its number.
    public var powerSittings: [Int: PowerReport]
    public var power: [PowerReading]
    /// Seconds on the run's clock when the last entry was written.
    public var elapsed: Double
    public var resumed: Int
    /// Set once the run has ended: why it ended early, or `nil` for a finished plan.
    public var ended: Ending?
    /// Bytes up to the end of the last whole line.
    public var wholeBytes: Int

    public struct Ending: Sendable, Equatable {
        public var interrupted: String?
        public var tunablesChanged: [TunableChange]

        public init(interrupted: String?, tunablesChanged: [TunableChange]) {
            self.interrupted = interrupted
            self.tunablesChanged = tunablesChanged
        }
    }

    /// Reads the journal in `directory`.
    ///
    /// A process whose samples are there without its record was cut off: it gets a record that says `interrupted`, so
    /// that its samples stay and count for nothing.
    public init(directory: String) throws(RecordError) {
        path = directory + "/" + Journal.fileName
        try Self.expectUnfinished(directory)
        let data = try Files.read(path)
        var lines = JSONLines(data: data, path: path)
        guard case .began(let header)? = try lines.next(JournalEntry.self) else {
            throw RecordError(.badInput, path: path, problem: "line 1: does not begin a run")
        }
        try Schema.check(header.schema, RunHeader.schema, path: path)
        self.header = header
        samples = []
        records = []
        environment = []
        sizing = []
        settingsChanged = []
        watch = []
        powerSittings = [:]
        power = []
        elapsed = 0
        resumed = 0
        wholeBytes = 0
        try Bounds.hold(path, line: 1) { () throws(BoundsProblem) in try header.plan.checkBounds() }
        while let entry = try lines.next(JournalEntry.self) {
            try Bounds.hold(path, line: lines.line) { () throws(BoundsProblem) in try entry.checkBounds() }
            take(entry)
        }
        wholeBytes = lines.wholeBytes
        closeCutProcesses()
        // A change was seen after some of the processes that it may have moved were written.
        for index in records.indices { records[index].note(settingsChanged) }
    }

    /// That there may be a journal in `directory`; a bundle alone is a finished run.
    static func expectUnfinished(_ directory: String) throws(RecordError) {
        guard !Files.exists(directory + "/" + Journal.fileName), Files.exists(directory + "/" + BundleFiles.bundle)
        else { return }
        throw RecordError(.noSuchInput, path: directory, problem: "is a finished run; there is nothing to resume")
    }

    private mutating func take(_ entry: JournalEntry) {
        switch entry {
        case .began: break
        case .samples(let lines): samples += lines
        case .process(let record):
            records.append(record)
            elapsed = max(elapsed, record.ended)
        case .environment(let reading):
            environment.append(reading)
            elapsed = max(elapsed, reading.t)
        case .sized(let decided): sizing.append(decided)
        case .settings(let changed): settingsChanged += changed
        case .watched(let report): watch.append(report)
        case .power(let report, let sitting): powerSittings[sitting] = report
        case .powerReadings(let lines):
            power += lines
            elapsed = max(elapsed, lines.last?.t ?? 0)
        case .resumed(let time):
            resumed += 1
            ended = nil
            elapsed = max(elapsed, time)
            closeCutProcesses()
        case .ended(let time, let interrupted, let changed):
            elapsed = max(elapsed, time)
            ended = Ending(interrupted: interrupted, tunablesChanged: changed)
        }
    }

    private mutating func closeCutProcesses() {
        struct Key: Hashable { let `case`: String, process: Int }
        let closed = Set(records.map { Key(case: $0.case, process: $0.process) })
        var open: [(key: Key, count: Int)] = []
        for sample in samples {
            let key = Key(case: sample.case, process: sample.process)
            guard !closed.contains(key) else { continue }
            if let place = open.firstIndex(where: { $0.key == key }) {
                open[place].count += 1
            } else {
                open.append((key, 1))
            }
        }
        for (key, count) in open {
            var record = ProcessRecord(
                case: key.case, process: key.process, order: records.count, started: elapsed, ended: elapsed,
                outcome: .interrupted)
            record.samples = count
            records.append(record)
        }
    }
}

extension JournalContent {
    /// How power was sampled, over all sittings.
    public var powerReport: PowerReport? {
        PowerReport(sittings: powerSittings.sorted { $0.key < $1.key }.map(\.value))
    }

    /// Settings that changed, those seen while the run went on first; what only differs at the end comes after them.
    public var tunablesChanged: [TunableChange] {
        let seen = Set(settingsChanged.map(\.name))
        return settingsChanged + (ended?.tunablesChanged ?? []).filter { !seen.contains($0.name) }
    }
}
