/// Names that a person may have meant.
public enum Nearest {
    /// Up to three of `candidates` within a third of the name's length (at least two edits), nearest first.
    public static func names(to name: String, among candidates: [String]) -> [String] {
        let limit = max(2, name.count / 3)
        return
            candidates
            .map { ($0, distance(name.lowercased(), $0.lowercased())) }
            .filter { $0.1 <= limit || $0.0.lowercased().contains(name.lowercased()) }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            .prefix(3)
            .map(\.0)
    }

    /// `; did you mean matmul or matmul-1024?`, or everything there is where nothing is near.
    public static func hint(for name: String, among candidates: [String]) -> String {
        let near = names(to: String(name.prefix(64)), among: candidates)
        guard near.isEmpty else { return "; did you mean " + near.joined(separator: " or ") + "?" }
        return candidates.isEmpty ? "" : "; there is " + candidates.sorted().joined(separator: ", ")
    }

    /// Levenshtein's edit distance.
    static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a)
        let b = Array(b)
        var row = Array(0...b.count)
        for i in 0..<a.count {
            var diagonal = row[0]
            row[0] = i + 1
            for j in 0..<b.count {
                let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
