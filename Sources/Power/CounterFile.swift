import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// A file of one number, read a thousand times: opened anew each time, so that one that was replaced or has vanished is
/// noticed, but without the texts that `SystemFiles` makes of it.
struct CounterFile: Sendable {
    let path: String
    private let fullPath: [CChar]
    private static let longest = 32

    init(_ path: String, _ files: SystemFiles) {
        self.path = path
        fullPath = Array((files.place(of: path) ?? "").utf8CString)
    }

    /// A whole number; a sign is taken where there is one.
    func read() throws(PowerFault) -> Int64 {
        let descriptor = fullPath.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) } ?? -1
        }
        guard descriptor >= 0 else { throw PowerFault(failure(errno)) }
        defer { close(descriptor) }
        var (value, digits, isNegative, code): (Int64?, Int, Bool, Int32) = (0, 0, false, 0)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longest) { buffer in
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            guard count >= 0 else {
                code = errno
                return
            }
            for byte in buffer[..<count] {
                if byte == UInt8(ascii: "\n") { break }
                if byte == UInt8(ascii: "-"), digits == 0, !isNegative {
                    isNegative = true
                    continue
                }
                guard (48...57).contains(byte) else {
                    value = nil
                    return
                }
                digits += 1
                let (tens, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
                let (sum, overflow2) = tens.addingReportingOverflow(Int64(byte - 48))
                value = overflow || overflow2 ? nil : sum
                if value == nil { return }
            }
        }
        guard code == 0 else { throw PowerFault(failure(code)) }
        guard let value, digits > 0 else { throw PowerFault("\(name) is not a whole number") }
        return isNegative ? -value : value
    }

    /// For counters, which are never negative.
    func count() throws(PowerFault) -> UInt64 {
        let value = try read()
        guard value >= 0 else { throw PowerFault("\(name) is negative") }
        return UInt64(value)
    }

    private var name: Substring { path.split(separator: "/").last ?? "" }

    private func failure(_ code: Int32) -> String {
        code == ENOENT ? "\(path) has vanished" : "\(path): \(String(cString: strerror(code)))"
    }
}

/// A meter that is one file.
struct FileMeter: PowerMeter {
    var description: Meter
    let file: CounterFile

    func read() throws(PowerFault) -> RawPower {
        switch description.kind {
        case .counter: .count(try file.count())
        case .power: .watts(Double(try file.read()) * description.resolution)
        }
    }
}
