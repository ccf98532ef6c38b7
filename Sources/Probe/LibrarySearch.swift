import DynamicLibrary
import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// What the environment says of where libraries are; taken once, before there is a second thread.
struct SearchVariables: Sendable {
    var libraryPath: String?
    var onednn: String?
    var cblas: String?

    static func current() -> SearchVariables {
        func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
        return SearchVariables(
            libraryPath: value("LD_LIBRARY_PATH"), onednn: value("ASSAY_ONEDNN"), cblas: value("ASSAY_CBLAS"))
    }
}

/// Finds libraries by name where the dynamic linker would, without loading any.
struct LibrarySearch {
    private let files: SystemFiles
    private let variables: SearchVariables

    init(_ files: SystemFiles, _ variables: SearchVariables = .current()) {
        self.files = files
        self.variables = variables
    }

    /// The path that each name leads to; names that lead nowhere are left out.
    func paths(_ names: [String]) -> [String: String] {
        var found = look(names, environment)
        let left = names.filter { found[$0] == nil }
        let cache = files.bytes("/etc/ld.so.cache", atMost: 1 << 23).value.flatMap { LinkerCache($0) }
        let architecture = files.isLive ? LinkerCache.architecture : nil
        let more = cache?.paths(Set(left), architecture: architecture) ?? look(left, configured() + Self.standard)
        found.merge(more) { first, _ in first }
        // Where makers install what the linker is then often not told of.
        let last = Self.makers + (files.isLive ? [CarriedLibraries.folder].compactMap { $0 } : [])
        found.merge(look(names.filter { found[$0] == nil }, last)) { first, _ in first }
        return found
    }

    private func look(_ names: [String], _ directories: [String]) -> [String: String] {
        var seen: Set<String> = []
        // /lib is mostly a link to /usr/lib, and most of these places do not exist.
        let directories = directories.compactMap { files.resolved($0) }.filter { seen.insert($0).inserted }
        return names.reduce(into: [:]) { found, name in
            found[name] = directories.lazy.map { "\($0)/\(name)" }.first { files.exists($0) || files.link($0) != nil }
        }
    }

    /// What the user's environment puts in front. A captured machine has none.
    private var environment: [String] {
        guard files.isLive, let value = variables.libraryPath else { return [] }
        return value.split { $0 == ":" || $0 == ";" }.map(String.init).filter { $0.hasPrefix("/") }
    }

    private static let standard =
        ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap { ["/lib/\($0)", "/usr/lib/\($0)"] }
        + ["/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"]

    private static let makers = ["/usr/local/cuda/lib64", "/usr/local/nvidia/lib64", "/opt/rocm/lib"]

    /// Directories of /etc/ld.so.conf and of the files that it includes.
    private func configured() -> [String] {
        var directories: [String] = []
        var waiting = ["/etc/ld.so.conf"]
        var read = 0
        while let path = waiting.popLast(), read < 64 {
            read += 1
            for line in files.text(path).value?.lines.prefix(256) ?? [] {
                let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
                if words.count == 2, words[0] == "include" {
                    waiting += included(String(words[1]))
                } else if let first = words.first, words.count == 1, first.hasPrefix("/") {
                    directories.append(String(first))
                }
            }
        }
        return directories
    }

    /// `/etc/ld.so.conf.d/*.conf`, last first; other patterns are not in use.
    private func included(_ pattern: String) -> [String] {
        guard let slash = pattern.lastIndex(of: "/"), slash > pattern.startIndex else { return [] }
        let folder = String(pattern[..<slash])
        let parts = pattern[pattern.index(after: slash)...].split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return parts.count == 1 ? [pattern] : [] }
        return files.names(in: folder).filter { $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[1]) }.reversed().map {
            "\(folder)/\($0)"
        }
    }
}
