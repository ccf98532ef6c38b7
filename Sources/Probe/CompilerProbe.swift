import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// Compilers that a build on this machine would find, each asked for its version.
enum CompilerProbe {
    /// Seconds that all of them have.
    private static let patience = 10.0

    private static let names = [
        "gcc", "clang", "gfortran", "flang", "swiftc", "rustc", "nvcc", "hipcc", "icx", "ifx", "nvc", "armclang",
    ]

    static func read(_ files: SystemFiles, isDeep: Bool) -> Reported<[Compiler]> {
        guard files.isLive else { return .unknown("not known from captured files") }
        guard isDeep else { return .unknown("not asked: it means starting each of them (--deep)") }
        return .known(compilers(searchPath: getenv("PATH").map { String(cString: $0) } ?? ""))
    }

    static func compilers(searchPath: String) -> [Compiler] {
        let folders = searchPath.split(separator: ":").filter { $0.hasPrefix("/") }
        let found = names.compactMap { name -> (name: String, path: String)? in
            let paths = folders.lazy.map { "\($0)/\(name)" }
            return paths.first { access($0, X_OK) == 0 }.map { (name, $0) }
        }
        let commands = found.map { ChildCommand(executable: $0.path, arguments: ["--version"]) }
        let answers = ChildProcesses.answers(commands, seconds: patience)
        return zip(found, answers).map { compiler, answer in
            let build: Reported<String>
            switch answer {
            case .unknown(let reason): build = .unknown("asked, it \(reason)")
            case .known(let text): build = Reported(line(text), else: "asked, it names no version")
            }
            let path = PublishedPath.withoutPerson(compiler.path)
            return Compiler(name: compiler.name, version: version(build), path: .known(path), build: build)
        }
    }

    private static func version(_ line: Reported<String>) -> Reported<String> {
        switch line {
        case .unknown(let reason): .unknown(reason)
        case .known(let line): Reported(version(inLine: line), else: "its line holds none")
        }
    }

    /// The first line that holds a version: `nvcc` writes three others before it.
    private static func line(_ text: String) -> String? {
        let line = text.lines.prefix(16).first { version(inLine: String($0.prefix(400))) != nil }
        return line.map { ShortText.plain(String($0), 200) }
    }

    /// The number after `version` or `release`, else the last one: `gcc (Debian 12.2.0-14) 12.2.0`.
    static func version(inLine line: String) -> String? {
        let words = line.split { " ,()".contains($0) }
        let numbers = words.indices.compactMap { place -> (place: Int, text: String)? in
            let word = words[place].hasPrefix("V") ? words[place].dropFirst() : words[place]
            let text = word.prefix { ($0.isASCII && $0.isNumber) || $0 == "." }
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let isVersion = (2...4).contains(parts.count) && parts.allSatisfy { (1...4).contains($0.count) }
            return isVersion ? (place, String(text)) : nil
        }
        let named = numbers.first { $0.place > 0 && ["version", "release"].contains(words[$0.place - 1].lowercased()) }
        return (named ?? numbers.last)?.text
    }
}
