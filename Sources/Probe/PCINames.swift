import CHwloc
import CProbe
import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// Names of vendors and devices from the PCI database, for those that hwloc left without: not every build of it knows names.
///
/// Only what is asked for is looked up, and the file is opened only where something is.
struct PCINames {
    struct Number: Hashable {
        let vendor: Int
        let device: Int
    }

    /// Where distributions keep it.
    private static let places = ["/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids"]
    /// Several times what it holds today.
    private static let mostBytes = 1 << 23
    private static let mostCharacters = 120

    private(set) var vendors: [Int: String] = [:]
    private(set) var devices: [Number: String] = [:]

    init(_ wanted: Set<Number>, _ files: SystemFiles) {
        guard !wanted.isEmpty else { return }
        for place in Self.places {
            if files.isLive ? readMapped(place, wanted) : read(files.bytes(place, atMost: Self.mostBytes), wanted) {
                return
            }
        }
    }

    private mutating func read(_ bytes: Reported<[UInt8]>, _ wanted: Set<Number>) -> Bool {
        guard case .known(let bytes) = bytes else { return false }
        bytes.withUnsafeBytes { read($0, wanted) }
        return true
    }

    /// A megabyte of which a few lines are wanted: mapped and not copied.
    private mutating func readMapped(_ place: String, _ wanted: Set<Number>) -> Bool {
        let descriptor = open(place, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, (1...Self.mostBytes).contains(Int(status.st_size)),
            let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
        else { return false }
        defer { munmap(memory, Int(status.st_size)) }
        read(UnsafeRawBufferPointer(start: memory, count: Int(status.st_size)), wanted)
        return true
    }

    /// Vendors stand at the start of a line, `10de  NVIDIA Corporation`; below each its devices after a tab, below those
    /// their makers of cards after two. Classes, `C 03`, come last.
    private mutating func read(_ all: UnsafeRawBufferPointer, _ wanted: Set<Number>) {
        for (vendor, numbers) in Dictionary(grouping: wanted, by: \.vendor) {
            guard var start = Self.place(ofVendor: vendor, in: all) else { continue }
            var open = Set(numbers.map(\.device))
            var isFirst = true
            while start < all.count, isFirst || !open.isEmpty {
                let length = Self.lineLength(UnsafeRawBufferPointer(rebasing: all[start...]))
                let line = UnsafeRawBufferPointer(rebasing: all[start..<(start + length)])
                start += line.count + 1
                if isFirst {
                    vendors[vendor] = Self.name(line, from: 4)
                    isFirst = false
                    continue
                }
                if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
                guard line.first == UInt8(ascii: "\t") else { break }
                if let device = Self.number(line, at: 1), open.remove(device) != nil {
                    devices[Number(vendor: vendor, device: device)] = Self.name(line, from: 5)
                }
            }
        }
    }

    /// Where the vendor's line begins, in a database that is sorted by vendor, as all are: a few lines are looked at, and not
    /// a megabyte. `nil` where it is not there, which a database out of order may say wrongly.
    private static func sortedPlace(ofVendor vendor: Int, in all: UnsafeRawBufferPointer) -> Int? {
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            guard let line = vendorLine(from: middle, before: high, in: all) else {
                high = middle
                continue
            }
            if line.vendor == vendor { return line.start }
            if line.vendor < vendor { low = line.start + 1 } else { high = middle }
        }
        return nil
    }

    /// The first vendor's line that begins after `place`.
    private static func vendorLine(from place: Int, before end: Int, in all: UnsafeRawBufferPointer)
        -> (start: Int, vendor: Int)?
    {
        var start = place
        while start < end {
            start += lineLength(UnsafeRawBufferPointer(rebasing: all[start...])) + 1
            guard start < end else { return nil }
            if let vendor = number(UnsafeRawBufferPointer(rebasing: all[start...].prefix(8)), at: 0) {
                return (start, vendor)
            }
        }
        return nil
    }

    /// Where the vendor's line begins: not line by line, of which there are forty thousand.
    private static func place(ofVendor vendor: Int, in all: UnsafeRawBufferPointer) -> Int? {
        let digits = String(vendor, radix: 16)
        guard vendor >= 0, digits.utf8.count <= 4, let base = all.baseAddress else { return nil }
        let mark = Array(("\n" + String(repeating: "0", count: 4 - digits.utf8.count) + digits + "  ").utf8)
        if all.starts(with: mark.dropFirst()) { return 0 }
        if let found = sortedPlace(ofVendor: vendor, in: all) { return found }
        guard let found = assay_memory_find(base, all.count, mark, mark.count) else { return nil }
        return found - base + 1
    }

    private static func lineLength(_ rest: UnsafeRawBufferPointer) -> Int {
        guard let first = rest.baseAddress, let end = memchr(first, 10, rest.count) else { return rest.count }
        return UnsafeRawPointer(end) - first
    }

    /// Four hexadecimal digits with blanks behind them.
    private static func number(_ line: UnsafeRawBufferPointer, at start: Int) -> Int? {
        guard line.count > start + 5, line[start + 4] == UInt8(ascii: " ") else { return nil }
        var number = 0
        for byte in line[start..<(start + 4)] {
            switch byte {
            case 48...57: number = number << 4 | Int(byte - 48)
            case 97...102: number = number << 4 | Int(byte - 87)
            case 65...70: number = number << 4 | Int(byte - 55)
            default: return nil
            }
        }
        return number
    }

    private static func name(_ line: UnsafeRawBufferPointer, from start: Int) -> String? {
        guard let text = String(validating: line[start...], as: UTF8.self)?.trimmed, !text.isEmpty else { return nil }
        return ShortText.plain(text, mostCharacters)
    }
}

extension HwlocTopology {
    /// Vendor and device of each PCI function by its address; none where hwloc itself has names, and so the database too.
    fileprivate borrowing func namelessFunctions() -> [String: PCINames.Number] {
        let functions = objects(HWLOC_OBJ_PCI_DEVICE)
        guard !functions.contains(where: { $0.info("PCIVendor") != nil }) else { return [:] }
        return functions.reduce(into: [:]) { numbers, object in
            guard let pci = object.attributes?.pointee.pcidev, let busId = object.busId else { return }
            numbers[busId] = PCINames.Number(vendor: Int(pci.vendor_id), device: Int(pci.device_id))
        }
    }

    /// Gives devices, and functions of the bus, the names that hwloc has not.
    borrowing func addNames(to devices: inout [Device], _ functions: inout [PCIFunction], _ files: SystemFiles) {
        let numbers = namelessFunctions()
        let wanted = Set(
            devices.compactMap { $0.busId.flatMap { numbers[$0] } } + functions.compactMap { numbers[$0.busId] })
        let names = PCINames(wanted, files)
        guard !names.vendors.isEmpty else { return }
        for index in devices.indices {
            guard let number = devices[index].busId.flatMap({ numbers[$0] }) else { continue }
            // What a driver told of them stays.
            if devices[index].vendor == PCINames.text(number.vendor), let name = names.vendors[number.vendor] {
                devices[index].vendor = name
            }
            if devices[index].model == PCINames.text(number.device), let name = names.devices[number] {
                devices[index].model = name
            }
        }
        for index in functions.indices {
            guard let number = numbers[functions[index].busId] else { continue }
            functions[index].vendor = names.vendors[number.vendor]
            functions[index].model = names.devices[number]
        }
    }
}

extension PCINames {
    /// How a device is called that has no name.
    static func text(_ number: Int) -> String { "0x" + hexadecimal(number, 4) }
}
