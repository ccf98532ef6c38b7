import Model
import SystemFiles

/// What NVIDIA's kernel driver tells through files, without its library. Little, but without waking anything.
struct NVIDIADriver {
    private let files: SystemFiles
    private static let folder = "/proc/driver/nvidia"

    init(_ files: SystemFiles) { self.files = files }

    /// `NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22 …`: the first word that is a version. The rest
    /// of the line may name who built it.
    var version: Reported<String> {
        let path = "\(Self.folder)/version"
        switch files.line(path) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let line):
            let word = line.words.first { word in
                word.contains(".") && word.utf8.count <= 16
                    && word.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
            }
            return Reported(word.map(String.init), else: "\(path): no version in it")
        }
    }

    /// Model and VBIOS version. The file holds the UUID too, which is not looked at.
    func describe(_ accelerator: inout Accelerator) {
        guard let busId = accelerator.busId else { return }
        let path = "\(Self.folder)/gpus/\(busId)/information"
        let text = files.text(path)
        let pairs = (text.value?.lines ?? []).compactMap { $0.keyed(":") }
        func value(_ key: String) -> Reported<String> {
            let found = pairs.first { $0.key == key }?.value
            // Question marks and `N/A` stand for a device that has not been asked yet.
            let isTold = found.map { (1...128).contains($0.utf8.count) && !$0.contains("?") && $0 != "N/A" } ?? false
            return Reported(isTold ? found : nil, else: text.reason ?? "\(path): \(key) is not told")
        }
        accelerator.model = value("Model").or(accelerator.model)
        accelerator.firmwareVersion = value("Video BIOS")
    }
}
