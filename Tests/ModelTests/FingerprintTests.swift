import Model
import TestSupport
import Testing

@Suite struct FingerprintTests {
    private func differences(_ change: (inout Machine) -> Void, before: (inout Machine) -> Void = { _ in }) -> [String]
    {
        var (old, new) = (SampleRun.machine(), SampleRun.machine())
        before(&old)
        before(&new)
        change(&new)
        return Fingerprint.differences(old, new).map { "\($0.subject.rawValue): \($0.text)" }.map { text in
            // However numbers are spaced.
            String(text.map { $0.isWhitespace ? " " : $0 })
        }
    }

    private static func firmware(_ version: String, _ day: String) -> Reported<SystemFirmware> {
        .known(SystemFirmware(vendor: .known("Dell Inc."), version: .known(version), date: .known(day)))
    }

    private static func modules(_ rate: Double) -> Reported<[MemoryModules]> {
        .known([
            MemoryModules(
                count: 2, bytes: 1 << 34, type: .known("DDR5"), formFactor: .known("DIMM"), buffering: .unknown("x"),
                ratedTransferRate: .known(4.8e9), configuredTransferRate: .known(rate), dataBits: .unknown("x"),
                totalBits: .unknown("x"), ranks: .unknown("x"), manufacturer: .unknown("x"), partNumber: .unknown("x"),
                locators: [])
        ])
    }

    @Test func whatMovesResultsIsAFact() {
        let found = differences {
            $0.firmware = Self.firmware("1.14", "2024-11-22")
            $0.processor.microcode = .known("0xb000038")
            $0.memory.modules = Self.modules(4.4e9)
            $0.software.kernelCommandLine = .known(KernelCommandLine(words: ["nosmt"], omitted: 0))
            $0.processor.mitigations = .known([Mitigation(name: "retbleed", state: .known("Vulnerable"))])
            $0.accelerators[0].driverVersion = .known("560.1")
            $0.accelerators[0].firmwareVersion = .known("96.1")
        } before: {
            $0.firmware = Self.firmware("1.13", "2024-01-02")
            $0.processor.microcode = .known("0xb000020")
            $0.memory.modules = Self.modules(4.8e9)
            $0.software.kernelCommandLine = .known(KernelCommandLine(words: [], omitted: 3))
            $0.processor.mitigations = .known([Mitigation(name: "retbleed", state: .known("Mitigation: IBRS"))])
            var device = Accelerator(kind: .gpu, busId: nil, unknown: "not told")
            device.model = .known("NVIDIA H100")
            device.driver = .known("nvidia")
            device.driverVersion = .known("550.2")
            device.firmwareVersion = .known("96.0")
            $0.accelerators = [device]
        }
        #expect(
            found == [
                "firmware: firmware Dell Inc. 1.13 (2024-01-02) → Dell Inc. 1.14 (2024-11-22)",
                "firmware: memory speed 4 800 MT/s → 4 400 MT/s",
                "microcode: microcode 0xb000020 → 0xb000038", "firmware: driver nvidia 550.2 → 560.1",
                "firmware: firmware of NVIDIA H100 96.0 → 96.1", "kernel: kernel parameters none → nosmt",
                "tunable: mitigation of retbleed Mitigation: IBRS → Vulnerable",
            ], "\(found)")
    }

    /// None of these makes another machine of it: a comparison stays one of runs.
    @Test func firmwareForbidsNoComparison() {
        for subject in [Subject.firmware, .microcode, .kernel, .tunable] { #expect(!subject.forbidsComparison) }
    }

    @Test func whatOneSideDidNotRecordIsNoDifference() {
        #expect(differences { $0.firmware = Self.firmware("1.14", "2024-11-22") } == [])
        #expect(differences { $0.processor.microcode = .known("0x1") } == [])
        #expect(differences { $0.tunables = [] } == [])
    }

    @Test func aLibraryThatComesOrGoesIsOne() {
        func library(_ version: Reported<String>) -> Library {
            Library(name: "OpenBLAS", version: version, path: .unknown("x"))
        }
        #expect(differences { $0.software.libraries = [library(.known("0.3"))] } == ["library: OpenBLAS absent → 0.3"])
        let gone = differences {
            $0.software.libraries = []
        } before: {
            $0.software.libraries = [library(.known("0.3"))]
        }
        #expect(gone == ["library: OpenBLAS 0.3 → absent"])
        // One that is there and tells no version has not come and not gone.
        let silent = differences {
            $0.software.libraries = [library(.unknown("asked, it did not answer"))]
        } before: {
            $0.software.libraries = [library(.known("0.3"))]
        }
        #expect(silent == [])
    }

    @Test func theDigestMovesWithEveryFact() {
        let plain = SampleRun.machine()
        #expect(plain.fingerprint == SampleRun.machine().fingerprint)
        #expect(plain.fingerprint.count == 12)
        var machines = [plain]
        func with(_ change: (inout Machine) -> Void) {
            var machine = SampleRun.machine()
            change(&machine)
            machines.append(machine)
        }
        with { $0.firmware = Self.firmware("1.14", "2024-11-22") }
        with { $0.processor.microcode = .known("0x1") }
        with { $0.tunables[0].value = .known("performance") }
        with { $0.software.kernel = .known("6.1.1") }
        with { $0.limits.cpuQuota = .known(.at(1.5)) }
        #expect(Set(machines.map(\.fingerprint)).count == machines.count)
    }

    @Test func firmwareIsNamedAsFarAsItTells() {
        func title(_ vendor: String?, _ version: String?, _ day: String?) -> String {
            SystemFirmware(
                vendor: Reported(vendor, else: "x"), version: Reported(version, else: "x"),
                date: Reported(day, else: "x")
            ).title
        }
        #expect(title("SeaBIOS", "1.16", "2014-04-01") == "SeaBIOS 1.16 (2014-04-01)")
        #expect(title(nil, "1.16", nil) == "1.16")
        #expect(title(nil, nil, "2014-04-01") == "2014-04-01")
        #expect(title(nil, nil, nil) == "")
    }
}
