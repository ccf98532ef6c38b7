import Plan

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Small text files that people write and hand to a command.
enum InputText {
    static let maximumBytes = 1 << 20

    static func text(_ path: String) throws -> String {
        let manager = FileManager.default
        guard let size = (try? manager.attributesOfItem(atPath: path))?[.size] as? Int else {
            throw PlanError(.noSuchInput, file: path, problem: "there is no such file")
        }
        guard size <= maximumBytes else { throw PlanError(.badInput, file: path, problem: "is longer than 1 MiB") }
        guard let data = manager.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
            throw PlanError(.badInput, file: path, problem: "is no text in UTF-8")
        }
        return text
    }

    /// Without its directory: where it lay is nobody's business.
    static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
