public import Model
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Reads `/sys`, `/proc` and `/dev`, with a directory put in front of every path so that a captured machine can be
/// replayed anywhere. What is read is hostile: bounded, and never trusted to be text.
public struct SystemFiles: Sendable {
    /// Nothing under /proc or /sys that we read is longer.
    public static let limit = 1 << 20
    /// Directory in front of every path; empty for this machine.
    public let root: String
    /// What was read before, where that is kept.
    private let kept: KeptTexts?

    /// - Parameter keeps: whether a text is read once and kept, so that all who ask see the same moment. For one look at a
    ///   machine, never for watching it.
    public init(root: String? = nil, keeps: Bool = false) {
        var root = root ?? ""
        while root.hasSuffix("/") { root.removeLast() }
        self.root = root
        kept = keeps ? KeptTexts() : nil
    }

    /// Whether this machine itself is read, so that system calls may be asked too.
    public var isLive: Bool { root.isEmpty }

    /// The whole text of `path`, or why it cannot be had: absent, unreadable, longer than `limit`, not UTF-8.
    public func text(_ path: String) -> Reported<String> {
        guard let kept else { return read(path) }
        if let text = kept[path] { return text }
        let text = read(path)
        kept[path] = text
        return text
    }

    private func read(_ path: String) -> Reported<String> {
        switch bytes(path, atMost: Self.limit + 1) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let bytes):
            guard bytes.count <= Self.limit else { return .unknown("\(path): longer than 1 MiB") }
            return Reported(String(validating: bytes, as: UTF8.self), else: "\(path): not text")
        }
    }

    /// The whole lines among the first `count` bytes of `path`.
    ///
    /// For files that repeat themselves once a processor: /proc/cpuinfo of a large machine is longer than `limit`, and
    /// the kernel takes milliseconds to write it all.
    public func head(_ path: String, bytes count: Int = 1 << 13) -> Reported<String> {
        switch bytes(path, atMost: count) {
        case .unknown(let reason): return .unknown(reason)
        case .known(var bytes):
            if bytes.count == count, let end = bytes.lastIndex(of: UInt8(ascii: "\n")) {
                bytes.removeSubrange((end + 1)...)
            }
            return Reported(String(validating: bytes, as: UTF8.self), else: "\(path): not text")
        }
    }

    /// The first `count` bytes of `path`, whatever they are.
    public func bytes(_ path: String, atMost count: Int) -> Reported<[UInt8]> {
        guard let place = place(of: path) else { return .unknown("\(path): \(Self.message(ELOOP))") }
        let descriptor = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .unknown("\(path): \(Self.message(errno))") }
        defer { close(descriptor) }
        let isAttribute = Self.isAttribute(path)
        return withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 16) { buffer in
            var bytes: [UInt8] = []
            while bytes.count < count {
                let wanted = min(buffer.count, count - bytes.count)
                let got = Glibc.read(descriptor, buffer.baseAddress, wanted)
                if got < 0 {
                    if errno == EINTR { continue }
                    return .unknown("\(path): \(Self.message(errno))")
                }
                bytes.append(contentsOf: buffer[..<got])
                if got == 0 || isAttribute && got < min(wanted, Self.page) { break }
            }
            return .known(bytes)
        }
    }

    /// The least that a page of memory holds.
    private static let page = 4096

    /// Whether `path` is read a page at a time, as sysfs does it: what is shorter is the end, and needs no second question.
    /// Control groups and debugging write records, and may stop earlier.
    private static func isAttribute(_ path: String) -> Bool {
        path.hasPrefix("/sys/") && !path.hasPrefix("/sys/fs/") && !path.hasPrefix("/sys/kernel/debug/")
    }

    /// The first line of `path` without surrounding white space; empty is unknown.
    public func line(_ path: String) -> Reported<String> {
        switch text(path) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let first = text.lines.first.map { $0.trimmed } ?? ""
            return first.isEmpty ? .unknown("\(path): empty") : .known(first)
        }
    }

    /// A whole number alone in `path`.
    public func integer(_ path: String) -> Reported<Int> {
        switch line(path) {
        case .unknown(let reason): .unknown(reason)
        case .known(let text): Reported(Int(text), else: "\(path): not a whole number")
        }
    }

    /// Names in a directory, sorted; empty where there is none.
    public func names(in path: String) -> [String] {
        guard let directory = place(of: path).flatMap({ opendir($0) }) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory), names.count < 65536 {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    public func exists(_ path: String) -> Bool { place(of: path).map { access($0, F_OK) == 0 } ?? false }

    /// Where `path` lies on this machine; `nil` where links lead in circles.
    ///
    /// In a captured tree links are followed here, not by the kernel: an absolute one, or one with too many `..`, would lead
    /// to files of the machine that replays it.
    public func place(of path: String) -> String? { isLive ? path : followed(path).map { root + $0 } }

    /// The file behind symbolic links, links of folders included, never outside of `root`; `nil` where they lead nowhere.
    public func resolved(_ path: String) -> String? {
        guard let found = followed(path), access(root + found, F_OK) == 0 else { return nil }
        return found
    }

    /// `path` with all links followed below `root`, whether or not something is there at their end.
    private func followed(_ path: String) -> String? {
        var rest = Array(path.split(separator: "/").reversed())
        var place: [Substring] = []
        var links = 0
        while let part = rest.popLast() {
            if part == "." { continue }
            if part == ".." {
                _ = place.popLast()
                continue
            }
            guard let target = Self.target(root + "/" + (place + [part]).joined(separator: "/")) else {
                place.append(part)
                continue
            }
            links += 1
            guard links <= 40 else { return nil }
            if target.hasPrefix("/") { place = [] }
            rest += target.split(separator: "/").reversed()
        }
        return "/" + place.joined(separator: "/")
    }

    /// What a symbolic link says; `nil` for anything else.
    public func link(_ path: String) -> String? {
        guard !isLive else { return Self.target(path) }
        let parts = path.split(separator: "/")
        guard let name = parts.last, let folder = followed(parts.dropLast().joined(separator: "/")) else { return nil }
        return Self.target(root + (folder == "/" ? "" : folder) + "/" + name)
    }

    private static func target(_ place: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            let count = buffer.baseAddress.map { readlink(place, $0, buffer.count) } ?? 0
            guard count > 0, count < buffer.count else { return nil }
            return String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    private static func message(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Texts that were read, by path.
private final class KeptTexts: Sendable {
    private let texts = Mutex<[String: Reported<String>]>([:])

    subscript(path: String) -> Reported<String>? {
        get { texts.withLock { $0[path] } }
        set { texts.withLock { $0[path] = newValue } }
    }
}
