/// One of two settings of a machine that are measured against each other, interleaved in one run.
public struct LiveSetting: Codable, Sendable, Equatable {
    public var name: String
    /// Library files by backend.
    public var libraries: [String: String]
    /// The best instruction set that may be used; `nil` for the best there is.
    public var instructionSet: String?
    /// Threads of every case, in the place of the suite's; `nil` leaves those.
    public var threads: Int?
    /// Variables that each process is given.
    public var environment: [String: String]

    public init(
        name: String, libraries: [String: String] = [:], instructionSet: String? = nil, threads: Int? = nil,
        environment: [String: String] = [:]
    ) {
        self.name = name
        self.libraries = libraries
        self.instructionSet = instructionSet
        self.threads = threads
        self.environment = environment
    }
}
