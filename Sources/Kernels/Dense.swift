import Model

/// Matrix products and convolutions: which backend computes them.
struct DenseFactory {
    let planned: Case
    let work: Work
    let seed: UInt64
    let options: KernelOptions

    func matmul(_ shape: MatmulShape) throws(KernelError) -> any Runnable {
        try requireF32()
        let computation: any Computation
        let inputs: DenseInputs
        switch planned.backend {
        case .onednn:
            let context = try OneDNNContext(options: options, threads: planned.threads)
            inputs = try DenseInputs(shape, seed: seed)
            computation = try OneDNNMatmul(shape, inputs, context)
        case .cblas:
            let library = try BLASLibrary(options: options, threads: planned.threads)
            inputs = try DenseInputs(shape, seed: seed)
            computation = try BLASMatmul(shape, inputs, library)
        case .reference:
            try requireOneThread(planned)
            inputs = try DenseInputs(shape, seed: seed)
            let reference = MatmulReference(shape: shape, a: inputs.left.start, b: inputs.right.start)
            computation = try ReferenceComputation(count: shape.m * shape.n) { [inputs] result in
                withExtendedLifetime(inputs) { reference.compute(into: result) }
            }
        case .simd, .cuda: throw noSuchKernel(planned)
        }
        return ArrayWorkload(work: work, computation: computation) { [inputs, seed] result throws(KernelError) in
            let reference = MatmulReference(shape: shape, a: inputs.left.start, b: inputs.right.start)
            return try MatmulCheck(reference: reference, type: .f32, seed: seed).compare(result)
        }
    }

    func convolution(_ shape: ConvolutionShape) throws(KernelError) -> any Runnable {
        try requireF32()
        let computation: any Computation
        let inputs: DenseInputs
        switch planned.backend {
        case .onednn:
            let context = try OneDNNContext(options: options, threads: planned.threads)
            inputs = try DenseInputs(shape, seed: seed)
            computation = try OneDNNConvolution(shape, inputs, context)
        case .reference:
            try requireOneThread(planned)
            inputs = try DenseInputs(shape, seed: seed)
            let reference = ConvolutionReference(
                shape: shape, input: inputs.left.start, weights: inputs.right.start)
            computation = try ReferenceComputation(count: reference.outputs) { [inputs] result in
                withExtendedLifetime(inputs) { reference.compute(into: result) }
            }
        case .simd, .cblas, .cuda: throw noSuchKernel(planned)
        }
        return ArrayWorkload(work: work, computation: computation) { [inputs, seed] result throws(KernelError) in
            let reference = ConvolutionReference(
                shape: shape, input: inputs.left.start, weights: inputs.right.start)
            return try ConvolutionCheck(reference: reference, type: .f32, seed: seed).compare(result)
        }
    }

    private func requireF32() throws(KernelError) {
        guard planned.dataType == .f32 else {
            throw .unavailable(
                "\(planned.kernel.rawValue) is not there in \(planned.dataType.rawValue) yet, only in f32")
        }
    }
}

func noSuchKernel(_ planned: Case) -> KernelError {
    .unavailable("backend \(planned.backend.rawValue) has no \(planned.kernel.rawValue)")
}

func requireOneThread(_ planned: Case) throws(KernelError) {
    guard planned.threads == 1 else {
        throw .unavailable(
            "\(planned.kernel.rawValue) by \(planned.backend.rawValue) runs on one thread, not \(planned.threads)")
    }
}
