import Model
import NVML
import SystemFiles

/// What NVML says of this machine's GPUs, or why it was not asked or does not answer.
struct NVMLAnswer {
    /// By address on the bus, and complete.
    var accelerators: [Accelerator] = []
    /// Why a device is missing above. Empty only where all were told.
    var reason: String
    /// Whether the library was wanted and failed, which is worth telling even where no device shows.
    var isFailure = false

    /// Not asked.
    init(reason: String) { self.reason = reason }

    /// Asks where that can lead somewhere: this very machine, a deep probe, and a driver or a library that a user names.
    ///
    /// - Parameter library: the file to load instead of the well-known ones.
    static func ask(_ files: SystemFiles, _ options: ProbeOptions, library: String? = nil) -> NVMLAnswer {
        guard files.isLive else { return NVMLAnswer(reason: "not known from captured files") }
        guard NVML.driverFiles.contains(where: files.exists) || NVML.isNamed(path: library) else {
            return NVMLAnswer(reason: "NVIDIA's driver is not loaded")
        }
        guard options.isDeep else { return NVMLAnswer(reason: AcceleratorProbe.shallow) }
        return NVMLAnswer(library: library, includesIdentifiers: options.includesIdentifiers)
    }

    /// Loads the library, asks everything, and shuts it down.
    init(library: String?, includesIdentifiers: Bool) {
        do throws(NVMLError) {
            let nvml = try NVML(path: library)
            var problems: [String] = []
            for device in try nvml.devices() {
                do throws(NVMLError) {
                    let device = try device.get()
                    let pci = try nvml.pci(device)
                    var accelerator = Accelerator(nvml, device, pci)
                    if includesIdentifiers {
                        accelerator.uuid = try? nvml.uuid(device)
                        accelerator.serial = try? nvml.serial(device)
                    }
                    accelerators.append(accelerator)
                } catch {
                    if !problems.contains(error.description) { problems.append(error.description) }
                }
            }
            isFailure = !problems.isEmpty
            reason = problems.isEmpty ? "NVML does not tell of it" : problems.joined(separator: "; ")
        } catch {
            isFailure = true
            reason = error.description
        }
    }
}

extension Reported {
    /// What the library answers, or its error.
    init(asking ask: () throws(NVMLError) -> Value) {
        do throws(NVMLError) {
            self = .known(try ask())
        } catch {
            self = .unknown(error.description)
        }
    }

    init(_ result: Result<Value, NVMLError>) {
        switch result {
        case .success(let value): self = .known(value)
        case .failure(let error): self = .unknown(error.description)
        }
    }
}
