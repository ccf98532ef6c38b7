import Model
import struct Model.RecordError

#if canImport(Glibc)
    import Glibc
#endif

/// The first hundred bytes of an SQLite file, looked at before SQLite does: it would take a file that was cut off for whole
/// until it comes to a page that is missing.
///
/// Source: SQLite's file format, §1.3.
enum DatabaseHeader {
    static func check(_ path: String) throws(RecordError) {
        guard let size = HistoryStore.size(path) else { return }
        guard let header = bytes(path) else {
            throw RecordError(.inputOutput, path: path, problem: "cannot be read: \(String(cString: strerror(errno)))")
        }
        guard header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw RecordError(.badInput, path: path, problem: "is not an SQLite database")
        }
        guard header.count == 100 else {
            throw RecordError(.badInput, path: path, problem: "is cut off within its header, at byte \(header.count)")
        }
        let pageSize = number(header, 16, 2) == 1 ? 65536 : number(header, 16, 2)
        // The number of pages holds where it was written with the last change; with a log beside it, pages may be there.
        guard number(header, 24, 4) == number(header, 92, 4), (HistoryStore.size(path + "-wal") ?? 0) == 0 else {
            return
        }
        let expected = pageSize * number(header, 28, 4)
        guard size >= expected else {
            throw RecordError(.badInput, path: path, problem: "is cut off: \(size) of \(expected) bytes are there")
        }
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(descriptor, &bytes, 100)
        return Array(bytes.prefix(max(count, 0)))
    }

    private static func number(_ header: [UInt8], _ place: Int, _ count: Int) -> Int {
        header[place..<(place + count)].reduce(0) { $0 << 8 | Int($1) }
    }
}
