import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads a line of samples as Assay writes it, without a JSON decoder.
///
/// A run has tens of thousands of them, and a site a thousand runs: the decoder took nine tenths of the time of reading a
/// bundle. Whatever is not written exactly so is left to the decoder, which knows all of JSON and says what is wrong.
struct SampleLine {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Sample? {
        var line = SampleLine(bytes: bytes)
        return line.sample()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func sample() -> Sample? {
        guard take(#"{"case":""#), let name = identity(), take(#"","index":"#), let index = whole(),
            take(#","iterations":"#), let iterations = whole(), take(#","process":"#), let process = whole(),
            take(#","seconds":"#), let seconds = number(), take("}"), at == bytes.count
        else { return nil }
        return Sample(case: name, process: process, index: index, seconds: seconds, iterations: iterations)
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[at + offset] != text.utf8Start[offset] { return false }
        at += count
        return true
    }

    /// Letters and digits up to the closing quote.
    private mutating func identity() -> String? {
        let start = at
        while at < bytes.count, at - start < 64, isPlain(bytes[at]) { at += 1 }
        return at > start ? String(decoding: bytes[start..<at], as: UTF8.self) : nil
    }

    private func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    /// At most fifteen digits, so that nothing overflows.
    private mutating func whole() -> Int? {
        var value = 0
        let start = at
        while at < bytes.count, at - start < 15, (0x30...0x39).contains(bytes[at]) {
            value = value * 10 + Int(bytes[at] - 0x30)
            at += 1
        }
        return at > start ? value : nil
    }

    private mutating func number() -> Double? {
        let start = at
        while at < bytes.count, at - start < 40, isNumeric(bytes[at]) { at += 1 }
        return Double(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private func isNumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || byte == 0x2e || byte == 0x2d || byte == 0x2b || byte == 0x65 || byte == 0x45
    }
}

extension JSONLines {
    /// All samples of a finished file.
    mutating func samples() throws(RecordError) -> [Sample] {
        var samples: [Sample] = []
        while let range = nextRange() {
            let quick = data.withUnsafeBytes { buffer in
                SampleLine.parse(UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[range]))
            }
            if let quick { samples.append(quick) } else { samples.append(try decode(Sample.self, range)) }
        }
        try end()
        return samples
    }
}
