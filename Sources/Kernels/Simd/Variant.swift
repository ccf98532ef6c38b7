import CKernels

/// Chooses the instruction set for one of our own kernels.
enum Variant {
    /// All there are, best first.
    static var all: [(isa: Int32, name: String)] {
        (0..<Int32(ASSAY_ISA_COUNT.rawValue)).compactMap { isa in
            assay_isa_name(isa).map { (isa, String(cString: $0)) }
        }
    }

    static func supported(_ isa: Int32) -> Bool { assay_isa_supported(isa) != 0 }

    /// Why this machine cannot run it; `nil` where it can.
    static func obstacle(_ isa: Int32) -> String? { assay_isa_obstacle(isa).map { String(cString: $0) } }

    /// The number of the instruction set of that name.
    static func number(_ name: String) throws(KernelError) -> Int32 {
        guard let found = all.first(where: { $0.name == name }) else {
            let known = all.map(\.name).joined(separator: ", ")
            throw .unavailable("no kernel knows the instruction set \(name); known: \(known)")
        }
        return found.isa
    }

    /// Refuses a name that is none, and what this machine cannot run: a run of less would be taken for it.
    static func require(_ requested: String?) throws(KernelError) {
        guard let requested else { return }
        if let obstacle = obstacle(try number(requested)) {
            throw .unavailable("this machine cannot run \(requested): \(obstacle)")
        }
    }

    /// The best one that this machine can run and `find` has a function for, at most the one that is `requested` by name.
    ///
    /// - Parameter preferred: comes before wider ones where it runs and none is requested: for kernels that memory limits, not
    ///   arithmetic.
    static func choose<Function>(
        _ requested: String?, preferred: String? = nil, _ find: (Int32) -> Function?
    ) throws(KernelError) -> (name: String, function: Function) {
        try require(requested)
        let most = try requested.map { (name) throws(KernelError) in try number(name) }
        let first = requested == nil ? preferred : nil
        let candidates = all.filter { $0.name == first } + all.filter { $0.name != first }
        for (isa, name) in candidates where supported(isa) && (most.map { assay_isa_includes($0, isa) != 0 } ?? true) {
            if let function = find(isa) { return (name, function) }
        }
        throw .failed("no variant of this kernel runs here, not even the portable one")
    }
}
