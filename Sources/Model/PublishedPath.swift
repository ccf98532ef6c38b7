#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How the place of a file is written where others will read it: folders may be named after a person.
public enum PublishedPath {
    /// Stands before the name of a file whose folder was left out. No file can be opened by such a name.
    public static let ellipsis = "…/"

    /// Of the system, and the same for all who have its packages.
    private static let system = [
        "/usr/", "/lib/", "/lib64/", "/opt/", "/bin/", "/sbin/", "/etc/", "/proc/", "/sys/", "/dev/",
    ]

    /// The home directory of who runs this.
    public static var home: String? {
        let home = ProcessInfo.processInfo.environment["HOME"].map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        return home.flatMap { $0.utf8.count > 1 ? $0 : nil }
    }

    /// `path` where it is the system's, or only a name; from `~` on below the own home; else the file's name behind an
    /// ellipsis.
    public static func of(_ path: String, home: String? = PublishedPath.home) -> String {
        guard path.utf8.contains(UInt8(ascii: "/")) else { return path }
        let parts = path.split(separator: "/")
        if !parts.contains("..") {
            if system.contains(where: path.hasPrefix) { return path }
            if let home, path.hasPrefix(home + "/") { return "~" + path.dropFirst(home.count) }
        }
        return ellipsis + (parts.last ?? "")
    }

    /// The path where it is the system's, elsewhere only the file's name: how files that were found are listed.
    public static func withoutPerson(_ path: String) -> String {
        let isSystem = system.contains(where: path.hasPrefix) && !path.split(separator: "/").contains("..")
        return isSystem ? path : path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The value of a variable, which may be a list of paths with colons between them.
    public static func list(_ value: String, home: String? = PublishedPath.home) -> String {
        value.split(separator: ":", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("/") ? of(String($0), home: home) : String($0) }.joined(separator: ":")
    }

    /// What `list` made, here.
    public static func listHere(_ value: String, home: String? = PublishedPath.home) -> String {
        value.split(separator: ":", omittingEmptySubsequences: false)
            .map { here(String($0), home: home) ?? String($0) }.joined(separator: ":")
    }

    /// What a published path leads to here: in the home of whoever runs this; `nil` where its folder was left out.
    public static func here(_ published: String, home: String? = PublishedPath.home) -> String? {
        if published.hasPrefix(ellipsis) { return nil }
        guard published.hasPrefix("~/"), let home else { return published }
        return home + published.dropFirst()
    }

    /// `text` with all paths in it as they may be published.
    ///
    /// - Parameter names: paths that may stand there as they are, with blanks in them or relative to anywhere.
    public static func text(
        _ text: String, names: some Sequence<String> = [], home: String? = PublishedPath.home
    ) -> String {
        var text = text
        for name in names where name.utf8.contains(UInt8(ascii: "/")) {
            text = text.replacing(name, with: of(name, home: home))
        }
        var result = ""
        var rest = text[...]
        while let start = pathStart(rest) {
            result += rest[..<start]
            rest = rest[start...]
            let end = pathEnd(rest)
            result += of(String(rest[..<end]), home: home)
            rest = rest[end...]
        }
        return result + rest
    }

    /// Where an absolute path begins: at a slash that no letter, digit, dot, tilde or ellipsis comes before.
    private static func pathStart(_ text: Substring) -> Substring.Index? {
        var before: Character?
        for index in text.indices {
            let isPart = before.map { $0.isLetter || $0.isNumber || ".~…-_/".contains($0) } ?? false
            let next = text.index(after: index)
            if text[index] == "/", !isPart, next < text.endIndex, !text[next].isWhitespace { return index }
            before = text[index]
        }
        return nil
    }

    /// A system's path ends with its word. Any other may have blanks in it, and ends where a message goes on.
    private static func pathEnd(_ text: Substring) -> Substring.Index {
        if system.contains(where: text.hasPrefix) {
            return text.firstIndex { $0.isWhitespace || ":;,\"'".contains($0) } ?? text.endIndex
        }
        var last: Character = "/"
        for index in text.indices {
            if text[index].isWhitespace, ":;,".contains(last) { return text.index(before: index) }
            if "\"'".contains(text[index]) { return index }
            last = text[index]
        }
        return text.endIndex
    }
}
