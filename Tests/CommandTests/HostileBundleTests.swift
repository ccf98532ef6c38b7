import Foundation
import TestSupport
import Testing

/// Bundles that are too large, or hold numbers that are none: refused with the place, by every command that reads one.
@Suite struct HostileBundleTests {
    private let directory: TemporaryDirectory
    private let good: String
    private let bad: String

    init() throws {
        directory = try TemporaryDirectory()
        good = try SampleBundle.write(0.1, to: directory.path + "/good", id: "good")
        bad = try SampleBundle.write(0.1, to: directory.path + "/bad", id: "bad")
    }

    private var json: URL { URL(fileURLWithPath: bad + "/bundle.json") }

    /// Every command that reads a bundle, and every format that it can write.
    private var commands: [[String]] {
        let out = ["--output", directory.path + "/out"]
        return ["md", "html", "tex", "json", "csv", "pdf"].map { ["datasheet", bad, "--format", $0] + out } + [
            ["datasheet", bad, "--cards"] + out, ["datasheet", good, "--versus", bad] + out,
            ["compare", good, bad], ["check", bad, "--baseline", good], ["verify", bad],
            ["export", bad, "--to", "csv"], ["export", bad, "--to", "openmetrics"], ["export", bad, "--to", "wandb"],
        ]
    }

    private func expectRefusal(_ words: String..., exit: Set<Int32> = [65]) throws {
        for arguments in commands {
            let command = try Command.Running(arguments).wait()
            #expect(exit.contains(command.status), "\(arguments): \(command.status) \(command.errors)")
            let said = command.errors + command.output
            for word in words { #expect(said.contains(word), "\(arguments): \(said.prefix(300))") }
        }
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/out"))
        // A site goes on without it, and says so.
        let site = try Command.run("site", directory.path, "--output", directory.path + "/site")
        #expect(site.status == 1 && site.errors.contains("left out   bad"), "\(site.errors)")
    }

    @Test func moreMeasurementsThanAPlanMayHave() throws {
        let text = try String(contentsOf: json, encoding: .utf8)
        var bundle = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let one = try #require((bundle["measurements"] as? [Any])?.first)
        bundle["measurements"] = Array(repeating: one, count: 4097)
        try JSONSerialization.data(withJSONObject: bundle).write(to: json)
        // verify has named the changed file already, and tells the rest on top.
        try expectRefusal("measurements: 4097 is outside 0 to 4096", exit: [65, 1])
    }

    /// A million measurements at the 700 bytes that one takes at least are past what is ever read of a bundle; so is a tenth of
    /// that, which a test can afford.
    @Test func aMillionMeasurementsAreNotRead() throws {
        let file = try FileHandle(forWritingTo: json)
        try file.truncate(atOffset: 100_000 * 700)
        try file.close()
        try expectRefusal("bundle.json", "is longer than 64 MiB", exit: [65, 1])
    }

    @Test(arguments: ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "0x1p3", "nan"])
    func numbersThatAreNone(_ number: String) throws {
        let text = try String(contentsOf: json, encoding: .utf8)
        let range = try #require(text.range(of: "\"value\" : [0-9.e+]+", options: .regularExpression))
        let spoilt = text.replacingCharacters(in: range, with: "\"value\" : \(number)")
        try spoilt.write(to: json, atomically: true, encoding: .utf8)
        let sheet = try Command.run("datasheet", bad, "--format", "json", "--output", directory.path + "/out")
        #expect(sheet.status == 65 && sheet.errors.contains("bundle.json"), "\(sheet.status) \(sheet.errors)")
        let compared = try Command.run("compare", good, bad)
        #expect(compared.status == 65 && compared.errors.contains("bundle.json"))
        #expect(try Command.run("lint", bad).status == 65)
    }

    /// Names in the sums lead nowhere, and none of a sheet's files lies outside its folder.
    @Test func namesLeadNowhere() throws {
        let secret = directory.path + "/secret.txt"
        try Data("secret".utf8).write(to: URL(fileURLWithPath: secret))
        let sums = URL(fileURLWithPath: bad + "/SHA256SUMS")
        let lines = try String(contentsOf: sums, encoding: .utf8)
        let hash = String(repeating: "0", count: 64)
        try (lines + "\(hash)  ../secret.txt\n\(hash)  /etc/passwd\n\(hash)  ..\n")
            .write(to: sums, atomically: true, encoding: .utf8)
        let verify = try Command.run("verify", bad)
        #expect(verify.status == 1)
        #expect(verify.output.components(separatedBy: "is not a hash and a file name").count == 4)
        let text = try String(contentsOf: json, encoding: .utf8)
        try text.replacing("matmul 64³ f32", with: "../../../../tmp/x").replacing("\"bad\"", with: "\"../bad\"")
            .write(to: json, atomically: true, encoding: .utf8)
        let before = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        let out = directory.path + "/bad/a/b"
        let sheet = try Command.run("datasheet", bad, "--cards", "--format", "md,html,tex,json,csv", "--output", out)
        #expect(sheet.status == 0, "\(sheet.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == before)
        let files = try FileManager.default.subpathsOfDirectory(atPath: out)
        #expect(files.contains("datasheet.csv") && files.allSatisfy { !$0.contains("..") })
    }
}
