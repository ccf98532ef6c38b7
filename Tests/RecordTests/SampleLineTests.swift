import Foundation
import Model
@testable import Record
import TestSupport
import Testing

/// The quick reader and the decoder say the same, or the quick one says nothing.
struct SampleLineTests {
    private func quick(_ line: String) -> Sample? {
        Array(line.utf8).withUnsafeBufferPointer { SampleLine.parse($0) }
    }

    @Test(arguments: [1e-9, 0.1, 1.0 / 3, 123456.789, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0])
    func agreesWithTheDecoder(_ seconds: Double) throws {
        let sample = Sample(case: "0123456789ab", process: 3, index: 17, seconds: seconds, iterations: 1 << 40)
        let line = String(decoding: try JSON.line(sample).dropLast(), as: UTF8.self)
        #expect(quick(line) == sample)
        #expect(try JSON.decode(Sample.self, from: Data(line.utf8)) == sample)
    }

    /// Other spellings of JSON, and what is none, are the decoder's.
    @Test(arguments: [
        "", "{}", #"{"case":"a","index":1,"iterations":1,"process":1,"seconds":1"#,
        #"{"case":"a","index":1,"iterations":1,"process":1,"seconds":1}x"#,
        #"{"case":"a", "index":1,"iterations":1,"process":1,"seconds":1}"#,
        #"{"case":"\u0061","index":1,"iterations":1,"process":1,"seconds":1}"#,
        #"{"case":"a","index":-1,"iterations":1,"process":1,"seconds":1}"#,
        #"{"case":"a","index":9999999999999999999,"iterations":1,"process":1,"seconds":1}"#,
        #"{"case":"a","index":1,"iterations":1,"process":1,"seconds":1e}"#,
    ])
    func leavesTheRest(_ line: String) { #expect(quick(line) == nil) }
}
