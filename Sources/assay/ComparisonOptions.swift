import ArgumentParser
import History
import Judge
import Model
import Plan
import Record

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What `compare`, `check` and `datasheet --versus` have in common.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: """
            What may differ because it is the thing compared, separated by commas: library, isa, backend, dataType, shape, \
            scenario, threads, placement, cache.
            """)
    var acknowledge: String?

    @Option(help: "Smallest change that counts, for example 3%: only what is beyond it without doubt is called.")
    var maxRegression: String?

    @Flag(help: "Judge bundles whose hashes or numbers do not hold too; the output says which.")
    var unverified = false

    func validate() throws {
        _ = try subjects()
        _ = try effect()
    }

    func subjects() throws -> Set<Subject> {
        var found: Set<Subject> = []
        for word in (acknowledge ?? "").split(separator: ",") {
            let name = String(word.trimming)
            guard let subject = Subject(rawValue: name) else {
                let hint = Nearest.hint(for: name, among: Subject.allCases.map(\.rawValue))
                throw ValidationError("--acknowledge \(name): unknown\(hint)")
            }
            found.insert(subject)
        }
        return found
    }

    /// As a share.
    func effect() throws -> Double? {
        guard let maxRegression else { return nil }
        let text = maxRegression.hasSuffix("%") ? String(maxRegression.dropLast()) : maxRegression
        guard let number = Double(text), number.isFinite else {
            throw ValidationError("--max-regression \(maxRegression): a share such as 3% or 0.03 is needed.")
        }
        let share = maxRegression.hasSuffix("%") ? number / 100 : number
        guard share > 0, share < 1 else {
            throw ValidationError("--max-regression \(maxRegression): above 0 and below 100 % is needed.")
        }
        return share
    }

    func judgeOptions() throws -> Judge.Options {
        var options = Judge.Options()
        options.acknowledged = try subjects()
        if let effect = try effect() {
            options.minimumEffect = effect
            options.isEffectGiven = true
        }
        return options
    }
}

extension Substring {
    /// Without blanks around it.
    fileprivate var trimming: Substring {
        var text = self
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return text
    }
}

/// Runs as the user names them: bundles by their directory, baselines and runs of the history by name.
enum RunSource {
    /// A run with what it came from: a recording only where there is a bundle.
    struct Found {
        var recording: Recording?
        var values: RunValues
        /// That it does not verify.
        var doubts: [String] = []
    }

    /// The recording, and what to call it: the directory’s name.
    static func read(_ path: String, unverified: Bool) throws -> (recording: Recording, found: Found) {
        let recording = try Publisher.judged(path, unverified: unverified)
        let directory = BundleFiles.directory(of: path)
        let last = directory.split(separator: "/").last.map(String.init) ?? recording.bundle.id
        let name = last == "." ? recording.bundle.id : last
        let found = Found(
            recording: recording, values: RunValues(recording, name: name),
            doubts: Publisher.doubt(recording, name))
        return (recording, found)
    }

    /// A bundle where one is; else all runs of the baseline of that name, or the run of the history.
    static func all(_ name: String, _ place: DatabaseOption, unverified: Bool) throws -> [Found] {
        if name.contains("/") || FileManager.default.fileExists(atPath: name) {
            return [try read(name, unverified: unverified).found]
        }
        let store: HistoryStore
        do {
            store = try place.reading()
        } catch let error as RecordError where error.kind == .noSuchInput {
            throw RecordError(.noSuchInput, path: name, problem: "no bundle there, and \(error.path): \(error.problem)")
        }
        var runs = try store.runs(ofBaseline: name).map(\.values)
        if runs.isEmpty, try store.has(name) { runs = [try store.run(name).values] }
        guard !runs.isEmpty else {
            throw RecordError(
                .noSuchInput, path: name,
                problem: "no bundle is there, and \(store.path) has no baseline or run of that name")
        }
        return runs.map { values in
            var values = values
            values.reference.name = name
            return Found(recording: nil, values: values)
        }
    }
}
