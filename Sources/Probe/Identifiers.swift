import Model
import SystemFiles

/// What tells this machine from every other. Read only for who asks for it; nothing here may be used anywhere else.
enum Identifiers {
    private static let firmware = "/sys/class/dmi/id"
    private static let most = 256

    static func read(_ files: SystemFiles) -> [Identifier] {
        let plain: [(String, String)] = [
            ("hostName", "/proc/sys/kernel/hostname"), ("machineId", "/etc/machine-id"),
            ("productSerial", "\(firmware)/product_serial"), ("productUuid", "\(firmware)/product_uuid"),
            ("boardSerial", "\(firmware)/board_serial"), ("chassisSerial", "\(firmware)/chassis_serial"),
            ("chassisAssetTag", "\(firmware)/chassis_asset_tag"), ("kernelCommandLine", "/proc/cmdline"),
        ]
        let single = plain.map { Identifier(name: $0.0, value: files.line($0.1).map { ShortText.plain($0, 4096) }) }
        return single + containers(files) + hardwareAddresses(files) + networkAddresses(files) + disks(files)
    }

    /// The container's name and number as the runtime wrote them, else what its control group is called.
    private static func containers(_ files: SystemFiles) -> [Identifier] {
        let told = files.text("/run/.containerenv").value?.lines.compactMap { $0.keyed("=") } ?? []
        func value(_ key: String) -> String? {
            told.first { $0.key == key }.map { ShortText.plain($0.value.filter { $0 != "\"" }, most) }
        }
        let group = files.text("/proc/self/cgroup").value?.lines.lazy.compactMap { ControlGroupName.identifier($0) }
            .first
        let found = [("containerId", value("id") ?? group), ("containerName", value("name"))]
        return found.compactMap { name, value in value.map { Identifier(name: name, value: .known($0)) } }
    }

    private static func hardwareAddresses(_ files: SystemFiles) -> [Identifier] {
        let folder = "/sys/class/net"
        return files.names(in: folder).filter { $0 != "lo" }.prefix(most).map { name in
            Identifier(name: "hardwareAddress.\(name)", value: files.line("\(folder)/\(name)/address").map(short))
        }
    }

    private static func disks(_ files: SystemFiles) -> [Identifier] {
        let folder = "/sys/class/block"
        return files.names(in: folder).prefix(most).compactMap { name in
            files.line("\(folder)/\(name)/device/serial").value.map {
                Identifier(name: "diskSerial.\(name)", value: .known(short($0)))
            }
        }
    }

    private static func networkAddresses(_ files: SystemFiles) -> [Identifier] {
        let four = files.text("/proc/net/fib_trie").value.map { NetworkAddresses.version4($0) } ?? []
        let six = files.text("/proc/net/if_inet6").value.map { NetworkAddresses.version6($0) } ?? []
        return (four + six).prefix(most).map { Identifier(name: "networkAddress", value: .known($0)) }
    }

    private static func short(_ text: String) -> String { ShortText.plain(text, most) }
}

/// Names of control groups that belong to containers.
enum ControlGroupName {
    /// The run of at least 32 hexadecimal digits that ends the path: `/docker/0a1b…`, `/libpod-0a1b….scope`.
    static func identifier(_ line: Substring) -> String? {
        let last = line.split(separator: "/").last ?? ""
        let runs = last.split { !($0.isHexDigit && $0.isASCII) }
        return runs.first { (32...64).contains($0.count) }.map(String.init)
    }
}

/// Addresses of this machine's network interfaces, but those that every machine has.
enum NetworkAddresses {
    /// /proc/net/fib_trie draws a tree, in which an own address stands above the line `/32 host LOCAL`.
    static func version4(_ text: String) -> [String] {
        var found: [String] = []
        var last = ""
        for line in text.lines {
            let words = line.words
            if words.count == 2, words[0] == "|--" { last = String(words[1]) }
            if words == ["/32", "host", "LOCAL"], !last.hasPrefix("127."),
                last.allSatisfy({ "0123456789.".contains($0) }),
                !last.isEmpty, !found.contains(last)
            {
                found.append(last)
            }
        }
        return found
    }

    /// `fe80000000000000025056fffec00001 02 40 20 80     eth0`
    static func version6(_ text: String) -> [String] {
        text.lines.compactMap { line in
            let words = line.words
            guard words.count == 6, words[0].utf8.count == 32, words[0].allSatisfy(\.isHexDigit), words[5] != "lo"
            else {
                return nil
            }
            let digits = Array(words[0])
            let groups = stride(from: 0, to: 32, by: 4).map { String(digits[$0..<$0 + 4]) }
            return groups.joined(separator: ":")
        }
    }
}
