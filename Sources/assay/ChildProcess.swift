#if canImport(Glibc)
    import Glibc
#endif

/// Another program, run to its end in a directory of its own, told nothing and asked nothing.
enum ChildProcess {
    /// The first of `names` that a search path has.
    static func find(_ names: [String]) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        for name in names {
            for directory in path.split(separator: ":") where directory.hasPrefix("/") {
                let candidate = "\(directory)/\(name)"
                if access(candidate, X_OK) == 0 { return candidate }
            }
        }
        return nil
    }

    /// Exit status; `nil` where it could not be started, was killed, or took longer than `seconds` (then it is killed with
    /// all that it started).
    static func run(
        _ executable: String, _ arguments: [String], in directory: String, environment: [String], seconds: Double
    ) -> Int32? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for descriptor in [Int32(0), 1, 2] {
            posix_spawn_file_actions_addopen(
                &actions, descriptor, "/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY, 0)
        }
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var process: pid_t = 0
        // The shell only changes the directory, which posix_spawn alone cannot do everywhere.
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory, executable] + arguments
        let code = withTexts(shell) { arguments in
            withTexts(environment) { posix_spawn(&process, shell[0], &actions, &attributes, arguments, $0) }
        }
        guard code == 0 else { return nil }
        return wait(process, seconds)
    }

    private static func wait(_ process: pid_t, _ seconds: Double) -> Int32? {
        var status: Int32 = 0
        for _ in 0..<Int(seconds / 0.01) {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil }
            if ended < 0, errno != EINTR { return nil }
            usleep(10_000)
        }
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        return nil
    }

    private static func withTexts<Result>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        var list = copies + [nil]
        return body(&list)
    }
}
