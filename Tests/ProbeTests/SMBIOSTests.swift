import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// The firmware's table from bytes: what it says, and what becomes of one that lies.
struct SMBIOSTests {
    /// Little-endian pieces of a structure.
    private struct Body {
        var bytes: [UInt8] = []

        mutating func put(_ value: UInt64, _ count: Int) {
            for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
        }
    }

    private static func structure(_ type: UInt8, _ handle: UInt16, _ body: [UInt8], _ strings: [String] = []) -> [UInt8]
    {
        let text = strings.flatMap { [UInt8]($0.utf8) + [0] as [UInt8] }
        let header = [type, UInt8(4 + body.count), UInt8(handle & 255), UInt8(handle >> 8)]
        return header + body + (text.isEmpty ? [0] : text) + [0]
    }

    private static func array(_ handle: UInt16, use: UInt64 = 3, correction: UInt64 = 6, sockets: UInt64 = 4) -> [UInt8]
    {
        var body = Body()
        for (value, count) in [(3, 1), (use, 1), (correction, 1), (0x8000_0000, 4), (0xfffe, 2), (sockets, 2)] {
            body.put(UInt64(value), count)
        }
        body.put(1 << 40, 8)
        return structure(16, handle, body.bytes)
    }

    /// A module of `size`, as that field of the structure holds it.
    private static func module(
        _ handle: UInt16, size: UInt64, array: UInt64 = 0x10, large: UInt64 = 0, speed: UInt64 = 4800,
        strings: [String] = ["A1", "P0 CHANNEL A", "Maker", "SERIAL", "TAG", "PART"]
    ) -> [UInt8] {
        var body = Body()
        let fields: [(UInt64, Int)] = [
            (array, 2), (0xfffe, 2), (80, 2), (64, 2), (size, 2), (9, 1), (0, 1), (1, 1), (2, 1), (0x22, 1),
            (0x2080, 2), (speed, 2), (3, 1), (4, 1), (5, 1), (6, 1), (2, 1), (large, 4), (4400, 2),
        ]
        for (value, count) in fields { body.put(value, count) }
        return structure(17, handle, body.bytes, strings)
    }

    private static let end = structure(127, 0xff, [])

    private static let sound =
        structure(0, 0, [1, 2], ["Vendor", "1.0"]) + array(0x10) + module(0x20, size: 16384) + module(0x21, size: 0)
        + module(0x22, size: 16384) + end

    @Test func whatATableSaysIsRead() throws {
        let memory = SMBIOSMemory(Self.sound)
        #expect(memory.fault == nil)
        #expect(memory.modules.count == 2)
        #expect(memory.moduleBytes == 32 << 30)
        #expect(
            memory.arrays == [
                MemoryArray(sockets: 4, maximumBytes: .known(1 << 40), errorCorrection: .known("multi-bit ECC"))
            ])
        let module = try #require(memory.modules.first)
        #expect(module.type == "DDR5")
        #expect(module.formFactor == "DIMM")
        #expect(module.buffering == "registered")
        #expect(module.ratedTransferRate == 4.8e9)
        #expect(module.configuredTransferRate == 4.4e9)
        #expect(module.dataBits == 64)
        #expect(module.totalBits == 80)
        #expect(module.ranks == 2)
        #expect([module.locator, module.bank, module.manufacturer] == ["A1", "P0 CHANNEL A", "Maker"])
        #expect([module.serialNumber, module.assetTag, module.partNumber] == ["SERIAL", "TAG", "PART"])
    }

    @Test func sizesHaveThreeForms() {
        func bytes(_ size: UInt64, _ large: UInt64 = 0) -> UInt64? {
            SMBIOSMemory(Self.module(1, size: size, large: large)).moduleBytes
        }
        #expect(bytes(512) == 512 << 20)
        #expect(bytes(0x8000 | 512) == 512 << 10)
        #expect(bytes(0x7fff, 65536) == 64 << 30)
        #expect(bytes(0xffff) == nil)
        #expect(bytes(0) == nil)
        #expect(bytes(0x7fff, 0) == nil)
    }

    @Test func whatIsNotSystemMemoryDoesNotCount() {
        let flash = Self.array(0x11, use: 5) + Self.module(0x30, size: 32, array: 0x11)
        let memory = SMBIOSMemory(Self.array(0x10) + Self.module(0x20, size: 1024) + flash + Self.end)
        #expect(memory.moduleBytes == 1 << 30)
        #expect(memory.arrays.count == 1)
    }

    @Test func rangesAreSummedInBothForms() {
        var small = Body()
        for (value, count) in [(0, 4), ((1 << 20) - 1, 4), (0x10, 2), (1, 1)] { small.put(UInt64(value), count) }
        var large = Body()
        for (value, count) in [(UInt64(UInt32.max), 4), (0, 4), (0x10, 2), (1, 1), (1 << 42, 8), ((2 << 42) - 1, 8)] {
            large.put(value, count)
        }
        let memory = SMBIOSMemory(Self.structure(19, 1, small.bytes) + Self.structure(19, 2, large.bytes))
        #expect(memory.mappedBytes == 1 << 30 + 1 << 42)
    }

    @Test func aRangeThatEndsBeforeItBeginsOrHasNoEndIsNone() {
        var turned = Body()
        for (value, count) in [(100, 4), (50, 4), (0x10, 2), (1, 1)] { turned.put(UInt64(value), count) }
        var endless = Body()
        for (value, count) in [(UInt64(UInt32.max), 4), (0, 4), (0x10, 2), (1, 1), (0, 8), (UInt64.max, 8)] {
            endless.put(value, count)
        }
        let memory = SMBIOSMemory(Self.structure(19, 1, turned.bytes) + Self.structure(19, 2, endless.bytes))
        #expect(memory.mappedBytes == 0)
    }

    @Test func nothingIsNoFault() {
        let memory = SMBIOSMemory([])
        #expect(memory.fault == nil)
        #expect(memory.modules.isEmpty && memory.arrays.isEmpty && memory.mappedBytes == nil)
    }

    @Test func aTableMayBeCutOffAnywhere() {
        for count in 0..<(Self.sound.count - Self.end.count) {
            let memory = SMBIOSMemory(Array(Self.sound.prefix(count)))
            #expect(memory.modules.count <= 2)
            #expect(memory.modules.allSatisfy { $0.bytes == 16 << 30 })
        }
        let memory = SMBIOSMemory(Array(Self.sound.dropLast(Self.end.count + 3)))
        #expect(memory.modules.count == 1)
        #expect(memory.fault?.hasSuffix("is cut off") == true)
    }

    @Test(arguments: [0, 1, 2, 3, 255])
    func aLengthThatLiesEndsTheReading(_ length: UInt8) {
        var bytes = Self.module(0x20, size: 1024) + Self.module(0x21, size: 1024)
        let second = bytes.count / 2
        bytes[second + 1] = length
        let memory = SMBIOSMemory(bytes)
        #expect(memory.modules.count == 1)
        #expect(memory.fault?.hasPrefix("the structure at byte \(second)") == true)
    }

    @Test func aShortStructureHasFewFields() {
        let old = Self.structure(17, 1, Array(Self.module(1, size: 1024)[4..<0x15]), ["A1"])
        let module = SMBIOSMemory(old).modules.first
        #expect(module?.bytes == 1 << 30)
        #expect(module?.locator == "A1")
        #expect(module?.bank == nil && module?.ratedTransferRate == nil && module?.manufacturer == nil)
    }

    @Test func aHandleCountsOnce() {
        let bytes = Array(repeating: Self.module(0x20, size: 1024), count: 500).flatMap { $0 }
        #expect(SMBIOSMemory(bytes).moduleBytes == 1 << 30)
    }

    @Test func aHugeTableIsBounded() throws {
        let bytes = (0..<20000).flatMap { Self.module(UInt16($0), size: 0x7fff, large: 0x7fff_ffff, strings: []) }
        #expect(bytes.count > SystemFiles.limit / 2)
        let memory = SMBIOSMemory(bytes)
        #expect(memory.modules.count == 2048)
        #expect(memory.fault == "it has 20000 sockets")
        #expect(try #require(memory.moduleBytes) == 2048 * (0x7fff_ffff << 20))
    }

    @Test func stringsAreCleanedAndPlaceholdersDropped() {
        let strange = Self.module(
            1, size: 1024, strings: ["  A\u{1b}[31m1 ", "Not Specified", "To Be Filled By O.E.M.", "000000", "é", "\t"])
        let module = SMBIOSMemory(strange).modules.first
        #expect(module?.locator == "A?[31m1")
        #expect(module?.bank == nil && module?.manufacturer == nil && module?.serialNumber == nil)
        #expect(module?.assetTag == nil && module?.partNumber == nil)
        let long = Self.module(1, size: 1024, strings: [String(repeating: "x", count: 5000)])
        #expect(SMBIOSMemory(long).modules.first?.locator?.count == 64)
    }

    /// Damage of every kind, from a seed: whatever comes out, nothing traps.
    @Test func noDamageBreaksTheReading() {
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        for _ in 0..<3000 {
            var bytes = Self.sound
            for _ in 0..<(1 + next() % 8) { bytes[Int(next() % UInt64(bytes.count))] = UInt8(next() & 255) }
            #expect(SMBIOSMemory(bytes).modules.count <= 3)
        }
    }

    @Test(arguments: [
        ("P0 CHANNEL A", "p0channela"), ("Node0_Channel3_Dimm0", "node0channel3"), ("ChannelB-DIMM1", "channelb"),
        ("CHANNEL 12 SLOT 0", "channel12"), ("DIMM_A1", nil), ("CHANNEL", nil), ("", nil),
    ])
    func channelsAreKnownByName(_ name: String, _ channel: String?) {
        #expect(FirmwareTable.channel(name) == channel)
    }

    @Test func whatRootMayReadSaysSo() {
        #expect(
            FirmwareTable.mended("/x: Permission denied") == "/x: Permission denied; root may read it: sudo assay probe"
        )
        #expect(FirmwareTable.mended("/x: No such file or directory") == "/x: No such file or directory")
    }
}
