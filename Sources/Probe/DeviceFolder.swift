import Model
import SystemFiles

/// The files of one device under /sys, each with its unit and its bounds.
struct DeviceFolder {
    let files: SystemFiles
    let path: String

    func names() -> [String] { files.names(in: path) }
    func names(in folder: String) -> [String] { files.names(in: "\(path)/\(folder)") }
    func exists(_ name: String) -> Bool { files.exists("\(path)/\(name)") }
    func folder(_ name: String) -> DeviceFolder { DeviceFolder(files: files, path: "\(path)/\(name)") }

    /// Numbered entries such as `gt0`, `gt1`, in order; at most sixteen, more than any device has.
    func numbered(_ stem: String) -> [String] {
        let found = names().compactMap { name -> Int? in
            name.hasPrefix(stem) ? Int(name.dropFirst(stem.count)).flatMap { $0 >= 0 ? $0 : nil } : nil
        }
        return found.sorted().prefix(16).map { "\(stem)\($0)" }
    }

    /// A short printable text.
    func word(_ name: String) -> Reported<String> {
        switch files.line("\(path)/\(name)") {
        case .unknown(let reason): return .unknown(reason)
        case .known(let line):
            let isShort = line.utf8.count <= 128 && line.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
            return isShort ? .known(line) : .unknown("\(path)/\(name): not a short text")
        }
    }

    /// A number in `range`, so many `parts` of which make one unit. Divided, because a hundredth is no binary number.
    func quantity(_ name: String, parts: Double, in range: ClosedRange<Int>) -> Reported<Double> {
        whole(name, in: range).map { Double($0) / parts }
    }

    func bytes(_ name: String) -> Reported<UInt64> { whole(name, in: 1...(1 << 50)).map { UInt64($0) } }

    func whole(_ name: String, in range: ClosedRange<Int>) -> Reported<Int> {
        switch files.integer("\(path)/\(name)") {
        case .unknown(let reason): return .unknown(reason)
        case .known(let value):
            if range.contains(value) { return .known(value) }
            return .unknown("\(path)/\(name): reads \(value)\(value == 0 ? "" : ", which cannot be")")
        }
    }

    /// Hz from a file in MHz.
    func megahertz(_ name: String) -> Reported<Double> { whole(name, in: 1...100_000).map { Double($0) * 1e6 } }
    /// Watts from a file in microwatts. 0 stands for no limit or no reading.
    func microwatts(_ name: String) -> Reported<Double> {
        quantity(name, parts: 1e6, in: 1...100_000_000_000)
    }
}

extension Reported {
    /// This, or what `other` knows, or else why this is not known.
    func or(_ other: @autoclosure () -> Reported) -> Reported {
        if value != nil { return self }
        let second = other()
        return second.value == nil ? self : second
    }
}
