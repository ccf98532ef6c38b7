import Model
import Power

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// A meter's log as a file.
enum LogFile {
    private static let mostBytes = 1 << 29

    /// That it is there, and that its beginning can be understood: better said before an hour of measuring than after.
    static func check(_ path: String) throws(RecordError) {
        guard access(path, F_OK) == 0 else {
            throw RecordError(.noSuchInput, path: path, problem: "is not there; start the meter's log before the run")
        }
        let text = try text(path)
        // A log that has only begun is fine.
        guard text.utf8.count(where: { $0 == 10 }) > 2 else { return }
        _ = try parse(text, path)
    }

    static func read(_ path: String) throws(RecordError) -> PowerLog { try parse(try text(path), path) }

    private static func parse(_ text: String, _ path: String) throws(RecordError) -> PowerLog {
        do throws(PowerLog.Fault) {
            // A line that is being written now has no end yet.
            let whole = text.utf8.last == 10 ? text[...] : text[..<(text.utf8.lastIndex(of: 10) ?? text.startIndex)]
            return try PowerLog(String(whole))
        } catch {
            throw RecordError(.badInput, path: path, problem: error.description)
        }
    }

    private static func text(_ path: String) throws(RecordError) -> String {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw RecordError(.badInput, path: path, problem: "is not a file")
        }
        guard status.st_size <= mostBytes else {
            throw RecordError(.badInput, path: path, problem: "is longer than \(mostBytes >> 20) MiB")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RecordError(.inputOutput, path: path, problem: "cannot be read: \(String(cString: strerror(errno)))")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw RecordError(.badInput, path: path, problem: "is not text")
        }
        return text
    }

    /// Seconds since 1970-01-01 00:00 UTC.
    static func wallClock() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
