import Document
import Model
import Statistics
import Units

/// The command that makes a sheet again, with everything that was given beside the bundle.
///
/// Of files that were given only what they held is known: they stand as PRICES and VENDOR, as the bundle stands as DIRECTORY.
struct SheetCommand {
    private(set) var words = ["assay", "datasheet", "DIRECTORY"]
    /// What stands for a file that was given.
    private(set) var files: [String] = []

    init(_ reading: Reading) {
        let additions = reading.additions
        take("--title", additions.statement.title)
        take("--run-by", additions.statement.runBy)
        take("--paid-by", additions.statement.paidBy)
        take("--availability", additions.statement.availability)
        if additions.revision > 1 { take("--revision", "\(additions.revision)") }
        price(additions)
        if !additions.vendorFigures.isEmpty { file("--vendor-figures", "VENDOR") }
        if let training = additions.training { self.training(training) }
        versus(additions.versus)
        if additions.includesIdentifiers, Datasheet.hasIdentifiers(reading.machine) {
            words.append("--include-identifiers")
        }
    }

    var text: String { words.joined(separator: " ") }

    /// `this sheet again, byte for byte`, and what the words in capitals stand for.
    var about: String {
        let named = files.isEmpty ? "" : "; \(Words.list(files)): the file\(files.count == 1 ? "" : "s") given for it"
        return "this sheet again, byte for byte; --format and --front-matter choose its form" + named
    }

    private mutating func take(_ option: String, _ value: String?) {
        guard let value else { return }
        words += [option, Words.shell(value)]
    }

    private mutating func file(_ option: String, _ name: String) {
        words += [option, name]
        files.append(name)
    }

    /// A price of an instance type came from a list; so did the reason why there is none.
    private mutating func price(_ additions: Additions) {
        guard let price = additions.price, price.instanceType == nil else {
            if additions.price != nil || additions.noPrice != nil {
                file("--price-list", "PRICES")
                take("--billing", (additions.price?.billing ?? additions.billing)?.rawValue)
            }
            return
        }
        take("--price", "\(price.amount)")
        take("--currency", price.currency)
        take("--billing", price.billing.rawValue)
        take("--region", price.region)
        take("--price-date", price.date)
        take("--price-source", price.source)
    }

    private mutating func training(_ run: TrainingRun) {
        if let parameters = run.parameters, let tokens = run.tokens {
            take("--training-parameters", "\(parameters)")
            take("--training-tokens", "\(tokens)")
        } else {
            take("--training-flop", "\(run.flops)")
        }
        take("--training-name", run.name)
    }

    private mutating func versus(_ all: [Versus]) {
        guard let first = all.first?.comparison else { return }
        words.append("--versus")
        words += all.map { Words.shell($0.comparison.base.first?.name ?? "OTHER") }
        if !first.acknowledged.isEmpty {
            take("--acknowledge", first.acknowledged.map(\.rawValue).joined(separator: ","))
        }
        // Without it the bundle that does not hold is refused.
        if all.contains(where: \.isUnverified) { words.append("--unverified") }
        // Only where somebody asked for an effect is it the null hypothesis.
        if let null = first.pairs.compactMap(\.margin?.null).first(where: { $0 > 0 }) {
            take("--max-regression", "\(((Logarithm.ratio(null) - 1) * 1e6).rounded() / 1e6)")
        }
    }
}
