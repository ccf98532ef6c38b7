import ArgumentParser
import History

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Which history is meant: `--database`, else the place that XDG names.
struct DatabaseOption: ParsableArguments {
    @Option(help: "The history's file; $XDG_DATA_HOME/assay/history.sqlite by default.")
    var database: String?

    func path() throws -> String {
        if let database { return database }
        guard let path = HistoryPlace.standard(environment: ProcessInfo.processInfo.environment) else {
            throw ValidationError("Neither XDG_DATA_HOME nor HOME is set: name the history with --database FILE.")
        }
        return path
    }

    func reading() throws -> HistoryStore { try HistoryStore(path: try path(), access: .reading) }
    func writing() throws -> HistoryStore { try HistoryStore(path: try path(), access: .writing) }
}
