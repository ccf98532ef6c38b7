import Document
import Model
import Units

extension Datasheet {
    /// §7: where it is rented.
    static func cloud(_ reading: Reading) -> Document.Section {
        let block: Document.Block
        switch reading.machine.cloud {
        case .known(let cloud):
            block = .table(.facts("Where it is rented", cloudRows(cloud) + [priceRow(reading)]))
        case .noCloud:
            block = .paragraph(
                "None: neither the firmware nor, where it was asked, a metadata service names one. What was measured is no rented machine as far as can be seen."
            )
        case .unknown(let reason):
            block = .paragraph("Not known: \(reason). Provider, region and instance type are therefore not stated.")
        }
        let isPriced = reading.machine.cloud.value == nil && reading.price != nil
        let price: [Document.Block] = isPriced ? [.table(.facts("Price", [priceRow(reading)]))] : []
        return Document.Section(number: Number.cloud, title: "Cloud", blocks: [block] + price)
    }

    /// The price with what it needs to be checked.
    private static func priceRow(_ reading: Reading) -> (String, Prose) {
        guard let price = reading.price else { return ("Price", "Not stated: see \(section: Number.cost)") }
        let source = price.source.map { ", \($0)" } ?? ", source not stated"
        let terms =
            "\(money(price.amount, price)) an hour, \(price.billing.rawValue), \(price.region), \(price.date)\(source)"
        return ("Price", "\(terms): see \(section: Number.cost)")
    }

    /// What is known, a row each; then what is not, once for each reason.
    static func cloudRows(_ cloud: Cloud) -> [(String, Prose)] {
        let facts: [(String, Reported<String>)] = [
            ("Instance type", cloud.instanceType), ("Region", cloud.region), ("Zone", cloud.zone),
            ("Lifecycle", cloud.lifecycle), ("Tenancy", cloud.tenancy), ("Image", cloud.image),
            ("CPU platform", cloud.cpuPlatform), ("Memory of the instance", cloud.memoryBytes.map(Figures.bytes)),
        ]
        var rows: [(String, Prose)] = [("Provider", Prose(cloud.provider))]
        rows += facts.compactMap { name, fact in fact.value.map { (name, Prose($0)) } }
        let reasons = facts.compactMap { $0.1.reason }.unique
        rows += reasons.map { reason in
            let names = facts.filter { $0.1.reason == reason }.map { Words.lowered($0.0) }
            return ("Not known", Prose("\(Words.list(names)): \(reason)"))
        }
        if let instance = cloud.identifiers?.instance { rows.append(("Instance", Prose(instance))) }
        if let account = cloud.identifiers?.account { rows.append(("Account", Prose(account))) }
        if !cloud.evidence.isEmpty { rows.append(("Evidence", Prose(cloud.evidence.joined(separator: "; ")))) }
        return rows
    }
}
