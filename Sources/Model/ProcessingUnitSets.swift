/// Which processing units there are and which of them may be used: lists as the kernel writes them, `0-3,8-11`; empty
/// where there is none.
public struct ProcessingUnitSets: Codable, Sendable, Equatable {
    /// All that hwloc knows of, with those that are offline and those that may not be used. The tree holds what is left
    /// without these two.
    public var complete: Reported<String>
    /// Those that this process's control group leaves to it.
    public var allowed: Reported<String>
    public var online: Reported<String>
    /// Present but switched off.
    public var offline: Reported<String>
    /// Online, but not for this process's control group.
    public var disallowed: Reported<String>
    public var present: Reported<String>
    /// Places that the kernel keeps for processors that might be plugged in.
    public var possible: Reported<String>

    public init(
        complete: Reported<String>, allowed: Reported<String>, online: Reported<String>, offline: Reported<String>,
        disallowed: Reported<String>, present: Reported<String>, possible: Reported<String>
    ) {
        self.complete = complete
        self.allowed = allowed
        self.online = online
        self.offline = offline
        self.disallowed = disallowed
        self.present = present
        self.possible = possible
    }

    /// Nothing is known, for one reason.
    public static func unknown(_ reason: String) -> ProcessingUnitSets {
        ProcessingUnitSets(
            complete: .unknown(reason), allowed: .unknown(reason), online: .unknown(reason), offline: .unknown(reason),
            disallowed: .unknown(reason), present: .unknown(reason), possible: .unknown(reason))
    }
}
