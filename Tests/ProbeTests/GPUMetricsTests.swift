import Model
import Testing

@testable import Probe

/// A table of amdgpu's metrics, all ones where a test sets nothing: the driver's way to say "not told".
struct MetricsTable {
    var bytes: [UInt8]

    init(_ size: Int, _ format: UInt8, _ content: UInt8) {
        bytes = Array(repeating: 0xff, count: size)
        bytes.replaceSubrange(0..<4, with: [UInt8(size & 0xff), UInt8(size >> 8), format, content])
    }

    func with(_ offset: Int, _ value: UInt64, width: Int = 2) -> MetricsTable {
        var copy = self
        for byte in 0..<width { copy.bytes[offset + byte] = UInt8(value >> UInt64(8 * byte) & 0xff) }
        return copy
    }
}

struct GPUMetricsTests {
    private func parse(_ table: MetricsTable) -> GPUMetrics? { GPUMetrics.parse(table.bytes, "gpu_metrics").value }

    @Test func discreteGPUs() {
        let first = parse(MetricsTable(80, 1, 0).with(16, 45).with(34, 120).with(36, 7, width: 4).with(54, 1500))
        #expect(first?.temperature == 45)
        #expect(first?.power == 120)
        #expect(first?.hasEnergyCounter == true)
        #expect(first?.graphicsClock == 1500e6)
        let third = parse(
            MetricsTable(120, 1, 3).with(4, 61).with(22, 305).with(58, 1600).with(112, 0x1_0001, width: 8))
        #expect(third?.temperature == 61)
        #expect(third?.power == 305)
        #expect(third?.memoryClock == 1600e6)
        #expect(third?.throttleReasons == ["package power limit", "graphics current"])
        let server = parse(
            MetricsTable(288, 1, 4).with(4, 40).with(10, 140).with(24, 5, width: 8).with(240, 2100).with(280, 1300))
        #expect(server?.power == 140)
        #expect(server?.graphicsClock == 2100e6)
        #expect(server?.memoryClock == 1300e6)
        #expect(server?.hasEnergyCounter == true)
        let later = parse(MetricsTable(2208, 1, 7).with(4, 42).with(10, 150))
        #expect(later?.temperature == 42)
        #expect(later?.power == 150)
        #expect(later?.graphicsClock == nil)
    }

    @Test func integratedGPUs() {
        let table = parse(MetricsTable(128, 2, 2).with(4, 4523).with(76, 1800).with(80, 2400).with(120, 0, width: 8))
        #expect(table?.graphicsClock == 1800e6)
        #expect(table?.throttleReasons == [])
        // Their units differ between chips.
        #expect(table?.temperature == nil)
        #expect(parse(MetricsTable(128, 2, 3).with(40, 15000))?.power == nil)
        #expect(parse(MetricsTable(180, 2, 4).with(40, 15000))?.power == 15)
        #expect(parse(MetricsTable(180, 2, 4).with(4, 4523))?.temperature == 45.23)
        #expect(parse(MetricsTable(264, 3, 0).with(112, 28000, width: 4))?.power == 28)
    }

    @Test func whatIsNotToldIsNotZero() {
        let table = parse(MetricsTable(120, 1, 3))
        #expect(table?.power == nil && table?.temperature == nil && table?.throttleReasons == nil)
        #expect(table?.hasEnergyCounter == false)
        #expect(parse(MetricsTable(120, 1, 3).with(22, 0))?.power == nil)
        #expect(parse(MetricsTable(120, 1, 3).with(22, 65000))?.power == nil)
    }

    @Test func aTableThatLiesIsRefusedWithAReason() {
        func reason(_ bytes: [UInt8]) -> String { GPUMetrics.parse(bytes, "gpu_metrics").reason ?? "" }
        #expect(reason([]) == "gpu_metrics: 0 bytes, no header")
        #expect(reason([120, 0, 1]).contains("no header"))
        #expect(reason(Array(MetricsTable(120, 1, 3).bytes.prefix(60))) == "gpu_metrics: says 120 bytes and has 60")
        #expect(reason([0xff, 0xff, 1, 3] + Array(repeating: 0, count: 200)).contains("says 65535 bytes"))
        #expect(reason([0, 0, 1, 3] + Array(repeating: 0, count: 200)).contains("says 0 bytes"))
        #expect(reason(MetricsTable(16, 1, 3).bytes) == "gpu_metrics: 16 bytes are too few for revision 1.3")
        #expect(reason(MetricsTable(120, 9, 1).bytes) == "gpu_metrics: revision 9.1 is not known")
    }

    /// Every length of every revision, whatever the bytes say of themselves.
    @Test func noTableBreaksTheReader() {
        for format in 0...UInt8(4) {
            for content in 0...UInt8(9) {
                for length in 0..<320 {
                    var bytes = MetricsTable(320, format, content).with(22, 100).bytes
                    bytes.removeLast(bytes.count - length)
                    _ = GPUMetrics.parse(bytes, "")
                    if length >= 2 { bytes.replaceSubrange(0..<2, with: [UInt8(length & 0xff), UInt8(length >> 8)]) }
                    if let metrics = GPUMetrics.parse(bytes, "").value { #expect((metrics.power ?? 1) > 0) }
                }
            }
        }
    }
}
