import Foundation

/// A machine's files from one text, unpacked into a directory that lives as long as the value.
///
/// One text a machine can be read and reviewed; hundreds of files of one line each cannot. A line is one of
///
///     sys/path/to/file = content
///     sys/devices/system/cpu/cpu{0-3}/online = 1      the same for each number
///     sys/class/net/eth0 -> ../../devices/…           a symbolic link
///     proc/meminfo:                                   lines that begin with | follow
///     | MemTotal: 1024 kB
///     sys/firmware/dmi/tables/DMI:                    lines that begin with % hold bytes
///     % 10 0f 00 10 "text that ends with a NUL"
///     # comment
public final class CapturedTree: Sendable {
    public let path: String

    /// Unpacks the text file at `path`, and `extra` lines after it.
    public convenience init(file: String, extra: String = "") throws {
        try self.init(text: String(contentsOfFile: file, encoding: .utf8) + "\n" + extra)
    }

    public init(text: String) throws {
        // In memory where there is such a place: a tree is hundreds of files, and on a disk most of the time goes there.
        let memory = "/dev/shm"
        let isWritable = FileManager.default.isWritableFile(atPath: memory)
        let folder = isWritable ? memory : FileManager.default.temporaryDirectory.path
        path = folder + "/captured-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var lines = text.components(separatedBy: "\n")[...]
        while let line = lines.popFirst() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            if let link = line.range(of: " -> ") {
                try self.link(String(line[..<link.lowerBound]), to: String(line[link.upperBound...]))
            } else if let equals = line.range(of: " = ") {
                try write(String(line[..<equals.lowerBound]), line[equals.upperBound...] + "\n")
            } else if line.hasSuffix(":") {
                var content: [UInt8] = []
                while let next = lines.first, next.hasPrefix("|") || next.hasPrefix("%") {
                    if next.hasPrefix("%") {
                        content += try Self.bytes(next.dropFirst())
                    } else {
                        content += Array((next.dropFirst(next.hasPrefix("| ") ? 2 : 1) + "\n").utf8)
                    }
                    lines.removeFirst()
                }
                for file in expanded(String(line.dropLast())) { try write(file, bytes: content) }
            } else {
                throw Fault(description: "captured tree: what is \"\(line)\"?")
            }
        }
    }

    public struct Fault: Error, CustomStringConvertible { public let description: String }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Puts bytes where a test wants something that text cannot say.
    public func write(_ file: String, bytes: [UInt8]) throws {
        let place = path + "/" + file
        let folder = (place as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: place))
    }

    private func write(_ pattern: String, _ content: String) throws {
        for file in expanded(pattern) { try write(file, bytes: Array(content.utf8)) }
    }

    /// Hexadecimal digits, two a byte, and quoted text, each with a NUL after it.
    private static func bytes(_ line: Substring) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for (place, part) in line.components(separatedBy: "\"").enumerated() {
            if place % 2 == 1 {
                bytes += Array(part.utf8) + [0]
                continue
            }
            let digits = part.filter { $0 != " " }
            for start in stride(from: 0, to: digits.count, by: 2) {
                let pair = digits.dropFirst(start).prefix(2)
                guard pair.count == 2, let byte = UInt8(pair, radix: 16) else {
                    throw Fault(description: "captured tree: \"\(pair)\" is no byte")
                }
                bytes.append(byte)
            }
        }
        return bytes
    }

    private func link(_ file: String, to target: String) throws {
        let place = path + "/" + file
        let folder = (place as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
    }

    /// `cpu{0-3}/x` as four paths; one range a path.
    private func expanded(_ pattern: String) -> [String] {
        guard let open = pattern.firstIndex(of: "{"), let close = pattern.firstIndex(of: "}"), open < close else {
            return [pattern]
        }
        let ends = pattern[pattern.index(after: open)..<close].split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return [pattern] }
        return (first...last).map { "\(pattern[..<open])\($0)\(pattern[pattern.index(after: close)...])" }
    }
}
