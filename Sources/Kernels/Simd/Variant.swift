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

    /// The best one that this machine can run and `find` has a function for, or the one that was asked for by name.
    ///
    /// - Parameter preferred: comes before wider ones where it runs: for kernels that memory limits, not arithmetic.
    static func choose<Function>(
        _ requested: String?, preferred: String? = nil, _ find: (Int32) -> Function?
    ) throws(KernelError) -> (name: String, function: Function) {
        guard let requested else {
            let inOrder = all.filter { $0.name == preferred } + all.filter { $0.name != preferred }
            for (isa, name) in inOrder where supported(isa) {
                if let function = find(isa) { return (name, function) }
            }
            throw .failed("no variant of this kernel runs here, not even the portable one")
        }
        guard let (isa, name) = all.first(where: { $0.name == requested }) else {
            let known = all.map(\.name).joined(separator: ", ")
            throw .unavailable("no kernel knows the instruction set \(requested); known: \(known)")
        }
        guard supported(isa) else { throw .unavailable("this machine cannot run \(name)") }
        guard let function = find(isa) else { throw .unavailable("this kernel has no \(name) variant") }
        return (name, function)
    }
}
