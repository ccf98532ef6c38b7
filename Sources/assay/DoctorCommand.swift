import ArgumentParser
import Datasheet
import Doctor
import Kernels
import Measure
import Model
import Probe
import Render
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// What can be measured here, what cannot and why, and what would change it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Tell what can be measured here, what cannot and why, and what would change it.",
        discussion: """
            Takes about five seconds: system calls that a container may refuse are tried, one processing unit is kept \
            busy for a second to see what interrupts it, and short canaries run in six fresh processes, one after the \
            other. Everything is undone again.

            Exit code 0: a standard run can be trusted. 1: it cannot, because of a finding marked ✗:
              a step of the clock above 1 µs; a processing unit that cannot be bound to; a CPU quota below the threads of \
            the run; above 1 % steal, 5 % load of others, 1 % of the time lost to interruptions, or 100 involuntary \
            switches a second; throttling; a canary with a run-to-run spread above 5 %; no right or less than 100 MiB to write.
            Anything else is a degradation that results show, and no reason to distrust them. With --sysroot nothing is \
            measured, and the exit code speaks of the captured files alone.

            Examples:
              assay doctor
              assay doctor --json | jq '.findings[] | select(.status != "available")'
              assay doctor --no-cloud-metadata && assay run standard
              assay doctor --sysroot captured/      captured /sys and /proc; nothing is measured
            """)

    @Flag(help: "JSON (schema assay.doctor/1) instead of a list.")
    var json = false

    @Option(help: "Directory in front of every /sys, /proc and /dev path; also ASSAY_SYSROOT.")
    var sysroot: String?

    @OptionGroup var cloud: CloudOption

    @Option(name: .shortAndLong, help: "Directory where a run would be written; Reports/local by default.")
    var output: String?

    @Flag(inversion: .prefixedNo, help: "Colours on a terminal.")
    var color = true

    func run() throws {
        var options = SysrootOption.options(sysroot: sysroot)
        options.isDeep = true
        options.inquirer = LibraryInfoCommand.inquirer
        cloud.apply(to: &options)
        let step = StepLine(isShown: !json && Console.errorIsTerminal)
        let diagnosis = Doctor.diagnose(
            try ExaminationSource.examine(options, output: output ?? "Reports/local", step: step.show))
        step.finish()
        if json {
            try Console.json(diagnosis)
        } else {
            show(Datasheet.doctor(diagnosis))
        }
        if !diagnosis.trusted { throw ExitCode(1) }
    }

    private func show(_ report: DoctorReport) {
        let isColoured = Console.colours(color, terminal: Console.outIsTerminal)
        let terminal = Terminal(width: Console.outIsTerminal ? Console.width() : nil, isColoured: isColoured)
        let parts = [
            terminal.render(report.findings), report.omitted.map(terminal.render), terminal.render(report.verdict),
            report.changes.map(Terminal(isColoured: isColoured).render),
        ]
        Console.out(String(parts.compactMap { $0 }.joined(separator: "\n").dropLast()))
    }
}

/// Puts an examination together from what the stages know.
enum ExaminationSource {
    /// - Parameter step: is told what is being done.
    static func examine(
        _ options: ProbeOptions, output: String, step: (String) -> Void
    ) throws -> Examination {
        step("probing")
        let machine = try MachineSource.machine(options)
        let files = SystemFiles(root: options.sysroot)
        let isLive = options.sysroot == nil
        let live = isLive ? live(machine, output: output, step: step) : nil
        return Examination(
            tool: Tool.current, isOptimized: isOptimized, machine: machine,
            surroundings: Probe.surroundings(options), watch: EnvironmentWatch(files: files).survey(),
            variants: Kernels.instructionSets().map {
                Examination.Variant(name: $0.name, isSupported: isLive ? $0.supported : nil)
            }, asksCloud: isLive && options.cloudMetadata != .never, live: live)
    }

    private static func live(_ machine: Machine, output: String, step: (String) -> Void) -> Examination.Live {
        step("trying what may be refused")
        let capabilities = Probe.capabilities()
        step("measuring: the clock, interruptions, canaries")
        let clock = MonotonicRawClock().report()
        let (quiet, absent) = QuietCheck.thorough(clock: clock, machine: machine)
        // After the look: a library that is loaded may start threads.
        step("loading libraries")
        let backends = Kernels.backends(KernelOptions()).map {
            Examination.BackendState(
                backend: $0.backend, isAvailable: $0.available,
                detail: Home.hidden([$0.library, $0.path, $0.reason].compactMap { $0 }.joined(separator: ", ")))
        }
        return Examination.Live(
            capabilities: capabilities, clock: clock, quiet: quiet, absentCanaries: absent, backends: backends,
            storage: Probe.storage(output))
    }

    private static var isOptimized: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }
}

/// A home directory is named after its user.
enum Home {
    static func hidden(_ text: String, home: String? = getenv("HOME").map { String(cString: $0) }) -> String {
        guard let home, home.count > 1 else { return text }
        return text.replacing(home, with: "~")
    }
}

extension Tool {
    /// This executable.
    static var current: Tool {
        Tool(version: Version.number, commit: Stamp.commit, modified: Stamp.modified, compiler: RunNames.compiler)
    }
}

/// What is being done now, on one line of a terminal that is taken away again.
struct StepLine {
    var isShown: Bool

    func show(_ text: String) {
        if isShown { Console.redraw("\r\u{1B}[K\(text.prefix(max(Console.width(2) - 2, 1)))…") }
    }

    func finish() {
        if isShown { Console.redraw("\r\u{1B}[K") }
    }
}
