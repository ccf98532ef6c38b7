import Model
import Units

/// What several rules need to know, in the form in which they need it.
extension Examination {
    /// Whether a hypervisor runs this machine. On x86 the processor says so even where nothing says which.
    var isGuest: Bool {
        if let name = machine.processor.hypervisor.value { return name != "none" }
        return ["x86_64", "i686"].contains(machine.processor.architecture)
    }

    /// Processing units that this process may use; all, where the kernel does not tell.
    var allowedUnits: [Int] {
        machine.limits.allowedProcessingUnits.value.flatMap(UnitList.numbers)
            ?? Array(0..<max(machine.topology.processingUnits, 0))
    }

    /// Threads of a standard run: one on each core that has a processing unit which may be used.
    var threads: Int {
        let allowed = Set(allowedUnits)
        let cores = Self.cores(machine.topology.tree).count { !$0.isDisjoint(with: allowed) }
        return cores > 0 ? cores : max(allowed.count, 1)
    }

    private static func cores(_ node: TopologyNode) -> [Set<Int>] {
        node.kind == "core" ? [Set(units(node))] : node.children.flatMap(cores)
    }

    private static func units(_ node: TopologyNode) -> [Int] {
        (node.kind == "processingUnit" ? [node.index].compactMap { $0 } : []) + node.children.flatMap(units)
    }

    /// CPUs' worth of time per period.
    var quota: Allowance<Double> { Allowance(machine.limits.cpuQuota) }

    /// Bytes of memory that the control group leaves; `nil` where nothing limits it.
    var memoryLimit: UInt64? { machine.limits.memoryBytes.bound() }

    /// Bytes that may be locked.
    var lockedMemory: Allowance<UInt64> { Allowance(machine.limits.lockedMemoryBytes) }

    func tunable(_ name: String) -> Reported<String> {
        machine.tunables.first { $0.name == name }?.value ?? .unknown("not probed")
    }
}

/// How much of something may be used.
enum Allowance<Value> {
    case unlimited
    case at(Value)
    case unknown(String)

    init(_ limit: Reported<Limit<Value>>) {
        switch limit {
        case .known(.at(let value)): self = .at(value)
        case .known(.unlimited): self = .unlimited
        case .unknown(let reason): self = .unknown(reason)
        }
    }

    var value: Value? {
        if case .at(let value) = self { value } else { nil }
    }
}

/// The kernel's list format.
enum UnitList {
    /// More than any machine has.
    private static let most = 1 << 16

    /// `0-3,8` as numbers, ascending; `nil` where it is none, or absurdly long.
    static func numbers(_ list: String) -> [Int]? {
        var numbers = Set<Int>()
        for part in list.split(separator: ",") {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 0,
                first <= last, last < most
            else { return nil }
            numbers.formUnion(first...last)
        }
        return numbers.isEmpty ? nil : numbers.sorted()
    }

    /// `0-3,8`.
    static func text(_ numbers: [Int]) -> String {
        var parts: [String] = []
        var rest = numbers.sorted()[...]
        while let first = rest.popFirst() {
            var last = first
            while let next = rest.first, next == last + 1 { last = rest.removeFirst() }
            parts.append(first == last ? "\(first)" : "\(first)-\(last)")
        }
        return parts.joined(separator: ",")
    }
}

/// Small pieces of language that several rules use.
enum Phrase {
    /// `1 core`, `3 cores`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// `0.45 %`, `12 %`; `0 %` for nothing. Two significant digits, and more where it takes them to be told from a bound.
    static func share(_ fraction: Double, from bound: Double? = nil) -> String {
        func write(_ value: Double, _ further: Int) -> String {
            Figures.significant(value * 100, 2 + further) + Figures.narrowSpace + "%"
        }
        return bound.map { Figures.apart(fraction, from: $0, write) } ?? write(fraction, 0)
    }

    /// At most two decimals, and none that say nothing: `1.5`, `2`.
    static func plain(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        let decimals = value == value.rounded() ? 0 : abs(value - tenths) < 1e-9 ? 1 : 2
        return Figures.fixed(value, decimals: decimals)
    }

    static func seconds(_ seconds: Double) -> String { Figures.quantity(seconds, .seconds, significant: 2) }
}
