/// Instruction sets as the auxiliary vector of an Arm process shows them, under the kernel's names.
extension InstructionSets {
    /// Bits of AT_HWCAP and AT_HWCAP2.
    private static let first: [(String, Int)] = [
        ("asimd", 1), ("fphp", 9), ("asimdhp", 10), ("asimddp", 20), ("sve", 22), ("asimdfhm", 23),
    ]
    private static let second: [(String, Int)] = [
        ("sve2", 1), ("svei8mm", 9), ("svef32mm", 10), ("svebf16", 12), ("i8mm", 13), ("bf16", 14), ("sme", 23),
        ("sme2", 37),
    ]

    static func found(capabilities: UInt64, _ more: UInt64) -> Set<String> {
        let old = first.filter { capabilities >> UInt64($0.1) & 1 == 1 }
        let new = second.filter { more >> UInt64($0.1) & 1 == 1 }
        return Set((old + new).map(\.0))
    }

    static func differences(capabilities: UInt64, _ more: UInt64, _ features: Set<String>) -> [String] {
        let found = found(capabilities: capabilities, more)
        let names = (first + second).map(\.0)
        let unlisted = names.filter { found.contains($0) && !features.contains($0) }
        let unseen = names.filter { features.contains($0) && !found.contains($0) }
        return [
            unlisted.isEmpty
                ? nil : "The auxiliary vector shows \(unlisted.joined(separator: ", ")), /proc/cpuinfo does not.",
            unseen.isEmpty
                ? nil : "/proc/cpuinfo lists \(unseen.joined(separator: ", ")), the auxiliary vector does not.",
        ].compactMap { $0 }
    }
}
