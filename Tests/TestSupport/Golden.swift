import Foundation

/// Compares text with a recorded file. `ASSAY_RECORD=1` writes the file instead and *fails*, so that a recording run can
/// never pass for a test run.
public struct Golden {
    public struct Difference: Error, CustomStringConvertible {
        public let description: String
    }

    /// Throws unless `text` equals the file `name` in the `Golden` folder beside the calling test.
    public static func check(_ text: String, _ name: String, file: String = #filePath) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
        let url = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
            throw Difference(description: "recorded \(name); run again without ASSAY_RECORD")
        }
        guard let data = FileManager.default.contents(atPath: url.path) else {
            throw Difference(description: "no golden file \(name): record it with ASSAY_RECORD=1")
        }
        let expected = String(decoding: data, as: UTF8.self)
        guard text != expected else { return }
        throw Difference(description: "\(name) differs: " + firstDifference(expected, text))
    }

    private static func firstDifference(_ expected: String, _ found: String) -> String {
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = found.split(separator: "\n", omittingEmptySubsequences: false)
        for line in 0..<max(old.count, new.count) {
            let before = line < old.count ? old[line] : "(end of file)"
            let after = line < new.count ? new[line] : "(end of text)"
            if before != after { return "line \(line + 1)\n  expected: \(before)\n  found:    \(after)" }
        }
        return "line endings"
    }
}
