public import Model

/// What hours of many instance types cost, as somebody wrote it into a YAML file.
///
///     currency: USD
///     date: 2026-11-24
///     source: price page of the provider
///     prices:
///       - {instance: c7i.4xlarge, region: eu-central-1, billing: on-demand, amount: 0.8568}
///
/// What stands at the top holds for every entry that does not say otherwise.
public struct PriceList: Sendable, Equatable {
    public var file: String
    public var prices: [Price]

    public init(yaml text: String, file: String) throws(PlanError) {
        self.file = file
        let document = try YAMLDocument(text, file: file, what: "price list")
        let top = try document.value.mapping(["currency", "billing", "region", "date", "source", "prices"])
        guard let list = top["prices"] else { throw document.value.problem("has no `prices:`") }
        var prices: [Price] = []
        for entry in try list.list() { prices.append(try Self.price(entry, top)) }
        guard !prices.isEmpty else { throw list.problem("is empty") }
        self.prices = prices
    }

    private static func price(_ entry: YAMLValue, _ top: [String: YAMLValue]) throws(PlanError) -> Price {
        let parts = try entry.mapping(["instance", "amount", "currency", "billing", "region", "date", "source"])
        func part(_ name: String) -> YAMLValue? { parts[name] ?? top[name] }
        let missing =
            ["instance", "amount"].filter { parts[$0] == nil }
            + ["currency", "billing", "region", "date"].filter { part($0) == nil }
        guard missing.isEmpty, let instance = parts["instance"], let amount = parts["amount"],
            let currency = part("currency"), let billing = part("billing"), let region = part("region"),
            let date = part("date")
        else { throw entry.problem("lacks \(missing.joined(separator: ", "))") }
        let price = Price(
            amount: try amount.amount(), currency: try currency.string(),
            billing: try billing.choice(Price.Billing.self),
            region: try region.string(), date: try date.string(), source: try part("source")?.string(),
            instanceType: try instance.string())
        if let problem = price.problem {
            let place = ["amount": amount, "currency": currency, "date": date, "region": region]
            throw (place[String(problem.prefix { $0 != ":" })] ?? entry).problem(problem)
        }
        return price
    }

    /// The price of `cloud`: of its instance type, its region where that is known, and the billing model asked for, else its
    /// lifecycle's. Of several the newest. A reason where there is none.
    public func price(for cloud: Cloud?, billing: Price.Billing? = nil) -> Result<Price, NoPrice> {
        guard let cloud else { return .failure(NoPrice("\(file) is for instance types; no cloud is known here")) }
        guard let type = cloud.instanceType.value else {
            let reason = cloud.instanceType.reason ?? "no reason recorded"
            return .failure(NoPrice("the instance type is not known: \(reason)"))
        }
        let typed = prices.filter { $0.instanceType == type }
        guard !typed.isEmpty else {
            let hint = Nearest.hint(
                for: type, among: Array(Set(prices.compactMap(\.instanceType))).sorted().prefixed(8))
            return .failure(NoPrice("\(file) has no price of \(type)\(hint)"))
        }
        let placed = cloud.region.value.map { region in typed.filter { $0.region == region } } ?? typed
        guard !placed.isEmpty else {
            let regions = Set(typed.map(\.region)).sorted().joined(separator: ", ")
            return .failure(NoPrice("\(file) has \(type) for \(regions), not for \(cloud.region.value ?? "")"))
        }
        let wanted = billing ?? (cloud.lifecycle.value == "spot" ? .spot : .onDemand)
        let billed = placed.filter { $0.billing == wanted }
        guard let price = billed.max(by: { $0.date < $1.date }) else {
            return .failure(NoPrice("\(file) has \(type) in \(placed[0].region), but not \(wanted.rawValue)"))
        }
        guard Set(billed.map(\.region)).count == 1 else {
            return .failure(NoPrice("\(file) has \(type) for several regions, and the machine’s is not known"))
        }
        return .success(price)
    }

    /// Why a list has no price for a machine.
    public struct NoPrice: Error, Equatable {
        public var reason: String
        init(_ reason: String) { self.reason = reason }
    }
}

extension Array {
    fileprivate func prefixed(_ count: Int) -> [Element] { Array(prefix(count)) }
}
