/// Where the history is when nobody says.
public enum HistoryPlace {
    /// `$XDG_DATA_HOME/assay/history.sqlite`, else under `~/.local/share`; `nil` where there is no home either.
    /// Source: XDG Base Directory Specification: a path that is not absolute is ignored.
    public static func standard(environment: [String: String]) -> String? {
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/assay/history.sqlite" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.local/share/assay/history.sqlite"
    }
}
