/// What an hour of the whole machine costs, as somebody stated it. Nothing is looked up.
///
/// Without date, region and billing model a price says nothing that could be checked, so none of the three may be missing.
public struct Price: Codable, Sendable, Equatable {
    public enum Billing: String, Codable, Sendable, CaseIterable {
        case onDemand = "on-demand"
        case spot, reserved
    }
    /// Per hour, in the currency's main unit.
    public var amount: Double
    /// Three capital letters of ISO 4217: `USD`.
    public var currency: String
    public var billing: Billing
    /// As the provider names it: `eu-central-1`.
    public var region: String
    /// The day on which it held: `2026-11-24`.
    public var date: String
    /// Where it stands; absent where that was not said.
    public var source: String?
    /// For which instance type it holds; absent where that was not said.
    public var instanceType: String?

    public init(
        amount: Double, currency: String, billing: Billing, region: String, date: String, source: String? = nil,
        instanceType: String? = nil
    ) {
        self.amount = amount
        self.currency = currency
        self.billing = billing
        self.region = region
        self.date = date
        self.source = source
        self.instanceType = instanceType
    }

    /// Whether `text` is a currency as ISO 4217 writes it.
    public static func isCurrency(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) }
    }

    /// Whether `text` is a day as ISO 8601 writes it.
    public static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return year >= 1990 && (1...days[month - 1]).contains(day)
    }

    /// What is wrong with it, in words; `nil` where nothing is.
    public var problem: String? {
        if !(amount.isFinite && amount > 0 && amount < 1e9) { return "amount: a number above 0 is needed, per hour" }
        if !Self.isCurrency(currency) { return "currency: three capital letters such as USD are needed" }
        if !Self.isDay(date) { return "date: a day such as 2026-11-24 is needed" }
        if region.isEmpty { return "region: is empty" }
        return nil
    }
}

/// What the people behind a sheet say of it and of themselves: stated, never found out.
public struct Statement: Codable, Sendable, Equatable {
    public var title: String?
    public var runBy: String?
    public var paidBy: String?
    /// Of the hardware and the software: whether and since when one can have them.
    public var availability: String?

    public init(title: String? = nil, runBy: String? = nil, paidBy: String? = nil, availability: String? = nil) {
        self.title = title
        self.runBy = runBy
        self.paidBy = paidBy
        self.availability = availability
    }

    public var isEmpty: Bool { title == nil && runBy == nil && paidBy == nil && availability == nil }

    /// Where `other` says something, that; else what is said here.
    public func overridden(by other: Statement) -> Statement {
        Statement(
            title: other.title ?? title, runBy: other.runBy ?? runBy, paidBy: other.paidBy ?? paidBy,
            availability: other.availability ?? availability)
    }
}

/// What a vendor says of the hardware, with where it says so. Never mixed with measurements.
public struct VendorFigure: Codable, Sendable, Equatable {
    public var name: String
    /// As the vendor writes it.
    public var value: String
    public var unit: String
    public var source: String
    public var note: String?

    public init(name: String, value: String, unit: String, source: String, note: String? = nil) {
        self.name = name
        self.value = value
        self.unit = unit
        self.source = source
        self.note = note
    }
}
