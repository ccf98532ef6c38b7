import ArgumentParser
import Model
import TestSupport
import Testing

@testable import assay

/// What help texts show is what a person will type.
@Suite struct ExampleTests {
    /// Every command with those below it, hidden ones left out.
    private static func commands(_ type: any ParsableCommand.Type = Assay.self) -> [any ParsableCommand.Type] {
        guard type.configuration.shouldDisplay else { return [] }
        return [type] + type.configuration.subcommands.flatMap { commands($0) }
    }

    /// Command lines of a help text, each as the words after `assay`.
    static func examples(_ help: String) -> [[String]] {
        var lines: [String] = []
        for line in help.split(separator: "\n").map({ $0.drop { $0 == " " } }) {
            if let last = lines.last, last.hasSuffix("\\") {
                lines[lines.count - 1] = String(last.dropLast()) + String(line)
            } else {
                lines.append(String(line))
            }
        }
        return lines.flatMap { line -> [[String]] in
            let marks = ["Examples: ", "Example: "]
            if let mark = marks.first(where: { line.contains($0) }) {
                return Shell.commands(String(line.ranges(of: mark).last.map { line[$0.upperBound...] } ?? ""))
            }
            return line.hasPrefix("assay ") ? Shell.commands(line) : []
        }
    }

    @Test func everyExampleIsUnderstood() throws {
        var count = 0
        for type in Self.commands() {
            for words in Self.examples(Assay.helpMessage(for: type, columns: 100_000)) {
                count += 1
                let line = "assay " + words.joined(separator: " ")
                do {
                    try plan(try Assay.parseAsRoot(words))
                } catch {
                    Issue.record("\(line): \(Assay.message(for: error))")
                }
            }
        }
        #expect(count > 60)
    }

    /// What would be refused only when the plan is made.
    private func plan(_ command: any ParsableCommand) throws {
        let run = try (command as? NoiseCommand)?.asRun() ?? command as? RunCommand
        guard let run, !run.resume, !run.suites.contains(where: { $0.hasSuffix(".yaml") }) else { return }
        #expect(try !run.plan(for: SampleRun.machine()).cases.isEmpty)
    }

    @Test func examplesAreFoundInTheirTexts() {
        let help = """
            Examples:
              assay probe --json | jq '.a | .b'
              assay doctor --no-cloud-metadata && assay run standard
              assay probe --svg > topology.svg      a picture
              assay run --run-by "Example Lab" \\
                --seed 7
            OPTIONS: --x  said so. Example: assay history import all.jsonl; xzcat a.xz | assay history import -
            """
        #expect(
            Self.examples(help) == [
                ["probe", "--json"], ["doctor", "--no-cloud-metadata"], ["run", "standard"], ["probe", "--svg"],
                ["run", "--run-by", "Example Lab", "--seed", "7"], ["history", "import", "all.jsonl"],
                ["history", "import", "-"],
            ])
    }
}

/// As much of a shell as examples need: quotation marks, and the ends of commands.
private enum Shell {
    /// The words after `assay` of each command of a line. Two blanks begin a remark.
    static func commands(_ line: String) -> [[String]] {
        var commands: [[String]] = [[]]
        var word: String?
        var quote: Character?
        var isName = false
        func end() {
            if let done = word, !isName { commands[commands.count - 1].append(done) }
            if word != nil { isName = false }
            word = nil
        }
        var blanks = 0
        scan: for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
                continue
            }
            blanks = character == " " ? blanks + 1 : 0
            switch character {
            case " ":
                end()
                if blanks == 2 { break scan }
            case "'", "\"":
                quote = character
                word = word ?? ""
            case "|", "&", ";":
                end()
                if commands.last?.isEmpty == false { commands.append([]) }
            case ">":
                end()
                // The file that output goes to is no word of the command.
                isName = true
            default: word = (word ?? "") + String(character)
            }
        }
        end()
        return commands.filter { $0.first == "assay" }.map { Array($0.dropFirst()) }
    }
}
