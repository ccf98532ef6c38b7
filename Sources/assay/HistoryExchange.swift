import ArgumentParser
import History
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

extension HistoryCommand {
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write runs as JSON lines to standard output.",
            discussion: "Example: assay history export | xz > history.jsonl.xz")

        @Argument(help: "Runs by id; all where none is named.")
        var runs: [String] = []

        @OptionGroup var history: DatabaseOption

        func run() throws {
            try history.reading().export(runs) { line in
                Console.out(String(decoding: line.dropLast(), as: UTF8.self))
            }
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add runs that `history export` wrote.",
            discussion: "Examples: assay history import all.jsonl; xzcat history.jsonl.xz | assay history import -")

        @Argument(help: "A file, or - for standard input.")
        var file: String

        @OptionGroup var history: DatabaseOption

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let descriptor = file == "-" ? 0 : open(file, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw RecordError(.noSuchInput, path: file, problem: String(cString: strerror(errno)))
            }
            var lines = HistoryStore.Import(into: try history.writing(), from: file == "-" ? "standard input" : file)
            try Self.each(descriptor, file) { line in try lines.take(line) }
            if json { return try Console.json(Imported(added: lines.added, replaced: lines.replaced)) }
            Console.out("imported   \(lines.added) runs" + (lines.replaced > 0 ? ", \(lines.replaced) replaced" : ""))
        }

        /// Line by line, however long the file is. A last line without its line feed counts too.
        private static func each(_ descriptor: Int32, _ file: String, _ body: (Data) throws -> Void) throws {
            var rest = Data()
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else {
                    throw RecordError(.inputOutput, path: file, problem: String(cString: strerror(errno)))
                }
                if count == 0 { break }
                var start = 0
                while let end = buffer[start..<count].firstIndex(of: UInt8(ascii: "\n")) {
                    rest.append(contentsOf: buffer[start..<end])
                    try body(rest)
                    rest = Data()
                    start = end + 1
                }
                rest.append(contentsOf: buffer[start..<count])
                guard rest.count <= HistoryStore.Import.longest else {
                    throw RecordError(.badInput, path: file, problem: "has a line longer than 32 MiB")
                }
            }
            if !rest.isEmpty { try body(rest) }
        }

        private struct Imported: Codable {
            var schema = "assay.history-import/1"
            var added: Int
            var replaced: Int
        }
    }
}
