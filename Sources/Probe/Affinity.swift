import CProbe
import Model

#if canImport(Glibc)
    import Glibc
#endif

/// On which processing units the calling thread may run, as one bit each.
///
/// Beside `Binding`, which binds a whole process through hwloc and takes milliseconds to load a topology: this one asks
/// the kernel alone.
struct Affinity: Equatable {
    private var words: [UInt]

    /// Room for the bits of as many processing units as the kernel may know.
    private static let most = 1 << 16

    private init(words: [UInt]) { self.words = words }

    init(_ units: some Sequence<Int>) {
        words = []
        for unit in units where (0..<Self.most).contains(unit) {
            let (word, bit) = unit.quotientAndRemainder(dividingBy: UInt.bitWidth)
            while words.count <= word { words.append(0) }
            words[word] |= 1 << UInt(bit)
        }
    }

    /// Every processing unit there might be.
    static var everything: Affinity { Affinity(words: [UInt](repeating: .max, count: most / UInt.bitWidth)) }

    /// Of the calling thread.
    static func current() -> Result<Affinity, SystemError> {
        var words = [UInt](repeating: 0, count: most / UInt.bitWidth)
        let count = assay_affinity_read(&words, words.count)
        guard count >= 0 else { return .failure(SystemError(code: Int32(-count))) }
        while words.last == 0 { words.removeLast() }
        return .success(Affinity(words: words))
    }

    /// Of the calling thread from now on; what the control group forbids is left out by the kernel.
    func apply() -> SystemError? {
        let error = assay_affinity_write(words, words.count)
        return error == 0 ? nil : SystemError(code: error)
    }

    var units: [Int] {
        words.enumerated().flatMap { word, bits in
            (0..<UInt.bitWidth).filter { bits & (1 << UInt($0)) != 0 }.map { word * UInt.bitWidth + $0 }
        }
    }
}

/// An errno, with its words.
struct SystemError: Error, Equatable {
    var code: Int32

    var words: String { String(cString: strerror(code)) }

    var refusal: Capabilities.Refusal {
        switch code {
        case EPERM: Capabilities.Refusal(.notPermitted, words)
        case EACCES: Capabilities.Refusal(.accessDenied, words)
        case ENOENT, EOPNOTSUPP, ENODEV: Capabilities.Refusal(.noSuchDevice, words)
        case ENOSYS: Capabilities.Refusal(.notImplemented, words)
        default: Capabilities.Refusal(.other, words)
        }
    }
}

extension Binding {
    /// Runs `body` with the calling thread bound to one processing unit, and gives it back the ones it had.
    ///
    /// - Parameter body: gets the processing unit, or `nil` where the thread could not be bound and goes on as it was.
    public static func pinned<Value>(to unit: Int, _ body: (Int?) throws -> Value) rethrows -> Value {
        guard case .success(let before) = Affinity.current(), Affinity([unit]).apply() == nil else {
            return try body(nil)
        }
        defer { _ = before.apply() }
        return try body(unit)
    }

    /// The processing units that the calling thread may run on, ascending; empty where the kernel does not tell.
    public static func allowedProcessingUnits() -> [Int] {
        if case .success(let affinity) = Affinity.current() { affinity.units } else { [] }
    }

    /// Lets the calling thread run on the allowed processing units without these, or on all allowed ones where these are all.
    public static func keepOff(_ units: [Int], among allowed: [Int]) {
        let busy = Set(units)
        let rest = allowed.filter { !busy.contains($0) }
        _ = Affinity(rest.isEmpty ? allowed : rest).apply()
    }
}
