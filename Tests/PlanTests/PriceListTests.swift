import Model
import Plan
import Testing

/// Lists of prices: which entry is that of a machine, and what is wrong with a list.
struct PriceListTests {
    private static let text = """
        currency: EUR
        date: 2026-11-01
        source: price page
        prices:
          - {instance: m.large, region: west, billing: on-demand, amount: 0.10}
          - {instance: m.large, region: west, billing: spot, amount: 0.03, currency: USD}
          - {instance: m.large, region: west, billing: on-demand, amount: 0.11, date: 2026-11-20}
          - {instance: m.large, region: east, billing: on-demand, amount: 0.12}
          - {instance: m.small, region: east, billing: reserved, amount: 0.05}
        """

    private func cloud(_ type: Reported<String>, _ region: Reported<String>, lifecycle: String? = nil) -> Cloud {
        Cloud(
            provider: "A cloud", instanceType: type, region: region,
            lifecycle: Reported(lifecycle, else: "not told"))
    }

    private func reason(_ result: Result<Price, PriceList.NoPrice>) -> String {
        if case .failure(let none) = result { none.reason } else { "there is a price" }
    }

    @Test func theNewestPriceOfTypeRegionAndBillingIsTaken() throws {
        let list = try PriceList(yaml: Self.text, file: "p.yaml")
        let west = cloud(.known("m.large"), .known("west"))
        #expect(try list.price(for: west).get().amount == 0.11)
        #expect(try list.price(for: west, billing: .spot).get().currency == "USD")
        #expect(try list.price(for: cloud(.known("m.large"), .known("west"), lifecycle: "spot")).get().amount == 0.03)
        #expect(try list.price(for: cloud(.known("m.large"), .known("east"))).get().instanceType == "m.large")
    }

    @Test func noMatchIsSaid() throws {
        let list = try PriceList(yaml: Self.text, file: "p.yaml")
        #expect(reason(list.price(for: nil)).contains("no cloud is known"))
        #expect(reason(list.price(for: cloud(.unknown("not told"), .known("west")))).contains("not known: not told"))
        #expect(reason(list.price(for: cloud(.known("m.larg"), .known("west")))).contains("did you mean m.large"))
        #expect(
            reason(list.price(for: cloud(.known("m.large"), .known("south")))).contains("east, west, not for south"))
        #expect(reason(list.price(for: cloud(.known("m.small"), .known("east")))).contains("but not on-demand"))
        #expect(reason(list.price(for: cloud(.known("m.large"), .unknown("?")))).contains("several regions"))
    }

    @Test(arguments: [
        ("currency: EUR\n", "p.yaml:1: has no `prices:`"),
        ("prices: []\n", "p.yaml:1: prices: is empty"),
        ("prices:\n  - {instance: a, amount: 1}\n", "p.yaml:2: prices[0]: lacks currency, billing, region, date"),
        (
            "currency: EUR\nregion: r\nbilling: spot\ndate: 2026-11-01\nprices:\n  - instance: a\n    amount: -1\n",
            "p.yaml:7: prices[0].amount: is -1; a number above 0 is needed, per hour"
        ),
        (
            "currency: EUR\nregion: r\nbilling: spott\ndate: 2026-11-01\nprices:\n  - {instance: a, amount: 1}\n",
            "p.yaml:3: billing: unknown: spott; did you mean spot?"
        ),
        (
            "currency: euro\nregion: r\nbilling: spot\ndate: 2026-11-01\nprices:\n  - {instance: a, amount: 1}\n",
            "p.yaml:1: currency: currency: three capital letters such as USD are needed"
        ),
        ("prizes: []\n", "p.yaml:1: unknown key prizes; did you mean prices?"),
    ])
    func whatIsWrongNamesItsPlace(_ text: String, _ message: String) {
        do {
            _ = try PriceList(yaml: text, file: "p.yaml")
            Issue.record("was accepted")
        } catch { #expect("\(error)" == message) }
    }

    @Test func vendorFiguresNeedASource() throws {
        let figures = try VendorFigures.read(
            yaml: "source: sheet\nfigures:\n  - {name: Peak, value: 3.0, unit: TFLOP/s}\n", file: "v.yaml")
        #expect(figures == [VendorFigure(name: "Peak", value: "3.0", unit: "TFLOP/s", source: "sheet")])
        do {
            _ = try VendorFigures.read(yaml: "figures:\n  - {name: Peak, value: 3.0, unit: T}\n", file: "v.yaml")
            Issue.record("was accepted")
        } catch { #expect("\(error)" == "v.yaml:2: figures[0]: lacks source") }
    }
}
