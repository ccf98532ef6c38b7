public import Model

/// The control groups this process is in, from its own up to the root, as directories.
///
/// Their names hold container identifiers, so no path below the mount point may appear in a reason.
public struct ControlGroups: Sendable {
    /// 2 where processor time is governed by the unified hierarchy, else 1.
    public let version: Reported<Int>
    private let files: SystemFiles
    private let groups: [Group]
    private let mounts: [Mount]

    private struct Group: Sendable {
        /// Controllers of a version 1 hierarchy; empty for version 2.
        let controllers: [Substring]
        let path: String
    }

    private struct Mount: Sendable {
        let root: String
        let point: String
        let isUnified: Bool
        let options: [Substring]
    }

    public init(_ files: SystemFiles) {
        self.files = files
        let text = files.text("/proc/self/cgroup")
        groups = text.value.map(Self.groups) ?? []
        mounts = files.text("/proc/self/mountinfo").value.map(Self.mounts) ?? []
        let hasOld = groups.contains { $0.controllers.contains("cpu") || $0.controllers.contains("memory") }
        version =
            groups.isEmpty
            ? .unknown(text.reason ?? "/proc/self/cgroup names no group") : .known(hasOld ? 1 : 2)
    }

    /// Directories in which the files of `controller` lie, innermost first.
    public func directories(_ controller: String) -> [String] {
        let isUnified = version.value == 2
        let group = groups.first { isUnified ? $0.controllers.isEmpty : $0.controllers.contains { $0 == controller } }
        guard let group else { return [] }
        let mount = mounts.first { isUnified ? $0.isUnified : $0.options.contains { $0 == controller } }
        let point = mount?.point ?? (isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/\(controller)")
        var path = group.path
        // Inside a container the group's path may be the host's, of which only the part below the mount's root is seen.
        if let root = mount?.root, root != "/", path == root || path.hasPrefix(root + "/") {
            path = String(path.dropFirst(root.count))
        }
        guard !path.split(separator: "/").contains("..") else { return [point] }
        return Self.ancestors(path).map { point + $0 }
    }

    /// `/a/b`, `/a`, and the empty path of the mount point itself.
    private static func ancestors(_ path: String) -> [String] {
        var ancestors = [""]
        for part in path.split(separator: "/").prefix(64) {
            ancestors.append("\(ancestors[ancestors.count - 1])/\(part)")
        }
        return ancestors.reversed()
    }

    /// Lines such as `4:cpu,cpuacct:/path` and `0::/path`.
    private static func groups(_ text: String) -> [Group] {
        text.lines.compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[2].hasPrefix("/") else { return nil }
            return Group(controllers: parts[1].split(separator: ","), path: String(parts[2]))
        }
    }

    /// `36 35 0:32 /root /sys/fs/cgroup/cpu rw shared:9 - cgroup cgroup rw,cpu`: the fourth and fifth fields, and what
    /// follows the dash.
    private static func mounts(_ text: String) -> [Mount] {
        text.lines.compactMap { line in
            let fields = line.words
            guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count >= dash + 4,
                fields[dash + 1] == "cgroup" || fields[dash + 1] == "cgroup2"
            else { return nil }
            return Mount(
                root: String(fields[3]), point: String(fields[4]), isUnified: fields[dash + 1] == "cgroup2",
                options: fields[dash + 3].split(separator: ","))
        }
    }
}
