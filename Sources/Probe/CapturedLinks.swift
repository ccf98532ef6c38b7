import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// Symbolic links of a captured tree that lead out of it.
///
/// `SystemFiles` follows links itself and stays below the root. hwloc leaves them to the kernel, for which an absolute link,
/// or one with too many `..`, leads to the files of the machine that replays: it would be described as the captured one.
/// So where hwloc reads, such a link is refused before hwloc sees it. The kernel's own links there are relative.
struct CapturedLinks {
    private let root: String
    /// Folders that were gone through, or will be.
    private var seen: Set<String> = []
    private var open: [String] = []
    private var entries = 0

    /// More entries than any machine's /sys has.
    private static let most = 1 << 22

    /// The folders and files that hwloc opens, beside where control groups are mounted.
    private static let places = [
        "/sys", "/proc/cpuinfo", "/proc/meminfo", "/proc/mounts", "/proc/self/cgroup", "/proc/self/cpuset",
        "/proc/driver/nvidia/gpus", "/proc/hwloc-nofile-info", "/run/udev/data",
    ]

    static func expectConfined(_ files: SystemFiles) throws(ProbeError) {
        guard !files.isLive else { return }
        var links = CapturedLinks(root: files.root)
        guard let problem = links.problem(places + mounts(files)) else { return }
        throw .notMachine(files.root, problem: problem)
    }

    private init(root: String) { self.root = root }

    /// Where the tree says that control groups are: hwloc reads the limits there.
    private static func mounts(_ files: SystemFiles) -> [String] {
        (files.text("/proc/mounts").value ?? "").split(separator: "\n").prefix(4096).compactMap { line in
            let words = line.split(separator: " ")
            return words.count > 2 && ["cgroup", "cgroup2", "cpuset"].contains(words[2]) ? String(words[1]) : nil
        }
    }

    private mutating func problem(_ places: [String]) -> String? {
        for place in places {
            if let problem = visit(place) { return problem }
        }
        while let folder = open.popLast() {
            if let problem = lookInto(folder) { return problem }
        }
        return nil
    }

    private mutating func lookInto(_ folder: String) -> String? {
        guard let directory = opendir(root + folder) else { return nil }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            entries += 1
            guard entries < Self.most else { return "it has more than \(Self.most) files below /sys" }
            // Of files nothing is asked: they are most of what there is.
            let kind = Int(entry.pointee.d_type)
            guard kind == Int(DT_LNK) || kind == Int(DT_DIR) || kind == Int(DT_UNKNOWN) else { continue }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            if kind == Int(DT_DIR) {
                remember(folder + "/" + name)
            } else if let problem = visit(folder + "/" + name) {
                return problem
            }
        }
        return nil
    }

    private mutating func remember(_ folder: String) {
        if seen.insert(folder).inserted { open.append(folder) }
    }

    /// Follows all links in `path`; what is wrong with one of them, else `nil` and what it leads to is remembered.
    private mutating func visit(_ path: String) -> String? {
        var rest = Array(path.split(separator: "/").reversed())
        var place: [Substring] = []
        var links = 0
        while let part = rest.popLast() {
            if part == "." { continue }
            if part == ".." {
                guard place.popLast() != nil else { return Self.leadsOut(path) }
                continue
            }
            let next = "/" + (place + [part]).joined(separator: "/")
            guard let target = Self.target(root + next) else {
                place.append(part)
                continue
            }
            links += 1
            // The kernel gives up there too.
            guard links <= 40 else { return nil }
            guard !target.hasPrefix("/") else { return Self.leadsOut(next) }
            rest += target.split(separator: "/").reversed()
        }
        remember("/" + place.joined(separator: "/"))
        return nil
    }

    private static func leadsOut(_ path: String) -> String {
        "\(path) is a link that leads out of it; in a captured tree links must be relative and stay inside"
    }

    private static func target(_ place: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            let count = buffer.baseAddress.map { readlink(place, $0, buffer.count) } ?? 0
            guard count > 0 else { return nil }
            return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
