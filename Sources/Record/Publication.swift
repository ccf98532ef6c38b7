public import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// A directory that appears whole or not at all: made beside its place, then put there.
public final class Publication: Sendable {
    /// Lies in every directory that was made so; one without it is never replaced.
    public static let marker = ".assay-site"
    private let place: String
    private let draft: String

    /// - Throws: `RecordError` where `place` is there and is not ours, or nothing can be made beside it.
    public init(_ path: String) throws(RecordError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        place = path
        draft = "\(path).draft-\(getpid())"
        if Files.exists(place), !Self.isOurs(place) {
            throw RecordError(
                .cannotCreate, path: place,
                problem:
                    "is there already and was not made by assay site; name another directory, or remove it yourself")
        }
        try Files.makeDirectory(draft)
        do throws(RecordError) {
            try write("Made by assay site; replaced as a whole when it runs again.\n", to: Self.marker)
        } catch {
            discard()
            throw error
        }
    }

    /// Made by us, or empty.
    private static func isOurs(_ path: String) -> Bool {
        if Files.exists(path + "/" + marker) { return true }
        return (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty ?? false
    }

    /// A folder in it; may be called from several threads.
    public func makeFolder(_ name: String) throws(RecordError) { try Files.makeDirectory(draft + "/" + name) }

    /// A file in it, by a path of ours; may be called from several threads.
    public func write(_ text: String, to path: String) throws(RecordError) {
        let file = draft + "/" + path
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw Files.failure(file, "cannot be created", .cannotCreate) }
        defer { close(descriptor) }
        try Files.append(Data(text: text), to: descriptor, path: file)
    }

    /// Puts it in its place; what was there before is gone afterwards.
    public func publish() throws(RecordError) {
        let old = "\(place).old-\(getpid())"
        let isReplacing = Files.exists(place)
        if isReplacing, rename(place, old) != 0 { throw Files.failure(place, "cannot be replaced", .cannotCreate) }
        guard rename(draft, place) == 0 else {
            let error = Files.failure(place, "cannot be put in its place", .cannotCreate)
            if isReplacing { _ = rename(old, place) }
            throw error
        }
        if isReplacing { try? FileManager.default.removeItem(atPath: old) }
    }

    /// Leaves nothing behind.
    public func discard() { try? FileManager.default.removeItem(atPath: draft) }
}

/// Bundles under a directory.
public enum BundleSearch {
    /// Most bundles that are looked for, and how deep.
    public static let most = 20_000
    private static let depth = 4

    /// Directories with a `bundle.json`, at `path` or below it, by name. Links are not followed.
    ///
    /// - Throws: `RecordError` where there is no such directory.
    public static func directories(_ path: String) throws(RecordError) -> [String] {
        if path.hasSuffix("/" + BundleFiles.bundle) { return [BundleFiles.directory(of: path)] }
        guard Files.exists(path) else { throw RecordError(.noSuchInput, path: path, problem: "no such directory") }
        guard InputFile.isDirectory(path) else { throw RecordError(.badInput, path: path, problem: "is no directory") }
        var found: [String] = []
        search(path, 0, &found)
        return found
    }

    private static func search(_ path: String, _ level: Int, _ found: inout [String]) {
        guard found.count < most else { return }
        if Files.exists(path + "/" + BundleFiles.bundle) { return found.append(path) }
        guard level < depth, let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return }
        for name in names.sorted() where !name.hasPrefix(".") {
            let child = path + "/" + name
            var status = stat()
            guard lstat(child, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
            search(child, level + 1, &found)
        }
    }
}
