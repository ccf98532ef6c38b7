public import Model

/// Whether the files of a bundle are those that were written.
public enum Integrity {
    /// One sentence per file that is missing, changed or unlisted; none for a bundle that is whole.
    ///
    /// - Throws: `RecordError` where there is no bundle to look at.
    public static func findings(_ path: String) throws(RecordError) -> [String] {
        let directory = BundleFiles.directory(of: path)
        let text = String(decoding: try Files.read(directory + "/" + BundleFiles.sums), as: UTF8.self)
        var findings: [String] = []
        var listed: Set<String> = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            let parts = line.split(separator: " ", maxSplits: 1)
            let name = parts.count == 2 ? parts[1].drop { $0 == " " || $0 == "*" } : ""
            // A name is a name: nothing outside the bundle is ever opened.
            guard parts.count == 2, parts[0].count == 64, !name.isEmpty, !name.contains("/"), name != ".." else {
                findings.append("\(BundleFiles.sums): line \(number + 1) is not a hash and a file name")
                continue
            }
            listed.insert(String(name))
            findings += compare(directory, String(name), String(parts[0]))
        }
        for name in [BundleFiles.bundle, BundleFiles.samples, BundleFiles.environment] where !listed.contains(name) {
            findings.append("\(name): not listed in \(BundleFiles.sums)")
        }
        if !listed.contains(BundleFiles.power), Files.exists(directory + "/" + BundleFiles.power) {
            findings.append("\(BundleFiles.power): not listed in \(BundleFiles.sums)")
        }
        return findings
    }

    private static func compare(_ directory: String, _ name: String, _ expected: String) -> [String] {
        do {
            let found = Digest.sha256(try Files.read(directory + "/" + name))
            if found == expected { return [] }
            return [
                "\(name): changed after it was written (SHA-256 is \(found.prefix(12))…, not \(expected.prefix(12))…)"
            ]
        } catch {
            let problem: RecordError = error
            return ["\(name): \(problem.problem)"]
        }
    }
}
