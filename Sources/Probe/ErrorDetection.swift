import Model
import SystemFiles

/// The kernel's error detection and correction (EDAC): memory controllers and what they counted.
struct ErrorDetection {
    private static let folder = "/sys/devices/system/edac/mc"
    /// More than any machine has of either, and still quickly read.
    private static let most = 64

    let controllers: Reported<[MemoryController]>
    let channels: Reported<Int>

    /// - Parameter vendor: Of the processor, which decides on the driver.
    init(_ files: SystemFiles, vendor: Reported<String>, hypervisor: Reported<String>) {
        let numbers = Self.numbers(files, Self.folder, "mc")
        guard !numbers.isEmpty else {
            let absence = Self.absence(vendor, hypervisor)
            controllers = .unknown(absence)
            channels = .unknown(absence)
            return
        }
        let found = numbers.map { number in
            (number, modules: Self.modules(files, "\(Self.folder)/mc\(number)"))
        }
        controllers = .known(found.map { MemoryController(files, "\(Self.folder)/mc\($0.0)", $0.0, $0.modules) })
        let places = found.flatMap { controller in
            controller.modules.map { module in
                files.line("\(module)/dimm_location").value.flatMap(Self.channel).map { "\(controller.0) \($0)" }
            }
        }
        channels =
            places.isEmpty || places.contains(nil)
            ? .unknown("EDAC does not tell the channel of every module") : .known(Set(places).count)
    }

    private static func absence(_ vendor: Reported<String>, _ hypervisor: Reported<String>) -> String {
        let nothing = "no memory controller under \(folder)"
        if let name = hypervisor.value, name != "none" { return "\(nothing): \(name) does not pass it on" }
        guard hypervisor.value != nil else { return "\(nothing): no driver is loaded, or this is a guest" }
        switch vendor.value {
        case "AuthenticAMD": return "\(nothing): no driver is loaded: sudo modprobe amd64_edac"
        case "GenuineIntel":
            return "\(nothing): no driver is loaded: sudo modprobe i10nm_edac, or skx_edac before Ice Lake"
        default: return "\(nothing): no driver is loaded"
        }
    }

    /// Folders named with `prefix` and a number, as numbers.
    private static func numbers(_ files: SystemFiles, _ folder: String, _ prefix: String) -> [Int] {
        let names = files.names(in: folder).filter { $0.hasPrefix(prefix) }
        return names.compactMap { Int($0.dropFirst(prefix.count)) }.filter { $0 >= 0 }.sorted().prefix(most)
            .map { $0 }
    }

    /// Modules of a controller, or ranks where the driver knows no modules.
    private static func modules(_ files: SystemFiles, _ controller: String) -> [String] {
        for kind in ["dimm", "rank"] {
            let numbers = numbers(files, controller, kind)
            if !numbers.isEmpty { return numbers.map { "\(controller)/\(kind)\($0)" } }
        }
        return []
    }

    /// `csrow 0 channel 1`, `memory 0 channel 2 slot 0`: without the place on the channel.
    private static func channel(_ location: String) -> String? {
        let words = location.words
        guard let place = words.firstIndex(of: "channel"), place + 1 < words.count else { return nil }
        let branch = words.firstIndex(of: "branch").flatMap { $0 + 1 < words.count ? "\(words[$0 + 1]) " : nil } ?? ""
        return branch + words[place + 1].prefix(16)
    }
}

extension MemoryController {
    /// Type and correction of the first module stand for all: a controller drives modules of one kind.
    fileprivate init(_ files: SystemFiles, _ folder: String, _ index: Int, _ modules: [String]) {
        let first = modules.first
        let none = "\(folder) has no module"
        func text(_ path: String) -> Reported<String> { files.line(path).map { String($0.prefix(64)) } }
        self.init(
            index: index, name: text("\(folder)/mc_name"), bytes: Self.mebibytes(files, "\(folder)/size_mb"),
            modules: modules.count,
            memoryType: first.map { text("\($0)/dimm_mem_type") } ?? .unknown(none),
            errorCorrection: first.map { text("\($0)/dimm_edac_mode") } ?? .unknown(none),
            correctedErrors: Self.count(files, "\(folder)/ce_count"),
            uncorrectedErrors: Self.count(files, "\(folder)/ue_count"))
    }

    private static func count(_ files: SystemFiles, _ path: String) -> Reported<Int> {
        guard case .known(let value) = files.integer(path) else { return files.integer(path) }
        return value >= 0 ? .known(value) : .unknown("\(path): negative")
    }

    private static func mebibytes(_ files: SystemFiles, _ path: String) -> Reported<UInt64> {
        switch count(files, path) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let value):
            let (bytes, overflow) = UInt64(value).multipliedReportingOverflow(by: 1 << 20)
            return overflow || value == 0 ? .unknown("\(path): \(value) makes no sense") : .known(bytes)
        }
    }
}
