import Model
import Record

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#endif

/// Files that a user names for output.
enum TextFile {
    /// Whole or not at all.
    static func write(_ text: String, to path: String) throws(RecordError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, !name.isEmpty else {
            throw RecordError(.cannotCreate, path: path, problem: "is not the name of a file")
        }
        let directory = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/")
        try BundleFiles.writeReport(text, name: String(name), to: directory.isEmpty ? "/" : directory)
    }

    /// Behind what is there: the step summary is shared by all that a step runs.
    static func append(_ text: String, to path: String) throws(RecordError) {
        guard let file = fopen(path, "a") else {
            throw RecordError(.cannotCreate, path: path, problem: String(cString: strerror(errno)))
        }
        let written = fputs(text, file)
        let closed = fclose(file)
        guard written >= 0, closed == 0 else {
            throw RecordError(.inputOutput, path: path, problem: "could not be written whole")
        }
    }
}

/// Variables of the process.
enum Environment {
    static subscript(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// The day, in UTC: `2026-11-24`.
enum Today {
    static var text: String { Date().formatted(.iso8601.year().month().day()) }
}
