public import Model

#if canImport(Glibc)
    import Glibc
#endif

/// A command whose answer is a few lines.
public struct ChildCommand: Sendable, Equatable {
    public var executable: String
    public var arguments: [String]

    public init(executable: String, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }
}

/// Commands that are started together, given little time and little room, and ended if they want more.
///
/// What they write to standard error is thrown away, and they read nothing.
public enum ChildProcesses {
    private static let mostBytes = 1 << 16
    private static let mostAtOnce = 8

    /// What each wrote to standard output, or why that is worth nothing, in the order of the commands.
    ///
    /// - Parameter seconds: for each handful of commands.
    public static func answers(_ commands: [ChildCommand], seconds: Double, variables: [String: String] = [:])
        -> [Reported<String>]
    {
        let environment = environment(variables)
        return stride(from: 0, to: commands.count, by: mostAtOnce).flatMap { first in
            together(commands[first..<min(first + mostAtOnce, commands.count)], seconds, environment)
        }
    }

    private static func together(_ commands: ArraySlice<ChildCommand>, _ seconds: Double, _ environment: [String])
        -> [Reported<String>]
    {
        var children = commands.map { Child($0, environment) }
        let end = now() + seconds
        while now() < end {
            let open = children.indices.filter { children[$0].isOpen }
            guard !open.isEmpty else { break }
            var watched = open.map { pollfd(fd: children[$0].descriptor, events: Int16(POLLIN), revents: 0) }
            let left = max(1, Int32((end - now()) * 1000))
            guard poll(&watched, nfds_t(watched.count), left) > 0 else { continue }
            for (place, watch) in zip(open, watched) where watch.revents != 0 {
                children[place].read(atMost: mostBytes)
            }
        }
        return children.map { $0.answer(seconds, until: end) }
    }

    fileprivate static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// What this process was started with, with some changed: messages in English, and libraries that start no threads.
    ///
    /// From /proc, because the table that `setenv` moves may be in another thread's hands; and what was set since is ours,
    /// not the user's.
    private static func environment(_ variables: [String: String]) -> [String] {
        let variables = variables.merging(["LC_ALL": "C"]) { own, _ in own }
        let bytes = SystemFiles().bytes("/proc/self/environ", atMost: 1 << 21).value ?? []
        let own = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return own.filter { variables[String($0.prefix { $0 != "=" })] == nil }
            + variables.map { "\($0.key)=\($0.value)" }
    }
}

/// One command while it runs.
private struct Child {
    private enum State {
        case running(pid_t)
        case notStarted(String)
    }

    private let state: State
    let descriptor: Int32
    /// Whether more may come.
    private(set) var isOpen: Bool
    private var bytes: [UInt8] = []
    private var isTooLong = false

    init(_ command: ChildCommand, _ environment: [String]) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            (state, descriptor, isOpen) = (.notStarted(String(cString: strerror(errno))), -1, false)
            return
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let result = Self.start(command, environment, ends[1])
        close(ends[1])
        switch result {
        case .success(let process): (state, descriptor, isOpen) = (.running(process), ends[0], true)
        case .failure(let error):
            close(ends[0])
            (state, descriptor, isOpen) = (.notStarted(String(cString: strerror(error.code))), -1, false)
        }
    }

    /// A file that somebody has just written, and that a child of another thread still holds open for a moment, cannot be
    /// started until that child is another program: tried again for half a second.
    private static func start(_ command: ChildCommand, _ environment: [String], _ output: Int32) -> Result<
        pid_t, Spawn.Failure
    > {
        for _ in 0..<100 {
            let result = Spawn.start(command, environment, output: output)
            guard case .failure(let error) = result, error.code == ETXTBSY else { return result }
            usleep(5_000)
        }
        return Spawn.start(command, environment, output: output)
    }

    mutating func read(atMost most: Int) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { return }
        guard count > 0 else {
            isOpen = false
            return
        }
        bytes += buffer[..<count]
        isTooLong = bytes.count > most
        if isTooLong { isOpen = false }
    }

    /// Waits for the end, or brings it about.
    func answer(_ seconds: Double, until end: Double) -> Reported<String> {
        guard case .running(let process) = state else {
            if case .notStarted(let problem) = state { return .unknown("cannot be started: \(problem)") }
            return .unknown("cannot be started")
        }
        defer { close(descriptor) }
        if isTooLong {
            kill(process)
            return .unknown("wrote too much")
        }
        var status: Int32 = 0
        while !isOpen, ChildProcesses.now() < end {
            let found = waitpid(process, &status, WNOHANG)
            if found == process { return answer(status) }
            if found < 0, errno != EINTR { return .unknown("was lost") }
            usleep(1000)
        }
        kill(process)
        return .unknown("did not answer within \(Int(seconds)) s")
    }

    /// The child is the leader of its group, and what it started itself is in there too.
    private func kill(_ process: pid_t) {
        Glibc.kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    private func answer(_ status: Int32) -> Reported<String> {
        let signal = status & 0x7f
        if signal != 0 { return .unknown("ended by signal \(signal)") }
        let code = status >> 8 & 0xff
        guard code == 0 else { return .unknown("ended with exit code \(code)") }
        return Reported(String(validating: bytes, as: UTF8.self), else: "did not write text")
    }
}
