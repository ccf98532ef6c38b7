import Foundation
import Model
import Record
import TestSupport
import Testing

/// `assay site`, by what lies in the folder afterwards, and by what it leaves alone.
struct SiteCommandTests {
    private let directory: TemporaryDirectory
    private var bundles: String { directory.path + "/bundles" }
    private var out: String { directory.path + "/out" }

    init() throws {
        directory = try TemporaryDirectory()
        for name in ["one", "Two & <b>", "three"] { try copy(to: name) }
    }

    private func copy(to name: String) throws {
        let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = directory.path + "/bundles/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for file in ["bundle.json", "samples.jsonl", "environment.jsonl", "power.jsonl", "SHA256SUMS"] {
            try FileManager.default.copyItem(
                atPath: top.appendingPathComponent("Reports/amd-epyc-2c/\(file)").path, toPath: folder + "/" + file)
        }
    }

    private func read(_ path: String) throws -> String { try String(contentsOfFile: out + "/" + path, encoding: .utf8) }

    private func edit(_ name: String, _ from: String, _ to: String) throws {
        let path = bundles + "/\(name)/bundle.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(from))
        try text.replacing(from, with: to).write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test func aPageForEachAndAnIndexOfAll() throws {
        let command = try Command.run("site", bundles, "--output", out)
        #expect(command.status == 0, "\(command.errors)")
        let files = try FileManager.default.subpathsOfDirectory(atPath: out).filter {
            !$0.hasSuffix("machines") && !$0.hasSuffix("data")
        }
        #expect(
            files.sorted() == [
                ".assay-site", "compare.html", "data/one.js", "data/three.js", "data/two----b-.js", "index.html",
                "machines/one.html", "machines/three.html", "machines/two----b-.html",
            ])
        let index = try read("index.html")
        for page in ["one", "three", "two----b-"] { #expect(index.contains("machines/\(page).html")) }
        for file in files where file.hasSuffix(".html") {
            let text = try read(file)
            #expect(!text.contains("http://") && !text.contains("src=\"http") && !text.contains("@import"), "\(file)")
            if file.hasPrefix("machines/") { #expect(throws: Never.self, "\(file)") { try Markup.check(text) } }
        }
        // The same again, byte for byte, in the place of the first.
        #expect(try Command.run("site", bundles, "--output", out).status == 0)
        #expect(try read("index.html") == index)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["bundles", "out"])
    }

    @Test func aForeignDirectoryIsLeftAlone() throws {
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        try "mine".write(toFile: out + "/thesis.txt", atomically: true, encoding: .utf8)
        #expect(try Command.run("site", bundles, "--output", out).status == 73)
        #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["thesis.txt"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["bundles", "out"])
    }

    @Test func nothingToShow() throws {
        let empty = directory.path + "/empty"
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        #expect(try Command.run("site", empty, "--output", out).status == 66)
        #expect(try Command.run("site", empty + "/none", "--output", out).status == 66)
        #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test func whatCannotBeReadIsNamedAndTheRestGoesOn() throws {
        try "{".write(toFile: bundles + "/three/bundle.json", atomically: true, encoding: .utf8)
        let command = try Command.run("site", bundles, "--output", out)
        #expect(command.status == 1)
        #expect(command.errors.contains("left out   three"))
        let index = try read("index.html")
        #expect(index.contains("Left out") && index.contains("<dt>three</dt>"))
        #expect(index.contains("machines/one.html"))
    }

    /// Names that would be markup, script, or a way out of the folder: text everywhere, and INVALID since the file changed.
    @Test func hostileNamesAreInert() throws {
        let hostile = "</script><script>alert(1)</script>\\u001b[31m ../../etc \\u2028 x"
        try edit("one", "\"model\" : \"AMD EPYC\"", "\"model\" : \"\(hostile)\"")
        let id = try BundleFiles.read(bundles + "/one").bundle.id
        try edit("one", "\"id\" : \"\(id)\"", "\"id\" : \"../../../etc/passwd\"")
        let command = try Command.run("site", bundles, "--output", out)
        #expect(command.status == 0, "\(command.errors)")
        for file in ["index.html", "compare.html", "machines/one.html", "data/one.js"] {
            let text = try read(file)
            #expect(!text.contains("<script>alert"), "\(file)")
            #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x2028 }, "\(file)")
        }
        #expect(try read("index.html").contains("INVALID"))
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/etc"))
    }

    /// A link out of the tree is not followed.
    @Test func linksAreNotFollowed() throws {
        let inside = directory.path + "/inside"
        try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: inside + "/out", withDestinationPath: bundles)
        #expect(try Command.run("site", inside, "--output", out).status == 66)
    }
}

/// What the page of comparisons says, held against what `assay compare` says of the same bundles.
@Suite struct SiteVerdictTests {
    private let directory: TemporaryDirectory
    private var out: String { directory.path + "/out" }
    private let names = ["base", "constructor", "other-version", "slower", "wider"]

    init() throws {
        directory = try TemporaryDirectory()
        for (index, name) in names.enumerated() {
            try SampleBundle.write(
                [0.1, 0.1001, 0.1, 0.12, 0.103][index], to: directory.path + "/bundles/" + name,
                spread: name == "wider" ? 0.2 : 0.002, id: "id-\(index)"
            ) {
                if name == "other-version" { $0.measurements[0].implementation?.version = "9" }
            }
        }
    }

    /// Verdicts of `assay compare`, by base, new and metric.
    private func judged() throws -> [String: String] {
        var found: [String: String] = [:]
        for base in names {
            for new in names where new != base {
                let bundles = directory.path + "/bundles/"
                let json = try Command.run("compare", bundles + base, bundles + new, "--unverified", "--json").output
                let comparison = try JSON.decode(Comparison.self, from: Data(json.utf8))
                for pair in comparison.pairs {
                    found["\(base) \(new) \(pair.case.id)|\(pair.metric)"] = pair.verdict.rawValue
                }
            }
        }
        return found
    }

    private func data(_ name: String) throws -> [String: Any] {
        let text = try String(contentsOfFile: out + "/data/\(name).js", encoding: .utf8)
        let json = text.dropFirst("assayAdd(".count).dropLast(");\n".count)
        return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test func everyVerdictIsTheJudges() throws {
        #expect(try Command.run("site", directory.path + "/bundles", "--output", out).status == 0)
        let judged = try judged()
        var found: [String: String] = [:]
        for new in names {
            for (base, verdicts) in try #require(try data(new)["verdicts"] as? [String: [String: [Any]]]) {
                for (key, verdict) in verdicts { found["\(base) \(new) \(key)"] = verdict[0] as? String }
            }
        }
        #expect(found == judged)
        #expect(
            Set(judged.values).isSuperset(of: ["regressed", "improved", "equivalent", "not comparable"]), "\(judged)")
        let page = try String(contentsOfFile: out + "/compare.html", encoding: .utf8)
        #expect(page.contains("assay compare ") && !page.contains("lie apart\""))
    }

    /// Past the bound there is no verdict, and the page says nothing in its place.
    @Test func manyBundlesHaveTheCommandInstead() throws {
        for index in 0..<10 {
            try FileManager.default.copyItem(
                atPath: directory.path + "/bundles/base", toPath: directory.path + "/bundles/copy-\(index)")
        }
        #expect(try Command.run("site", directory.path + "/bundles", "--output", out).status == 0)
        #expect((try data("base")["verdicts"] as? [String: Any])?.isEmpty == true)
        #expect((try data("base")["marks"] as? [String: Any])?.isEmpty == false)
    }

    private static let node = ["/usr/bin/node", "/usr/local/bin/node"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// The page's own functions over every pair, with and without verdicts: never a word that the judge does not say.
    @Test(.enabled(if: node != nil, "no Node.js here")) func thePageAgreesWithTheJudge() throws {
        #expect(try Command.run("site", directory.path + "/bundles", "--output", out).status == 0)
        let page = try String(contentsOfFile: out + "/compare.html", encoding: .utf8)
        let start = try #require(page.range(of: "var assayPair = {"))
        let end = try #require(page.range(of: "(function () {", range: start.lowerBound..<page.endIndex))
        let script = """
            var loaded = {}, fs = require("fs"), result = [];
            global.assayAdd = function (entry) { loaded[entry.id] = entry; };
            \(page[start.lowerBound..<end.lowerBound])
            process.argv.slice(2).forEach(function (file) { eval(fs.readFileSync(file, "utf8")); });
            Object.keys(loaded).forEach(function (base) { Object.keys(loaded).forEach(function (other) {
              if (base === other) { return; }
              loaded[other].rows.forEach(function (row) {
                var first = loaded[base].rows.find(function (one) { return one.case === row.case && one.metric === row.metric; });
                first.mark = loaded[base].marks[row.case]; row.mark = loaded[other].marks[row.case];
                var key = row.case + "|" + row.metric, ratio = assayPair.ratio(first, row);
                result.push({ key: base + " " + other + " " + key, ratio: ratio && ratio.value, lower: ratio && ratio.lower,
                  upper: ratio && ratio.upper, plain: assayPair.remark(first, row),
                  judged: assayPair.remark(first, row, loaded[other].verdicts[base][key]) });
              });
            }); });
            console.log(JSON.stringify(result));
            """
        let file = directory.path + "/page.js"
        try Data(script.utf8).write(to: URL(fileURLWithPath: file))
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(Self.node))
        process.arguments = [file] + names.map { out + "/data/\($0).js" }
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let said = try #require(try JSONSerialization.jsonObject(with: text) as? [[String: Any]])
        let judged = try judged()
        #expect(said.count == judged.count)
        for one in said {
            let key = try #require(one["key"] as? String)
            let verdict = try #require(judged[key], "\(key)")
            let (plain, word) = (one["plain"] as? String ?? "", one["judged"] as? String ?? "")
            #expect(word == verdict || word.hasPrefix(verdict + ": "), "\(key)")
            #expect(plain.hasPrefix("not comparable") == (verdict == "not comparable"), "\(key): \(plain)")
            for call in ["faster", "slower", "regressed", "improved", "equivalent"] { #expect(!plain.contains(call)) }
            #expect((one["ratio"] is Double) == (verdict != "not comparable"), "\(key)")
            if let ratio = one["ratio"] as? Double, let lower = one["lower"] as? Double,
                let upper = one["upper"] as? Double
            {
                #expect(lower <= ratio && ratio <= upper)
            }
        }
    }
}
