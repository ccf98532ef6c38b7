import Glibc
import Model
import Testing

@testable import Kernels

private func reason(_ planned: Case, _ options: KernelOptions = KernelOptions()) -> KernelError? {
    do throws(KernelError) {
        _ = try Kernels.make(planned, seed: 1, options: options)
        return nil
    } catch {
        return error
    }
}

private func isUnavailable(_ error: KernelError?, _ word: String) -> Bool {
    if case .unavailable(let reason) = error { reason.contains(word) } else { false }
}

private func hasFailed(_ error: KernelError?, _ word: String) -> Bool {
    if case .failed(let reason) = error { reason.contains(word) } else { false }
}

@Suite struct MakeTests {
    @Test func badSizesFailBeforeAnythingIsAllocated() {
        #expect(hasFailed(reason(planned(.matmul(-1, 2, 3), .cblas)), "m"))
        #expect(hasFailed(reason(planned(.matmul(1 << 40, 1 << 40, 1), .cblas)), "2^63"))
        #expect(hasFailed(reason(planned(.embedding(1 << 40, 1 << 40, 1, 1), .simd)), "2^63"))
        #expect(hasFailed(reason(planned(.embedding(10, 10, 0, 1), .simd)), "bag"))
        #expect(hasFailed(reason(planned(.pointerChase(BufferShape(bytes: 63)), .simd)), "line"))
        #expect(hasFailed(reason(planned(.streamTriad(BufferShape(bytes: 7)), .f64, .simd)), "element"))
        #expect(hasFailed(reason(planned(.streamTriad(BufferShape(bytes: -8)), .f64, .simd)), "bytes"))
        #expect(hasFailed(reason(planned(.null(NullShape(nanoseconds: -1, fault: .none)), .reference)), "nanoseconds"))
        var confused = planned(.matmul(2, 2, 2), .cblas)
        confused.kernel = .convolution
        #expect(hasFailed(reason(confused), "convolution"))
    }

    @Test func moreThanThereIsOfMemoryIsUnavailable() {
        #expect(isUnavailable(reason(planned(.pointerChase(BufferShape(bytes: 1 << 46)), .simd)), "2^32"))
        #expect(isUnavailable(reason(planned(.streamTriad(BufferShape(bytes: 1 << 46)), .f64, .simd)), "memory"))
    }

    @Test func whatABackendLacksIsUnavailable() {
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .simd)), "simd has no matmul"))
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .cuda)), "cuda has no matmul"))
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .f64, .onednn)), "f64"))
        #expect(isUnavailable(reason(planned(.embedding(2, 2, 2, 2), .onednn)), "onednn has no embedding"))
        #expect(isUnavailable(reason(planned(.peakCompute, .reference)), "reference has no peakCompute"))
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .reference, threads: 2)), "one thread"))
        #expect(isUnavailable(reason(planned(.embedding(2, 2, 2, 2), .f64, .simd)), "f64"))
        #expect(isUnavailable(reason(planned(.streamTriad(BufferShape(bytes: 64)), .f32, .simd)), "only in f64"))
    }

    @Test func aMissingLibraryIsUnavailableWithItsName() {
        let options = KernelOptions(libraries: [.onednn: "/no/such/libdnnl.so", .cblas: "libno-such-blas.so"])
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .onednn), options), "/no/such/libdnnl.so"))
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .cblas), options), "libno-such-blas.so"))
        let reports = Kernels.backends(options)
        #expect(reports.map(\.backend) == Backend.allCases)
        for report in reports where [.onednn, .cblas, .cuda].contains(report.backend) {
            #expect(!report.available && report.reason?.isEmpty == false)
        }
    }

    @Test func aLibraryThatIsSomethingElseNamesTheSymbol() {
        let options = KernelOptions(libraries: [.onednn: "libm.so.6", .cblas: "libm.so.6"])
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .onednn), options), "dnnl_version"))
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .cblas), options), "cblas_sgemm"))
    }

    @Test func instructionSetsAreForcedOrRefused() {
        let unknown = KernelOptions(instructionSet: "avx9000")
        #expect(isUnavailable(reason(planned(.peakCompute, .simd), unknown), "avx512f"))
        #expect(isUnavailable(reason(planned(.matmul(2, 2, 2), .onednn), unknown), "avx512f"))
        for set in Kernels.instructionSets() where !set.supported {
            let options = KernelOptions(instructionSet: set.name)
            #expect(isUnavailable(reason(planned(.peakCompute, .simd), options), "cannot run"))
        }
        #expect(Kernels.instructionSets().last == InstructionSet(name: "portable", supported: true))
    }

    @Test func backendsSayWhatTheyAre() {
        let reports = Kernels.backends()
        for report in reports where report.available { #expect(report.library?.isEmpty == false) }
        #expect(reports.first { $0.backend == .simd }?.available == true)
    }
}

@Suite struct NullTests {
    private func make(_ fault: NullShape.Fault) throws -> any Runnable {
        try Kernels.make(planned(.null(NullShape(nanoseconds: 1000, fault: fault)), .reference), seed: 1)
    }

    @Test func itWaitsAndPasses() throws {
        let null = try make(.none)
        null.run(iterations: 3)
        #expect(null.check().passes)
    }

    @Test func wrongFailsItsCheck() throws { #expect(try !make(.wrong).check().passes) }

    @Test func exitEndsTheProcess() async {
        await #expect(processExitsWith: .exitCode(7)) {
            try Kernels.make(
                planned(.null(NullShape(nanoseconds: 0, fault: .exit)), .reference), seed: 1
            ).run(iterations: 1)
        }
    }

    @Test func crashIsARealFault() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            try Kernels.make(
                planned(.null(NullShape(nanoseconds: 0, fault: .crash)), .reference), seed: 1
            ).run(iterations: 1)
        }
    }

    @Test func allocateTakesMemoryUntilItIsStopped() async {
        await #expect(processExitsWith: .signal(SIGABRT)) {
            // A limit stands in for the end of memory. Half a gigabyte above what is mapped now is enough to begin.
            var limit = rlimit(rlim_cur: 64 << 30, rlim_max: 64 << 30)
            limit.rlim_cur = 1 << 30
            setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
            try Kernels.make(
                planned(.null(NullShape(nanoseconds: 0, fault: .allocate)), .reference), seed: 1
            ).run(iterations: 1)
        }
    }
}
