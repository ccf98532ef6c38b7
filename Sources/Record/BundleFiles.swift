public import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The directory a run leaves.
public enum BundleFiles {
    public static let bundle = "bundle.json"
    public static let samples = "samples.jsonl"
    public static let environment = "environment.jsonl"
    /// Only where power was sampled, and in no bundle from before that.
    public static let power = "power.jsonl"
    public static let sums = "SHA256SUMS"

    /// Writes all files of the bundle, each whole or not at all, the sums last.
    ///
    /// - Returns: the files with their sizes and hashes.
    @discardableResult
    public static func write(_ recording: Recording, to directory: String) throws(RecordError) -> [RecordedFile] {
        try Files.makeDirectory(directory)
        var contents: [(name: String, data: Data)] = []
        do {
            contents.append((bundle, try JSON.document(recording.bundle)))
            contents.append((samples, try lines(recording.samples)))
            contents.append((environment, try lines(recording.environment)))
            if recording.bundle.power != nil { contents.append((power, try lines(recording.power))) }
        } catch {
            throw RecordError(.inputOutput, path: directory, problem: "cannot be written as JSON: \(error)")
        }
        for (name, data) in contents { try Files.replace(directory + "/" + name, with: data) }
        let files = contents.map { RecordedFile(name: $0.name, bytes: $0.data.count, sha256: Digest.sha256($0.data)) }
        let text = files.map { "\($0.sha256)  \($0.name)\n" }.joined()
        try Files.replace(directory + "/" + sums, with: Data(text: text))
        return files
    }

    /// Writes a rendered report beside the bundle.
    public static func writeReport(_ text: String, name: String, to directory: String) throws(RecordError) {
        try Files.makeDirectory(directory)
        try Files.replace(directory + "/" + name, with: Data(text: text))
    }

    /// Puts the file at `source`, made by another program, beside the bundle.
    public static func copyReport(_ source: String, name: String, to directory: String) throws(RecordError) {
        let data = try Files.read(source, atMost: 1 << 28)
        try Files.makeDirectory(directory)
        try Files.replace(directory + "/" + name, with: data)
    }

    /// Removes the journal once the bundle holds everything; an interrupted run keeps it, to be resumed.
    public static func removeJournal(in directory: String) { Files.remove(directory + "/" + Journal.fileName) }

    /// Reads a bundle. `path` is its directory or its `bundle.json`.
    ///
    /// - Throws: `RecordError` naming the file, and the key or line.
    public static func read(_ path: String) throws(RecordError) -> Recording {
        let directory = directory(of: path)
        let bundlePath = directory + "/" + bundle
        let data = try Files.read(bundlePath, atMost: 64 << 20)
        let value: Bundle
        do {
            try Schema.check(try JSON.decode(SchemaOnly.self, from: data).schema, Bundle.schema, path: bundlePath)
            value = try JSON.decode(Bundle.self, from: data)
        } catch let error as RecordError {
            throw error
        } catch {
            throw RecordError(.badInput, path: bundlePath, problem: "\(error)")
        }
        try Bounds.hold(bundlePath) { () throws(BoundsProblem) in try value.checkBounds() }
        var sampleLines = JSONLines(data: try Files.read(directory + "/" + samples), path: directory + "/" + samples)
        var environmentLines = JSONLines(
            data: try Files.read(directory + "/" + environment), path: directory + "/" + environment)
        var recording = Recording(
            bundle: value, samples: try sampleLines.samples(),
            environment: try environmentLines.rest(EnvironmentReading.self), files: try recordedFiles(directory))
        for (index, sample) in recording.samples.enumerated() {
            try Bounds.hold(directory + "/" + samples, line: index + 1) { () throws(BoundsProblem) in
                try sample.checkBounds("sample")
            }
        }
        if Files.exists(directory + "/" + power) { recording.power = try powerReadings(directory + "/" + power) }
        return recording
    }

    private static func powerReadings(_ path: String) throws(RecordError) -> [PowerReading] {
        var lines = JSONLines(data: try Files.read(path), path: path)
        let readings = try lines.rest(PowerReading.self)
        for (index, reading) in readings.enumerated() {
            try Bounds.hold(path, line: index + 1) { () throws(BoundsProblem) in try reading.checkBounds("reading") }
        }
        return readings
    }

    /// The directory of a bundle named by its directory or by its `bundle.json`.
    public static func directory(of path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path.hasSuffix("/" + bundle) ? String(path.dropLast(bundle.count + 1)) : path == bundle ? "." : path
    }

    private static func recordedFiles(_ directory: String) throws(RecordError) -> [RecordedFile] {
        var files: [RecordedFile] = []
        for name in [bundle, samples, environment, power] {
            // Bundles from before power was sampled have none.
            if name == power, !Files.exists(directory + "/" + name) { continue }
            let data = try Files.read(directory + "/" + name)
            files.append(RecordedFile(name: name, bytes: data.count, sha256: Digest.sha256(data)))
        }
        return files
    }

    private static func lines(_ values: [some Encodable]) throws(JSONProblem) -> Data {
        var data = Data()
        for value in values { data.append(try JSON.line(value)) }
        return data
    }
}

struct SchemaOnly: Codable { var schema: String }
