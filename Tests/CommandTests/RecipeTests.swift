import Foundation
import TestSupport
import Testing
import Yams

/// The jobs of docs/CI.md, read by a YAML parser and run step by step, as a runner would: with real git, real archives and
/// the real command. What the network would bring comes from a file, and what is measured is the null workload.
@Suite(.enabled(if: Script.has("git") && Script.has("xz"), "needs git and xz")) struct RecipeTests {
    private let folder: TemporaryDirectory
    private var work: String { folder.path + "/work" }
    private let jobs: [[String: Any]]

    init() throws {
        folder = try TemporaryDirectory()
        let page = try String(contentsOfFile: Script.repository + "/docs/CI.md", encoding: .utf8)
        jobs = try page.components(separatedBy: "```yaml\n").dropFirst().map { part in
            let text = try #require(part.components(separatedBy: "\n```").first)
            return try #require(try Yams.load(yaml: text) as? [String: Any])
        }
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        try archive()
        try stubs()
    }

    /// What `make package` makes, holding a wrapper. Its `check` has room for a busy machine, and what is measured into
    /// `out/change` is as slow as asked.
    private func archive() throws {
        let wrapper = """
            #!/bin/bash
            case " $* " in
                *" check "*) exec "\(Command.executable)" "$@" --max-regression 60% ;;
                *"out/change"*) export ASSAY_TEST_SLOWDOWN="${SLOWER:-0}" ;;
            esac
            exec "\(Command.executable)" "$@"
            """
        try FileManager.default.createDirectory(
            atPath: folder.path + "/pack/assay-0", withIntermediateDirectories: true)
        try write(wrapper, "pack/assay-0/assay")
        let made = try Script.run("tar -cJf ../assay.tar.xz assay-0", in: folder.path + "/pack")
        #expect(made.status == 0, "\(made.output)")
    }

    /// What a test may not do: the network, and packages. Everything else is what it is.
    private func stubs() throws {
        try FileManager.default.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: true)
        try write(
            """
            #!/bin/bash
            [ "$1 $2 $3" = "--fail --location --output" ] && exec cp "${5#file://}" "$4"
            exit 2
            """, "bin/curl")
        try write("#!/bin/bash\n", "bin/apt-get")
    }

    /// A program by its path within the test's folder.
    private func write(_ text: String, _ path: String) throws {
        try text.write(toFile: folder.path + "/" + path, atomically: true, encoding: .utf8)
        chmod(folder.path + "/" + path, 0o755)
    }

    /// A project as the recipes expect one: it builds a library, and has a suite.
    private func project(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try NullSuite.steady.write(toFile: path + "/suite.yaml", atomically: true, encoding: .utf8)
        let build = """
            #!/bin/bash
            set -e
            library=$(ldconfig -p | awk '/libopenblas|libblas|libcblas/ { print $NF; exit }')
            cp "${library:-/bin/true}" libblas.so
            """
        try build.write(toFile: path + "/build.sh", atomically: true, encoding: .utf8)
        chmod(path + "/build.sh", 0o755)
    }

    private func environment(_ more: [String: String]) -> [String: String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let own = [
            "PATH": folder.path + "/bin:" + path, "ASSAY_ARCHIVE": "file://" + folder.path + "/assay.tar.xz",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GITHUB_ACTIONS": "",
            "GITHUB_STEP_SUMMARY": "",
        ]
        return own.merging(more) { $1 }
    }

    /// The steps of the job for GitHub that run something.
    private func steps() throws -> [[String: Any]] {
        let job = try #require((jobs.first?["jobs"] as? [String: Any])?["gate"] as? [String: Any])
        return try #require(job["steps"] as? [[String: Any]]).filter { $0["run"] != nil }
    }

    private func github(slower: String) throws -> (status: Int32, output: String, summary: String) {
        for side in ["base", "change"] { try project(work + "/" + side) }
        let (paths, summary) = (folder.path + "/paths", folder.path + "/summary.md")
        for file in [paths, summary] { try "".write(toFile: file, atomically: true, encoding: .utf8) }
        var output = ""
        for step in try steps() {
            let added = try String(contentsOfFile: paths, encoding: .utf8).split(separator: "\n").map { "\($0):" }
                .joined()
            var variables = environment([
                "GITHUB_PATH": paths, "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary, "SLOWER": slower,
            ])
            variables["PATH"] = added + (variables["PATH"] ?? "")
            let place = (step["working-directory"] as? String).map { work + "/" + $0 } ?? work
            let done = try Script.run(try #require(step["run"] as? String), in: place, environment: variables)
            output += done.output
            if done.status != 0 { return (done.status, output, try String(contentsOfFile: summary, encoding: .utf8)) }
        }
        return (0, output, try String(contentsOfFile: summary, encoding: .utf8))
    }

    @Test func theJobForGitHubPassesWhatIsTheSame() throws {
        let job = try github(slower: "0")
        #expect(job.status == 0, "\(job.output)")
        #expect(job.summary.contains("assay check"))
        let gate = try #require((jobs[0]["jobs"] as? [String: Any])?["gate"] as? [String: Any])
        let inputs = try #require(gate["steps"] as? [[String: Any]]).compactMap { $0["with"] as? [String: Any] }
        let kept = try work + "/" + #require(inputs.last?["path"] as? String)
        for file in ["base/bundle.json", "change/bundle.json", "check.xml", "check.sarif"] {
            #expect(FileManager.default.fileExists(atPath: kept + "/" + file), "\(file)")
        }
        #expect(try Command.run("verify", kept + "/change").status == 0)
    }

    @Test func theJobForGitHubFailsWhereItIsSlower() throws {
        let job = try github(slower: "6")
        #expect(job.status == 1, "\(job.output)")
        #expect(job.output.contains("::error title=regressed"), "\(job.output)")
        #expect(job.summary.contains("regressed"))
    }

    @Test(arguments: ["0", "6"])
    func theJobForGitLab(slower: String) throws {
        let job = try #require(jobs.last?["performance"] as? [String: Any])
        let lines = try ["before_script", "script"].flatMap { try #require(job[$0] as? [String]) }
        try project(folder.path + "/origin")
        let git = "git -c user.name=test -c user.email=test@example.org"
        let made = try Script.run(
            """
            git init -q -b main . && git add . && \(git) commit -q -m base
            git clone -q . "\(work)/job" && cd "\(work)/job" && git checkout -q -b topic
            """, in: folder.path + "/origin", environment: environment([:]))
        #expect(made.status == 0, "\(made.output)")
        let done = try Script.run(
            lines.joined(separator: "\n"), in: work + "/job",
            environment: environment(["CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "SLOWER": slower]))
        let allowed = (job["allow_failure"] as? [String: Any])?["exit_codes"] as? [Int] ?? []
        #expect(slower == "0" ? ([0] + allowed).contains(Int(done.status)) : done.status == 1, "\(done.output)")
        let report = ((job["artifacts"] as? [String: Any])?["reports"] as? [String: Any])?["junit"] as? String
        #expect(FileManager.default.fileExists(atPath: work + "/job/" + (report ?? "nowhere")))
    }

    /// Whatever is not run above is at least shell, and where ShellCheck is installed it has nothing to say.
    @Test func everyStepIsShell() throws {
        let gitlab = try #require(jobs.last?["performance"] as? [String: Any])
        var scripts = try steps().compactMap { $0["run"] as? String }
        scripts += try ["before_script", "script"].map {
            try #require(gitlab[$0] as? [String]).joined(separator: "\n") + "\n"
        }
        for script in scripts {
            try ("#!/bin/bash\n" + script).write(toFile: work + "/step.sh", atomically: true, encoding: .utf8)
            let read = try Script.run("bash -n step.sh", in: work)
            #expect(read.status == 0, "\(read.output)\(script)")
            guard Script.has("shellcheck") else { continue }
            let checked = try Script.run("shellcheck step.sh", in: work)
            #expect(checked.status == 0, "\(checked.output)")
        }
    }

    /// Every command that stands in the page in a line of its own is one that the parser takes.
    @Test func everyLineOfThePageIsACommand() throws {
        let page = try String(contentsOfFile: Script.repository + "/docs/CI.md", encoding: .utf8)
        let lines = page.split(separator: "\n").filter { $0.hasPrefix("    assay ") }
        #expect(lines.count >= 4)
        for line in lines {
            var command = line.prefix { $0 != "#" }.split(separator: " ").dropFirst().map(String.init)
            // Nothing is measured: a time that is none is only found once everything else was understood.
            let measures = command[0] == "run"
            if measures { command += ["--time-limit", "never"] }
            let done = try Command.Running(
                command, shell: "cd '\(work)';", environment: ["XDG_DATA_HOME": folder.path + "/data"]
            ).wait()
            #expect(
                measures ? done.errors.contains("--time-limit never") : done.status == 66, "\(line): \(done.errors)")
        }
    }
}

@Suite struct GateExampleTests {
    @Test func theExampleOfAGateRuns() throws {
        let done = try Script.run(
            "examples/gate.sh \"$@\"", in: Script.repository, arguments: [Command.executable, "6", "60%"])
        #expect(done.status == 0, "\(done.output)")
        #expect(done.output.contains("slower: exit code 1"), "\(done.output)")
        #expect(done.output.contains("## assay check") && done.output.contains("regressed"), "\(done.output)")
    }
}
