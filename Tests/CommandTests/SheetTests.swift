import Foundation
import TestSupport
import Testing

/// `assay datasheet` in all its formats, with prices and statements, as a user runs it.
@Suite struct SheetTests {
    private let directory: TemporaryDirectory
    private let bundle: String
    private static let price = [
        "--price", "0.36", "--currency", "USD", "--billing", "on-demand", "--region", "west", "--price-date",
        "2026-11-20",
    ]

    init() throws {
        directory = try TemporaryDirectory()
        bundle = directory.path + "/run"
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"], processes: 2).utf8).write(to: URL(fileURLWithPath: suite))
        let arguments = ["run", suite, "--output", bundle, "--run-by", "Lab <A>"] + Self.price
        let run = try Command.Running(arguments).wait()
        try #require(run.status == 0, "\(run.errors)")
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let path = directory.path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func whatRunWasToldIsInTheBundleAndInEveryFormat() throws {
        let json = try read(bundle + "/bundle.json")
        #expect(json.contains("\"currency\" : \"USD\"") && json.contains("\"runBy\" : \"Lab <A>\""))
        #expect(try SchemaValidator.named("bundle").findings(Data(json.utf8)) == [])
        #expect(try Command.run("verify", bundle).status == 0)
        let output = directory.path + "/sheet"
        let sheet = try Command.run("datasheet", bundle, "--format", "md,html,tex,json,csv", "--output", output)
        #expect(sheet.status == 0)
        for name in ["md", "html", "tex", "json"] {
            let text = try read("\(output)/datasheet.\(name)")
            #expect(text.contains("0.36") && text.contains("USD") && text.contains("west"), "\(name)")
            #expect(!text.contains("Lab <A>"), "\(name)")
        }
        #expect(try read(output + "/datasheet.csv").hasPrefix("case,workload,kernel"))
        let data = Data(try read(output + "/datasheet.json").utf8)
        #expect(try SchemaValidator.named("datasheet").findings(data) == [])
    }

    @Test func optionsOfTheSheetTakeThePlaceOfTheBundles() throws {
        let list = try file(
            "p.yaml", "prices:\n  - {instance: a, region: r, billing: spot, amount: 2, currency: EUR}\n")
        let wrong = try Command.run("datasheet", bundle, "--price-list", list, "--stdout", "--format", "md")
        #expect(wrong.status == 65 && wrong.errors.contains("p.yaml:2: prices[0]: lacks date"))
        let good = try file(
            "q.yaml",
            "prices:\n  - {instance: a, region: r, billing: spot, amount: 2, currency: EUR, date: 2026-11-01}\n")
        let none = try Command.run("datasheet", bundle, "--price-list", good, "--stdout", "--format", "md")
        #expect(none.status == 0 && none.errors.contains("no price"))
        let vendor = try file("v.yaml", "figures:\n  - {name: Peak, value: 3, unit: TFLOP/s, source: a page}\n")
        let sheet = try Command.run(
            "datasheet", bundle, "--vendor-figures", vendor, "--revision", "2", "--paid-by", "Fund B", "--stdout",
            "--format", "md", "--front-matter")
        #expect(sheet.status == 0)
        #expect(sheet.output.hasPrefix("---\ntitle: "))
        for word in ["a page", "revision 2", "Fund B (as stated)"] { #expect(sheet.output.contains(word), "\(word)") }
        #expect(try Command.run("datasheet", bundle, "--price-list", "/nonexistent").status == 66)
    }

    @Test func pricesWithoutTheirTermsAreRefused() throws {
        let bare = try Command.run("run", "--price", "0.1")
        #expect(bare.status == 64)
        for option in ["--currency", "--billing", "--region", "--price-date"] { #expect(bare.errors.contains(option)) }
        for (index, wrong) in [(1, "-1"), (3, "usd"), (5, "on-demnd"), (9, "2026-02-30")] {
            var arguments = Self.price
            arguments[index] = wrong
            #expect(try Command.Running(["datasheet", bundle] + arguments).wait().status == 64, "\(wrong)")
        }
        #expect(try Command.run("datasheet", bundle, "--currency", "USD").status == 64)
        let both = try Command.Running(["datasheet", bundle, "--price-list", "x"] + Self.price).wait()
        #expect(both.status == 64)
        #expect(try Command.run("run", "--resume", "--run-by", "X").status == 64)
    }

    @Test func unknownFormatsAreAnsweredWithTheNearest() throws {
        let wrong = try Command.run("datasheet", bundle, "--format", "md,htlm")
        #expect(wrong.status == 64 && wrong.errors.contains("htlm: unknown format; did you mean html?"))
        #expect(try Command.run("datasheet", bundle, "--format", "pdf", "--stdout").status == 64)
        #expect(try Command.run("datasheet", bundle, "--format", "").status == 64)
    }

    @Test func paperWithoutAPressIsSaid() throws {
        let sheet = try Command.Running(
            ["datasheet", bundle, "--format", "pdf", "--output", directory.path + "/paper"],
            environment: ["PATH": "/nonexistent"]
        ).wait()
        #expect(sheet.status == 69)
        #expect(sheet.errors.contains("pdflatex: not installed") && sheet.errors.contains("apt-get install"))
    }

    /// A press that is there, made up: what it is given, and what becomes of what it writes or does not.
    @Test func paperComesFromThePress() throws {
        let press = directory.path + "/bin"
        try FileManager.default.createDirectory(atPath: press, withIntermediateDirectories: true)
        let path = press + "/pdflatex"
        func sheet(_ script: String) throws -> Command {
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            return try Command.Running(
                ["datasheet", bundle, "--format", "pdf", "--output", directory.path + "/paper"],
                environment: ["PATH": press]
            ).wait()
        }
        let check = "case \"$*\" in *-no-shell-escape*) ;; *) exit 9 ;; esac; [ \"$openin_any\" = p ] || exit 8"
        let good = try sheet("\(check); read first < sheet.tex; printf 'PDF of %s' \"$first\" > sheet.pdf")
        #expect(good.status == 0, "\(good.errors)")
        #expect(try read(directory.path + "/paper/datasheet.pdf").hasPrefix("PDF of % Compiles with pdflatex"))
        let bad = try sheet("printf '! Missing package.\\n' > sheet.log; exit 1")
        #expect(bad.status == 69 && bad.errors.contains("! Missing package."))
    }

    @Test func cardsLieBesideTheSheet() throws {
        let output = directory.path + "/cards"
        let sheet = try Command.run("datasheet", bundle, "--cards", "--output", output)
        #expect(sheet.status == 0 && sheet.output.contains("cards/dataset.md"))
        #expect(try read(output + "/cards/dataset.md").hasPrefix("---\ntitle: "))
    }
}
