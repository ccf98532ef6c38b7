import Model
import TestSupport
import Testing

@testable import Plan

/// A bundle from elsewhere decides numbers here, and never which code runs.
@Suite struct ForeignSettingsTests {
    private func plan(_ environment: [String: String]?, _ libraries: [String: String] = [:]) -> Plan {
        var plan = SampleRun.plan()
        plan.environment = environment
        plan.libraries = libraries
        plan.cases[0].backend = .onednn
        plan.arguments = ["quick", "--seed", "7", "--library", "onednn=/tmp/evil.so", "--isa", "avx2"]
        return plan
    }

    @Test(arguments: [
        ("LD_PRELOAD", "/tmp/evil.so"), ("LD_LIBRARY_PATH", "."), ("LD_AUDIT", "x"), ("PATH", "x"), ("BASH_ENV", "x"),
        ("OMP_TOOL_LIBRARIES", "evil"), ("MKL_VERBOSE_OUTPUT_FILE", "x"), ("DNNL_JIT_DUMP", "1"),
        ("OMP_NUM_THREADS", "1000000"), ("OMP_NUM_THREADS", "99999999999999999999999"), ("OMP_PLACES", "/etc"),
        ("DNNL_VERBOSE", "a b"), ("DNNL_VERBOSE", "1\u{0}"), ("DNNL_VERBOSE", String(repeating: "1", count: 65)),
        ("omp_num_threads", "1"), ("", "1"),
    ])
    func whatIsNotKnownToBeHarmlessIsRefused(name: String, value: String) {
        let settings = ForeignSettings(plan([name: value]), isTrusted: false)
        #expect(settings.plan.environment == nil)
        #expect(settings.plan.cases.isEmpty)
        #expect(settings.skipped.count == 3)
        #expect(settings.skipped.allSatisfy { $0.reason.contains("--trust-settings") })
        #expect(settings.refused == ["variable \(name)=\(value)"])
    }

    @Test func numbersAndNamesAreApplied() {
        let environment = ["OMP_NUM_THREADS": "2", "OMP_PLACES": "{0},{1}", "DNNL_MAX_CPU_ISA": "AVX2"]
        let settings = ForeignSettings(plan(environment), isTrusted: false)
        #expect(settings.plan.environment == environment)
        #expect(settings.plan.cases.count == 3)
        #expect(settings.refused.isEmpty)
        #expect(settings.applied.count == 3)
    }

    @Test func aLibraryTakesOnlyItsBackendWithIt() throws {
        let settings = ForeignSettings(plan(nil, ["onednn": "/tmp/evil.so"]), isTrusted: false)
        #expect(settings.plan.libraries.isEmpty)
        #expect(settings.plan.cases.count == 2)
        #expect(!settings.plan.cases.contains { $0.backend == .onednn })
        let reason = try #require(settings.skipped.first?.reason)
        #expect(reason.contains("/tmp/evil.so") && reason.contains("--trust-settings"))
        #expect(settings.plan.arguments == ["quick", "--seed", "7", "--isa", "avx2"])
    }

    /// What the user named is theirs, where the bundle means a file of that name; the bundle's own path is not followed.
    @Test func aLibraryThatIsNamedHereIsTheUsersChoice() {
        let foreign = plan(nil, ["onednn": "/tmp/evil/libdnnl.so.3", "cblas": "/tmp/evil/libblis.so"])
        let settings = ForeignSettings(
            foreign, isTrusted: false, own: ["onednn": "/opt/mine/libdnnl.so.3", "cblas": "/opt/mine/libmkl.so"])
        #expect(settings.plan.libraries == ["onednn": "/opt/mine/libdnnl.so.3"])
        #expect(settings.plan.cases.contains { $0.backend == .onednn })
        #expect(settings.refused == ["library cblas=/tmp/evil/libblis.so"])
        #expect(settings.applied == ["library onednn=/opt/mine/libdnnl.so.3, which is named here"])
        #expect(!settings.plan.arguments.joined().contains("evil"))
    }

    @Test func whoTrustsGetsAll() {
        let foreign = plan(["LD_PRELOAD": "/tmp/mine.so"], ["onednn": "/opt/libdnnl.so.3"])
        let settings = ForeignSettings(foreign, isTrusted: true)
        #expect(settings.plan == foreign)
        #expect(settings.skipped.isEmpty && settings.refused.isEmpty)
        #expect(settings.applied == ["variable LD_PRELOAD=/tmp/mine.so", "library onednn=/opt/libdnnl.so.3"])
    }
}
