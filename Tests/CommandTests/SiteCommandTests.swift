import Foundation
import Model
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
        for file in ["bundle.json", "samples.jsonl", "environment.jsonl", "SHA256SUMS"] {
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
        try edit("one", "\"id\" : \"20261123-6ee9f9\"", "\"id\" : \"../../../etc/passwd\"")
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
