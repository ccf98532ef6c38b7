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

    /// Refuses a name that is none, and what this machine cannot run: a run of less would be taken for it.
    static func require(_ requested: String?) throws(KernelError) {
        guard let requested else { return }
        guard let found = all.first(where: { $0.name == requested }) else {
            let known = all.map(\.name).joined(separator: ", ")
            throw .unavailable("no kernel knows the instruction set \(requested); known: \(known)")
        }
        guard supported(found.isa) else { throw .unavailable("this machine cannot run \(requested)") }
    }

    /// The best one that this machine can run and `find` has a function for, at most the one that is `requested` by name.
    ///
    /// - Parameter preferred: comes before wider ones where it runs: for kernels that memory limits, not arithmetic.
    static func choose<Function>(
        _ requested: String?, preferred: String? = nil, _ find: (Int32) -> Function?
    ) throws(KernelError) -> (name: String, function: Function) {
        var candidates = all.filter { $0.name == preferred } + all.filter { $0.name != preferred }
        if let requested {
            try require(requested)
            candidates = Array(all.drop { $0.name != requested })
        }
        for (isa, name) in candidates where supported(isa) {
            if let function = find(isa) { return (name, function) }
        }
        throw .failed("no variant of this kernel runs here, not even the portable one")
    }
}
