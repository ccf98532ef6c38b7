import Datasheet
import Document
import Foundation
import Judge
import Model
import Testing

/// §13, and what the first half page says of it.
struct ComparisonSheetTests {
    private func versus(_ change: (inout Comparison) -> Void = { _ in }) -> Versus {
        var options = Judge.Options()
        options.resamples = 0
        options.relation = .machines
        let run = Synthetic.normal()
        var comparison = Judge.compare(
            base: [RunValues(run, name: "theirs")], new: RunValues(run), options: options)
        change(&comparison)
        return Versus(comparison: comparison, other: run.bundle)
    }

    private func document(_ versus: Versus...) -> Document {
        var additions = Additions()
        additions.versus = versus
        return Datasheet.compose(Synthetic.normal(), with: additions)
    }

    private func section(_ document: Document) -> Document.Section? { document.sections.first { $0.number == 13 } }

    private func tables(_ blocks: [Document.Block]) -> [Document.Table] {
        blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    }

    /// A ratio never stands without the two values it is of, each in a column of its own.
    @Test func bothValuesHaveAColumn() throws {
        let blocks = try #require(section(document(versus()))).blocks
        let ratios = tables(blocks).filter { $0.columns.contains { $0.title == "Ratio" } }
        #expect(ratios.count >= 2)
        for table in ratios {
            let heads = table.columns.map(\.title)
            #expect(heads.contains("theirs") && heads.contains("This machine"))
        }
    }

    /// Three machines stand in one table: their values side by side, then ratio and verdict against each.
    @Test func threeMachinesStandSideBySide() throws {
        let older = versus { comparison in
            comparison.base[0].name = "older"
            for place in comparison.pairs.indices { comparison.pairs[place].base?.value /= 2 }
            comparison.pairs.removeLast()
        }
        let section = try #require(self.section(document(versus(), older)))
        let table = try #require(tables(section.blocks).first)
        let heads = table.columns.map(\.title)
        #expect(heads.prefix(6) == ["Case", "This machine", "theirs", "older", "Unit", "n"])
        #expect(heads.contains("Against theirs, adjusted p") && heads.contains("Against older, adjusted p"))
        let rows = table.groups.flatMap(\.rows).map { $0.map(\.words) }
        #expect(rows.count == versus().comparison.pairs.count && rows.allSatisfy { $0.count == heads.count })
        let matmul = try #require(rows.first { $0[0].hasPrefix("matmul 1024³ f32 · onednn · 2 threads") })
        #expect(matmul[1] == matmul[2] && matmul[1] != matmul[3] && matmul[5] == "6, 6, 6")
        #expect(matmul[6].hasPrefix("1.000 ("), "\(matmul)")
        // The case that the older one lacks.
        #expect(rows.last?.last == "not measured there" && rows.last?[3].isEmpty == true)
        #expect(rows.last?[5].hasSuffix("–") == true)
    }

    @Test func twoMachinesNeedNoSuchTable() throws {
        let section = try #require(self.section(document(versus())))
        #expect(!tables(section.blocks).contains { $0.caption.contains("side by side") })
        let own = try #require(tables(section.blocks).first { $0.caption == "Every metric of both" })
        let heads = own.columns.map(\.title)
        #expect(heads.contains("n") && heads.contains("p"))
        #expect(own.groups.flatMap(\.rows).first?[4].words == "6, 6")
    }

    /// A sentence that ends many reasons would make tall rows of one and the same words.
    @Test func whatManyReasonsShareIsSaidOnce() throws {
        let same = versus { comparison in
            for place in comparison.pairs.indices.prefix(4) {
                comparison.pairs[place].reason =
                    "smallest change \(place)\(place < 3 ? "; runs differ by as much" : "")"
            }
        }
        let section = try #require(self.section(document(same)))
        let own = try #require(tables(section.blocks).first { $0.caption == "Every metric of both" })
        let reasons = own.groups.flatMap(\.rows).compactMap(\.last).map(\.words)
        #expect(
            reasons.prefix(4) == [
                "smallest change 0*", "smallest change 1*", "smallest change 2*", "smallest change 3",
            ])
        #expect(own.notes.first?.text == "* Runs differ by as much.")
    }

    @Test func fourOthersMakeTwoTables() throws {
        let section = try #require(self.section(document(versus(), versus(), versus(), versus())))
        #expect(tables(section.blocks).count { $0.caption.contains("side by side") } == 2)
    }

    /// Thirty cases more, of two numbers of threads: each is named, and none is mixed with ceilings.
    @Test func aMeanNamesEveryCaseOfItsSet() throws {
        let many = versus { comparison in
            guard let pair = comparison.pairs.first(where: { $0.case.kernel == .matmul && $0.metric == "throughput" })
            else { return }
            for number in 0..<30 {
                var copy = pair
                copy.case.workload = "matmul number \(number)"
                copy.case.threads = number % 2 + 1
                copy.verdict = .equivalent
                comparison.pairs.append(copy)
            }
        }
        let section = try #require(self.section(document(many)))
        for number in 0..<30 { #expect(section.words.contains("matmul number \(number) ·")) }
        #expect(!section.words.contains("more)") && !section.words.contains("and 18 more"))
        let means = try #require(tables(section.blocks).first { $0.caption.hasPrefix("Geometric means") })
        let sets = means.groups.flatMap(\.rows).map { $0[0].words }
        #expect(Set(sets).count == sets.count)
        #expect(sets.contains { $0.contains("kernels in FLOP/s, one thread") })
        #expect(sets.contains { $0.contains("kernels in FLOP/s, two threads") })
        let names = section.words.components(separatedBy: "\n").filter {
            $0.contains("matmul number 0 ·") && $0.contains(", ")
        }
        #expect(!names.isEmpty)
        for line in names { #expect(!line.contains("peak") && !line.contains("matmul number 1 ·")) }
    }

    /// What was refused without it has to be asked for again.
    @Test func theCommandSaysThatABundleWasNotVerified() {
        func command(_ versus: Versus) -> String { document(versus).sections.first { $0.number == 15 }?.words ?? "" }
        #expect(!command(versus()).contains("--unverified"))
        var doubtful = versus()
        doubtful.isUnverified = true
        #expect(command(doubtful).contains("--versus theirs --unverified"))
    }

    @Test func theCommandKeepsWhatWasAskedOfAPriceList() {
        var additions = Additions()
        additions.noPrice = "prices.yaml has c7i.large in eu-central-1, but not spot"
        additions.billing = .spot
        let document = Datasheet.compose(Synthetic.normal(), with: additions)
        let words = document.sections.first { $0.number == 15 }?.words ?? ""
        #expect(words.contains("--price-list PRICES --billing spot"))
    }

    @Test func theFirstHalfPageHasTheVerdicts() throws {
        let document = document(versus(), versus { $0.base[0].name = "older" })
        let facts = document.glance.facts.items
        for name in ["theirs", "older"] {
            let fact = try #require(facts.first { $0.term == "Against \(name)" })
            #expect(fact.meaning.text.hasPrefix(Datasheet.summary(versus().comparison)))
        }
        let none = Datasheet.compose(Synthetic.normal()).glance.facts.items
        #expect(!none.contains { $0.term.hasPrefix("Against") })
    }
}
