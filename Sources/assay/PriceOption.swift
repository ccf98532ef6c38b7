import ArgumentParser
import Model
import Plan
import Record

/// What an hour of the machine costs, the same for every command that takes a price. Nothing is looked up.
struct PriceOption: ParsableArguments {
    @Option(help: "Price of an hour of the whole machine; --currency, --billing, --region and --price-date go with it.")
    var price: Double?

    @Option(help: "Currency of --price: three capital letters, USD.")
    var currency: String?

    @Option(help: "How it is billed: on-demand, spot or reserved. With --price-list, which entry to take.")
    var billing: String?

    @Option(help: "Region for which --price holds, as the provider names it.")
    var region: String?

    @Option(help: "Day on which --price held: 2026-11-24.")
    var priceDate: String?

    @Option(help: "Where --price stands.")
    var priceSource: String?

    @Option(
        help: ArgumentHelp("YAML file with prices of instance types; that of this machine is taken.", valueName: "file")
    )
    var priceList: String?

    var isGiven: Bool { price != nil || priceList != nil }

    func validate() throws {
        let parts = [
            ("--currency", currency), ("--billing", billing), ("--region", region), ("--price-date", priceDate),
        ]
        guard price != nil else {
            let idle = parts.filter { $0.1 != nil && !(priceList != nil && $0.0 == "--billing") }.map(\.0)
            guard idle.isEmpty, priceSource == nil else {
                throw ValidationError(
                    "\((idle + (priceSource == nil ? [] : ["--price-source"])).joined(separator: ", ")): goes with --price."
                )
            }
            _ = try billingModel()
            return
        }
        guard priceList == nil else { throw ValidationError("--price and --price-list: give one of them.") }
        let missing = parts.filter { $0.1 == nil }.map(\.0)
        guard missing.isEmpty else {
            throw ValidationError(
                "--price without date, region, currency and billing model cannot be checked by anyone; missing: "
                    + "\(missing.joined(separator: ", ")).")
        }
        if let problem = try stated(nil)?.problem { throw ValidationError("--price: \(problem).") }
    }

    /// What was asked for with `--billing`.
    func billingModel() throws -> Price.Billing? {
        guard let billing else { return nil }
        guard let model = Price.Billing(rawValue: billing) else {
            let hint = Nearest.hint(for: billing, among: Price.Billing.allCases.map(\.rawValue))
            throw ValidationError("--billing \(billing): unknown\(hint)")
        }
        return model
    }

    private func stated(_ instanceType: String?) throws -> Price? {
        guard let price, let currency, let region, let priceDate, let model = try billingModel() else { return nil }
        return Price(
            amount: price, currency: currency, billing: model, region: region, date: priceDate, source: priceSource,
            instanceType: instanceType)
    }

    /// The price for `machine`; or why the list has none.
    func resolve(_ machine: Machine) throws -> (price: Price?, reason: String?) {
        if let stated = try stated(nil) { return (stated, nil) }
        guard let priceList else { return (nil, nil) }
        let list = try PriceList(yaml: try InputText.text(priceList), file: InputText.name(priceList))
        switch list.price(for: machine.cloud.value, billing: try billingModel()) {
        case .success(let price): return (price, nil)
        case .failure(let none): return (nil, none.reason)
        }
    }
}

/// Who is behind a run, the same for every command that takes it.
struct StatementOption: ParsableArguments {
    @Option(help: "Title of the sheet instead of the one made from the machine.")
    var title: String?

    @Option(help: "Who ran it, as the sheet shall say.")
    var runBy: String?

    @Option(help: "Who paid for it, as the sheet shall say.")
    var paidBy: String?

    @Option(help: "Availability of hardware and software, as the sheet shall say.")
    var availability: String?

    func validate() throws {
        for text in [title, runBy, paidBy, availability].compactMap({ $0 }) where text.isEmpty || text.count > 300 {
            throw ValidationError("--title, --run-by, --paid-by, --availability: 1 to 300 characters.")
        }
    }

    var statement: Statement {
        Statement(title: title, runBy: runBy, paidBy: paidBy, availability: availability)
    }
}
