import ArgumentParser
import Probe

#if canImport(Glibc)
    import Glibc
#endif

/// Loads one library and tells what it says of itself. Hidden: started by a deep probe, so that a library that starts
/// threads, crashes or hangs does so in a process that nobody needs.
struct LibraryInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "library-info", abstract: "Asks one library for its version; started by probe.",
        shouldDisplay: false)

    /// This executable again.
    static let inquirer = ["/proc/self/exe", configuration.commandName ?? ""]

    @Argument var family: String
    @Argument var path: String

    func run() throws {
        guard let family = LibraryFamily(rawValue: family) else {
            throw ValidationError("\(family): no family of libraries.")
        }
        // Whoever asked may be gone; a crash is nobody's business but this process's.
        alarm(15)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // What the library prints is no answer.
        let output = fcntl(1, F_DUPFD_CLOEXEC, 3)
        let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard output >= 0, nowhere >= 0, dup2(nowhere, 1) >= 0 else { throw ExitCode(Failure.inputOutput.rawValue) }
        var text = LibraryInquiry.ask(path, family).lines.map { $0 + "\n" }.joined()
        text.withUTF8 { _ = write(output, $0.baseAddress, $0.count) }
        // Straight out: some libraries' destructors hang.
        _exit(0)
    }
}
