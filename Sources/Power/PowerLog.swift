import Model

/// The log of a meter outside of the machine, as CSV: `Time,<stamp>,Watts,<value>,…` in every line, as SPEC's PTDaemon
/// writes it, or a header that names the columns and lines of values, as most other programs do.
public struct PowerLog: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        /// Seconds since 1970-01-01 00:00 UTC.
        public var epoch: Double
        public var watts: Double
    }
    public private(set) var entries: [Entry] = []

    /// What is wrong with a line.
    public struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
        /// From 1; 0 for the log as a whole.
        public var line: Int
        public var problem: String
        public var description: String { line > 0 ? "line \(line): \(problem)" : problem }
    }

    /// Lines that are read of it; ten a second for four days.
    private static let mostLines = 4_000_000

    /// - Parameter zone: seconds east of UTC, for stamps that name no zone, at the moment they would name in UTC.
    public init(_ text: String, zone: (Double) -> Double = LocalZone.offset) throws(Fault) {
        var columns: Columns?
        for (index, line) in text.utf8.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            guard index < Self.mostLines else {
                throw Fault(line: index + 1, problem: "the log is longer than can be read")
            }
            let fields = Self.fields(String(decoding: line, as: UTF8.self))
            guard fields.contains(where: { !$0.isEmpty }), fields[0].first != "#" else { continue }
            do throws(Problem) {
                if let pairs = try Columns.pairs(fields) {
                    try add(pairs.stamp, pairs.watts, zone)
                } else if let columns {
                    try add(columns.stamp(fields), columns.watts(fields), zone)
                } else {
                    columns = try Columns(header: fields)
                }
            } catch {
                throw Fault(line: index + 1, problem: error.text)
            }
        }
        guard entries.count > 1 else {
            throw Fault(line: 0, problem: "holds \(entries.count) readings; at least two are needed")
        }
    }

    private mutating func add(_ stamp: String, _ value: String, _ zone: (Double) -> Double) throws(Problem) {
        guard let watts = Double(value), watts.isFinite, (0...1e7).contains(watts) else {
            throw Problem("“\(value.prefix(40))” is no power in watts")
        }
        let epoch = try Stamp.epoch(stamp, zone: zone)
        if let last = entries.last, epoch <= last.epoch {
            throw Problem("its time, \(stamp.prefix(40)), is not after the line before")
        }
        entries.append(Entry(epoch: epoch, watts: watts))
    }

    struct Problem: Error {
        let text: String
        init(_ text: String) { self.text = text }
    }

    /// Fields between commas, without blanks and quotation marks around them.
    private static func fields(_ line: String) -> [String] {
        let separator: Character = line.contains(",") ? "," : line.contains(";") ? ";" : "\t"
        return line.split(separator: separator, maxSplits: 255, omittingEmptySubsequences: false).map { field in
            let blanks: Set<Character> = [" ", "\t", "\r", "\"", "\u{FEFF}", "\r\n"]
            var text = field[...]
            while let first = text.first, blanks.contains(first) { text.removeFirst() }
            while let last = text.last, blanks.contains(last) { text.removeLast() }
            return String(text)
        }
    }

    /// Where in a line time and power stand.
    private struct Columns {
        let time: Int
        /// A date in a column of its own, and thousandths of a second in another.
        let date: Int?
        let milliseconds: Int?
        let power: Int

        init(header: [String]) throws(Problem) {
            let names = header.map { $0.lowercased() }
            func place(_ wanted: [String]) -> Int? {
                wanted.lazy.compactMap { name in
                    names.firstIndex {
                        $0 == name || $0.hasPrefix(name + " (") || $0.hasPrefix(name + "(") || $0.hasPrefix(name + " [")
                    }
                }.first
            }
            guard let time = place(["time", "timestamp", "datetime", "epoch", "unix"]) else {
                throw Problem("neither “Time,…,Watts,…” nor a header with a column Time")
            }
            guard let power = place(["watts", "watt", "power", "w", "p-sigmaa", "p-sigma", "p-e1", "urms-p", "p"])
            else {
                throw Problem("its header names no column Watts")
            }
            self.time = time
            date = place(["date"])
            milliseconds = place(["millisecond", "milliseconds", "ms"])
            self.power = power
        }

        func stamp(_ fields: [String]) throws(Problem) -> String {
            var text = try field(time, fields)
            if let date { text = try field(date, fields) + " " + text }
            if let milliseconds {
                let digits = try field(milliseconds, fields)
                guard let value = Int(digits), (0...999).contains(value) else {
                    throw Problem("“\(digits.prefix(40))” is no number of milliseconds")
                }
                text += "." + String(repeating: "0", count: 3 - String(value).count) + String(value)
            }
            return text
        }

        func watts(_ fields: [String]) throws(Problem) -> String { try field(power, fields) }

        private func field(_ index: Int, _ fields: [String]) throws(Problem) -> String {
            guard fields.indices.contains(index), !fields[index].isEmpty else {
                throw Problem("column \(index + 1) is missing")
            }
            return fields[index]
        }

        /// `Time,07-29-2026 16:11:23.789,Watts,22.9,Volts,…`; `nil` where the line is not of that kind.
        static func pairs(_ fields: [String]) throws(Problem) -> (stamp: String, watts: String)? {
            // A header may begin with Time and go on with Watts; a line of pairs has values between.
            guard fields[0].lowercased() == "time", fields.count >= 2, fields[1].contains(where: \.isNumber) else {
                return nil
            }
            guard let place = fields.firstIndex(where: { $0.lowercased() == "watts" }), place > 1 else {
                throw Problem("no Watts after the time")
            }
            guard fields.indices.contains(place + 1) else { throw Problem("nothing after Watts") }
            return (fields[1], fields[place + 1])
        }
    }
}
