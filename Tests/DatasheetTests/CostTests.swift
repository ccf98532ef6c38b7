import Datasheet
import Document
import Model
import Statistics
import Testing
import Units

/// Prices: what they make of rates, with what they must say.
struct CostTests {
    static let price = Price(
        amount: 0.36, currency: "USD", billing: .onDemand, region: "eu-central-1", date: "2026-11-20",
        source: "price page", instanceType: nil)

    private func section(_ number: Int, _ change: (inout Recording) -> Void) -> String {
        var recording = Synthetic.normal()
        change(&recording)
        return Datasheet.compose(recording).sections.first { $0.number == number }?.words ?? ""
    }

    @Test func aPriceMakesCostsWithIntervals() {
        let text = section(12) { recording in
            recording.bundle.price = Self.price
            let place =
                recording.bundle.measurements.firstIndex { $0.case.kernel == .matmul && $0.case.threads == 2 } ?? 0
            recording.bundle.measurements[place].metrics[0].value = 200e9
            recording.bundle.measurements[place].metrics[0].interval = Interval(lower: 190e9, upper: 210e9, level: 0.97)
        }
        // 0.36 USD ÷ 3600 s = 10⁻⁴ USD a second; 10¹⁸ FLOP take 5·10⁶ s at 200 GFLOP/s.
        #expect(text.contains("500"))
        #expect(text.contains("476 – 526"))
        // The sentence at the head of the section carries it too.
        #expect(text.contains("500\u{A0}USD per 10¹⁸ FLOP (95\u{202F}% interval 476 – 526) in"))
        #expect(text.contains("USD per 10¹⁸ FLOP"))
        #expect(text.contains("eu-central-1") && text.contains("2026-11-20") && text.contains("on-demand"))
        #expect(text.contains("720\u{A0}TFLOP"))
    }

    /// A sample of a scenario over a kernel is an iteration of that kernel, and nobody’s inference.
    @Test func iterationsComeByTheMillionAndAtTheirBound() {
        let text = section(12) { recording in
            recording.bundle.price = Self.price
            let place =
                recording.bundle.measurements.firstIndex { $0.case.kernel == .matmul && $0.case.threads == 2 } ?? 0
            recording.bundle.measurements[place].case.scenario = .server
            recording.bundle.measurements[place].metrics = [
                Metric(
                    name: "throughput", unit: .samplesPerSecond, better: .higher, value: 100,
                    interval: Interval(lower: 80, upper: 125, level: 0.97), count: 6)
            ]
        }
        #expect(text.contains("USD per million iterations of matrix multiply, at the latency bound"))
        #expect(!text.contains("inference"))
        #expect(text.contains("0.80 – 1.25"))
    }

    @Test func withoutAPriceThatIsSaid() {
        #expect(section(12) { _ in }.contains("none is looked up"))
        var additions = Additions()
        additions.noPrice = "list.yaml has no price of m7i.large"
        let document = Datasheet.compose(Synthetic.normal(), with: additions)
        #expect(document.sections.first { $0.number == 12 }?.finding?.text.contains("no price of m7i.large") == true)
        #expect(document.glance.facts.items.contains { $0.meaning.text.contains("no price of m7i.large") })
    }

    @Test func aPriceOfAnotherMachineIsDoubted() {
        let text = section(3) { recording in
            recording.bundle.price = Self.price
            recording.bundle.price?.instanceType = "c7i.large"
            recording.bundle.machine.cloud = .known(
                Cloud(provider: "A cloud", instanceType: .known("c7i.xlarge"), region: .known("us-east-1")))
        }
        #expect(text.contains("The price may be of another machine"))
        #expect(text.contains("c7i.xlarge") && text.contains("us-east-1"))
    }

    @Test func whatPeopleStateIsMarkedAsThat() {
        var additions = Additions()
        additions.statement = Statement(title: "A <title>", runBy: "Lab A", paidBy: nil, availability: nil)
        additions.revision = 2
        additions.vendorFigures = [
            VendorFigure(name: "Peak", value: "3.0", unit: "TFLOP/s", source: "data sheet, page 3")
        ]
        additions.price = Self.price
        let document = Datasheet.compose(Synthetic.normal(), with: additions)
        #expect(document.title == "A <title>" && document.result.contains("revision 2"))
        let identity = document.sections.first { $0.number == 1 }?.words ?? ""
        #expect(identity.contains("Lab A (as stated)") && identity.contains("Paid by\nnot stated"))
        let vendor = document.sections.first { $0.number == 8 }?.words ?? ""
        #expect(vendor.contains("data sheet, page 3") && vendor.contains("not measured"))
        #expect(document.colophon.text.contains("stated when it was rendered"))
        let plain = Datasheet.compose(Synthetic.normal()).sections.first { $0.number == 8 }?.words ?? ""
        #expect(plain.contains("none was given"))
    }

    @Test func pricesThatCannotBeCheckedAreRefused() {
        var price = Self.price
        #expect(price.problem == nil)
        for day in ["2026-02-30", "2026-13-01", "26-11-01", "2026-1-1", "today", "2026-11-31"] {
            price.date = day
            #expect(price.problem?.hasPrefix("date") == true, "\(day)")
        }
        #expect(Price.isDay("2028-02-29") && !Price.isDay("2027-02-29"))
        price = Self.price
        for amount in [0, -1, Double.nan, .infinity] {
            price.amount = amount
            #expect(price.problem?.hasPrefix("amount") == true)
        }
        price = Self.price
        price.currency = "usd"
        #expect(price.problem?.hasPrefix("currency") == true)
    }

    private func training(_ training: TrainingRun?, isPriced: Bool = true) -> String {
        var additions = Additions()
        additions.training = training
        additions.price = isPriced ? Self.price : nil
        var recording = Synthetic.normal()
        for place in recording.bundle.measurements.indices where recording.bundle.measurements[place].case.threads == 2
        {
            guard recording.bundle.measurements[place].case.kernel == .matmul,
                !recording.bundle.measurements[place].metrics.isEmpty
            else { continue }
            recording.bundle.measurements[place].metrics[0].value = 200e9
            recording.bundle.measurements[place].metrics[0].interval = Interval(lower: 190e9, upper: 210e9, level: 0.97)
        }
        return Datasheet.compose(recording, with: additions).sections.first { $0.number == 12 }?.words ?? ""
    }

    @Test func aTrainingRunIsProjectedAndSaysSo() {
        // 7.2·10¹⁷ FLOP at 200 GFLOP/s take 3.6·10⁶ s, 1 000 h; at 0.36 USD an hour 360 USD.
        let text = training(TrainingRun(flops: 7.2e17, name: "a small one"))
        #expect(text.contains("A training run of a small one, 7.20 × 10¹⁷\u{A0}FLOP, projected"))
        #expect(text.contains("\n1\u{202F}000\n952 – 1\u{202F}053\n360\n343 – 379"), "\(text)")
        #expect(text.contains("Projected, not measured") && text.contains("A real one takes longer"))
        #expect(text.contains("was stated when this sheet was rendered"))
    }

    @Test func sizesAreSixOperationsAParameterAndToken() {
        let run = TrainingRun(parameters: 7e9, tokens: 140e9)
        #expect(run.flops == 6 * 7e9 * 140e9 && run.problem == nil)
        let text = training(run)
        #expect(
            text.contains("5.88 × 10²¹\u{A0}FLOP") && text.contains("6 × 7.00 × 10⁹ parameters × 1.40 × 10¹¹ tokens"))
    }

    @Test func withoutAPriceThereAreHoursAlone() {
        let text = training(TrainingRun(flops: 7.2e17), isPriced: false)
        #expect(text.contains("none is looked up") && text.contains("952 – 1\u{202F}053"))
        #expect(!text.contains("343"))
    }

    @Test func withoutATrainingRunThatIsSaid() {
        for isPriced in [false, true] {
            #expect(training(nil, isPriced: isPriced).contains("A training run is not projected: none was stated."))
        }
    }

    @Test func runsThatAreNoneAreRefused() {
        for flops in [0, -1, Double.nan, .infinity, 1e41] {
            #expect(TrainingRun(flops: flops).problem?.hasPrefix("flops") == true)
        }
        var run = TrainingRun(parameters: 7e9, tokens: 1e12)
        run.flops = 1
        #expect(run.problem?.contains("6 ×") == true)
        run = TrainingRun(flops: 1e20)
        run.tokens = 1e12
        #expect(run.problem?.contains("go together") == true)
    }
}
