import Foundation
import PackagePlugin

/// Writes the commit that is being built into the executable, so that every bundle names the exact tool that made it.
///
/// A plug-in rather than a generated file in the tree: the tree stays clean, and a plain `swift build` stamps too.
@main
struct StampCommit: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let script = #"""
            cd "$1" || exit 1
            commit=$(git rev-parse --verify -q HEAD 2>/dev/null || echo unknown)
            modified=false
            [ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || modified=true
            new="enum Stamp {
                static let commit = \"$commit\"
                static let modified = $modified
            }"
            printf '%s\n' "$new" > "$2/Stamp.swift"
            """#
        let package = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL
        // Git appends to this log at every commit, so the stamp follows; `make build` also forces it, for `modified`.
        let log = package.appendingPathComponent(".git/logs/HEAD")
        let stamp = output.appendingPathComponent("Stamp.swift")
        return [
            .buildCommand(
                displayName: "Stamp the commit",
                executable: URL(fileURLWithPath: "/bin/sh"),
                arguments: ["-c", script, "sh", package.path, output.path],
                inputFiles: FileManager.default.fileExists(atPath: log.path) ? [log] : [],
                outputFiles: [stamp])
        ]
    }
}
