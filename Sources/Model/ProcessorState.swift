/// Registers that the operating system must save for a process before the instructions that use them work.
public struct RegisterState: Codable, Sendable, Equatable {
    /// `AVX`, `AVX-512`, `AMX`.
    public var name: String
    /// Whether the operating system has switched it on (XCR0).
    public var isEnabled: Bool
    /// Whether this process may use it now. For AMX a process must ask first (arch_prctl); the probe does not.
    public var isPermitted: Reported<Bool>

    public init(name: String, isEnabled: Bool, isPermitted: Reported<Bool>) {
        self.name = name
        self.isEnabled = isEnabled
        self.isPermitted = isPermitted
    }
}

/// Whether a core runs several threads at once.
public struct SimultaneousMultithreading: Codable, Sendable, Equatable {
    /// How many processing units a core shows, each number once, largest first; more than one where cores differ.
    public var threadsPerCore: [Int]
    /// The kernel's word: `on`, `off`, `forceoff`, `notsupported`, `notimplemented`.
    public var control: Reported<String>
    /// Whether any core runs more than one thread now, as the kernel says.
    public var isActive: Reported<Bool>

    public init(threadsPerCore: [Int], control: Reported<String>, isActive: Reported<Bool>) {
        self.threadsPerCore = threadsPerCore
        self.control = control
        self.isActive = isActive
    }
}

/// What the kernel does against one flaw of the processor.
public struct Mitigation: Codable, Sendable, Equatable {
    /// The kernel's name of the flaw: `spectre_v2`.
    public var name: String
    /// The kernel's sentence: `Not affected`, `Mitigation: …`, `Vulnerable: …`.
    public var state: Reported<String>

    public init(name: String, state: Reported<String>) {
        self.name = name
        self.state = state
    }
}

/// How many bits an address has.
public struct AddressBits: Codable, Sendable, Equatable {
    public var physical: Int
    public var virtual: Int

    public init(physical: Int, virtual: Int) {
        self.physical = physical
        self.virtual = virtual
    }
}
