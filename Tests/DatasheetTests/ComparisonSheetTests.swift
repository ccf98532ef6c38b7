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
