import Document
import Model
import Units

extension Datasheet {
    static func devices(_ topology: Topology) -> Document.Block {
        guard !topology.devices.isEmpty else { return .paragraph("Devices: none visible.") }
        let heads = [
            Document.Column("Device"), Document.Column("Kind"), Document.Column("Vendor, model"),
            Document.Column("Bus", folds: true), Document.Column("Link or port"), Document.Column("NUMA node"),
            Document.Column("Near processing units", folds: true),
        ]
        var table = Document.Table(caption: "Devices", columns: heads, rows: topology.devices.map(row))
        if topology.devices.contains(where: { $0.link?.isReduced == true }) {
            table.notes = [
                "“of” in a link: it runs below what device and slot could do. Links also slow down when idle."
            ]
        }
        return .table(table)
    }

    private static func row(_ device: Device) -> [Document.Cell] {
        let what = ([device.modelText].compactMap { $0 } + device.sizes).joined(separator: ", ")
        return [
            .data(device.name), .data(device.subtype.map { "\(device.kind.rawValue), \($0)" } ?? device.kind.rawValue),
            what.isEmpty ? .data("not told", .quiet) : .data(what),
            device.busId.map { .data($0) } ?? .notApplicable, link(device),
            device.numaNode.map { .data("\($0)") } ?? .notApplicable,
            device.processingUnitList.map { .data($0) } ?? .notApplicable,
        ]
    }

    private static func link(_ device: Device) -> Document.Cell {
        if let port = device.portBitsPerSecond {
            return .data(device.portText ?? "", port.value == nil ? .quiet : .none)
        }
        guard let link = device.link else { return .notApplicable }
        return .data(link.text, link.isReduced ? .bad : .none)
    }
}
