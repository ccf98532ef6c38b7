import Model

/// A backend's part of a workload whose result is an array of floats: everything but inputs and checking.
protocol Computation: AnyObject {
    var implementation: Implementation { get }
    /// What a run met, where it can tell.
    var failure: String? { get }
    /// On which pages its operands lie, where that is of matter.
    var pages: PageUse? { get }
    func run(iterations: Int)
    /// Fills the result with NaN.
    func poison()
    /// Calls `body` with the result in plain row-major order. It may be changed there: nothing else reads it.
    func withResult(_ body: (UnsafeMutablePointer<Float>) throws(KernelError) -> Check) throws(KernelError) -> Check
}

extension Computation {
    var failure: String? { nil }
    var pages: PageUse? { nil }
}

/// A workload whose result is an array of floats, ready to run.
final class ArrayWorkload: Runnable {
    let work: Work
    let computation: any Computation
    private let compare: (UnsafePointer<Float>) throws(KernelError) -> Check
    /// Called with the result before it is compared: for tests, which must be able to spoil it.
    var tamper: ((UnsafeMutablePointer<Float>) -> Void)?

    /// `compare` is given the result of a fresh run.
    init(
        work: Work, computation: any Computation,
        compare: @escaping (UnsafePointer<Float>) throws(KernelError) -> Check
    ) {
        self.work = work
        self.computation = computation
        self.compare = compare
    }

    var implementation: Implementation { computation.implementation }
    var failure: String? { computation.failure }
    var pages: PageUse? { computation.pages }

    func run(iterations: Int) { computation.run(iterations: iterations) }

    func check() -> Check {
        computation.poison()
        computation.run(iterations: 1)
        if let failure { return .impossible(failure) }
        do throws(KernelError) {
            return try computation.withResult { result throws(KernelError) in
                tamper?(result)
                return try compare(result)
            }
        } catch {
            return .impossible(error.description)
        }
    }
}

extension Implementation {
    /// Raised whenever a change to our own kernels could change how fast they are: runs of different versions are not
    /// compared without saying so.
    static let ownVersion = "2"

    static func own(_ variant: String) -> Implementation {
        Implementation(library: "Assay", version: ownVersion, path: nil, reported: variant)
    }
}
