import Model
import SystemFiles

/// Lists of numbers on which hwloc rests so much that it ends the process where one of them is damaged.
enum SystemLists {
    /// hwloc asserts that at least one node is online, and sets as many bits as the list says.
    private static let paths = ["/sys/devices/system/node/online"]
    /// More nodes, or processing units, than any kernel can be built for.
    private static let most = 1 << 16

    static func expectSound(_ files: SystemFiles) throws(ProbeError) {
        for path in paths where files.exists(path) {
            let list = files.line(path)
            let problem = list.value.map { isSound($0) ? nil : "\(path): not a list of numbers" } ?? list.reason
            guard let problem else { continue }
            throw files.isLive
                ? .failed("hwloc cannot read this machine", problem: problem)
                : .notMachine(files.root, problem: problem)
        }
    }

    /// `0-3,8`
    static func isSound(_ list: String) -> Bool {
        !list.isEmpty && list.utf8.count <= 4096
            && list.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { part in
                let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { end in
                    end.utf8.allSatisfy { (48...57).contains($0) } && end.utf8.count <= 6 ? Int(end) : nil
                }
                guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil else { return false }
                return first <= last && last < most
            }
    }
}
