#if canImport(Glibc)
    import Glibc
#endif

/// posix_spawn with its attributes.
enum Spawn {
    struct Failure: Error { let code: Int32 }

    /// Starts a command as the leader of a group of its own, with no input, `output` as its standard output, standard
    /// error nowhere, and no signal ignored or blocked.
    static func start(_ command: ChildCommand, _ environment: [String], output: Int32) -> Result<pid_t, Failure> {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        var process: pid_t = 0
        let code = withTexts([command.executable] + command.arguments) { arguments in
            withTexts(environment) { environment in
                posix_spawn(&process, command.executable, &actions, &attributes, arguments, environment)
            }
        }
        return code == 0 ? .success(process) : .failure(Failure(code: code))
    }

    /// The texts as C wants them: pointers, the last of them NULL.
    private static func withTexts<Result>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        var list = copies + [nil]
        return body(&list)
    }
}
