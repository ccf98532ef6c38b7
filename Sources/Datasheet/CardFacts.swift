import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// IBM's AI FactSheets: purpose, domain, performance, optimal and poor conditions, provenance.
    static func factSheet(_ kernel: Kernel, _ own: [Measurement], _ reading: Reading) -> [Document.Definition] {
        let shared = own.filter { $0.isSound && $0.share != nil && reading.doubt($0) == nil }
            .sorted { ($0.share?.value ?? 0) > ($1.share?.value ?? 0) }
        func words(_ measurement: Measurement?) -> Prose {
            guard let measurement, let share = measurement.share else {
                return "not told by this run: no sound case has a share of a sound ceiling"
            }
            return Prose("\(reading.name(measurement)): \(Figures.percent(share.value)) of \(share.of)")
        }
        let poor: Prose = shared.count > 1 ? words(shared.last) : "not told by this run: one case alone"
        return [
            Document.Definition("Purpose", Prose(kernel.purpose)), Document.Definition("Domain", Prose(kernel.domain)),
            Document.Definition("Performance", performance(own, reading)),
            Document.Definition("Optimal conditions", words(shared.first)),
            Document.Definition("Poor conditions", poor),
            Document.Definition(
                "Provenance",
                "Bundle \(code: reading.bundle.id), made by Assay \(reading.bundle.tool.version), commit \(code: reading.bundle.tool.commit)"
            ),
        ]
    }

    private static func performance(_ own: [Measurement], _ reading: Reading) -> Prose {
        let widest = own.filter { $0.case.threads == own.map(\.case.threads).max() && $0.isSound }
        let words = widest.prefix(4).compactMap { measurement in
            measurement.metrics.first.map { "\(reading.name(measurement)) \(NumberColumn.text($0))" }
        }
        return words.isEmpty ? "no sound case" : Prose(words.joined(separator: "; "))
    }

    /// Front matter as Hugging Face reads it. `verified` is never set: that is for others to do.
    static func matter(
        _ kernel: Kernel, _ own: [Measurement], _ heading: String, _ reading: Reading
    ) -> [Card.Field] {
        let metrics = own.filter(\.isSound).flatMap { measurement in
            measurement.metrics.map { matterMetric($0, measurement, reading) }
        }
        let task = Card.Matter.mapping([
            Card.Field("type", .text("other")), Card.Field("name", .text(kernel.title)),
        ])
        let dataset = Card.Matter.mapping([
            Card.Field("type", .text("synthetic")),
            Card.Field("name", .text("Synthetic operands, seed \(reading.bundle.plan.seed)")),
        ])
        let result = Card.Matter.mapping([
            Card.Field("task", task), Card.Field("dataset", dataset), Card.Field("metrics", .list(metrics)),
        ])
        let index = Card.Matter.mapping([
            Card.Field("name", .text(heading)), Card.Field("results", .list(metrics.isEmpty ? [] : [result])),
        ])
        return [
            Card.Field("title", .text(heading)),
            Card.Field("description", .text("Workload card, Assay result \(reading.bundle.id)")),
            Card.Field("license", .text("cc-by-4.0")),
            Card.Field("tags", .list(["assay", "benchmark", "hardware", kernel.rawValue].map { .text($0) })),
            Card.Field("model-index", .list([index])),
        ]
    }

    private static func matterMetric(
        _ metric: Metric, _ measurement: Measurement, _ reading: Reading
    ) -> Card.Matter {
        var facts = [
            Card.Field("unit", .text(metric.unit)), Card.Field("case", .text(measurement.case.id)),
            Card.Field("threads", .number(Double(measurement.case.threads))),
            Card.Field("processes", .number(Double(metric.count))),
        ]
        if let interval = metric.interval {
            facts += [
                Card.Field("lower", .number(interval.lower)), Card.Field("upper", .number(interval.upper)),
                Card.Field("level", .number(interval.level)),
            ]
        }
        return .mapping([
            Card.Field("type", .text(metric.name)), Card.Field("value", .number(metric.value)),
            Card.Field("name", .text("\(reading.name(measurement)), \(metric.name) in \(metric.unit)")),
            Card.Field("args", .mapping(facts)),
        ])
    }
}

extension Kernel {
    /// What it computes, for whom that is news.
    var purpose: String {
        switch self {
        case .matmul: "Product of two matrices: the work of fully connected layers and of attention"
        case .convolution: "Convolution of images with filters: the work of image recognition networks"
        case .embedding: "Sums of rows gathered from large tables: the work of recommendation models"
        default: title
        }
    }

    var domain: String {
        switch self {
        case .matmul: "Dense linear algebra; transformers, recommendation models, networks of any kind"
        case .convolution: "Computer vision"
        case .embedding: "Recommendation; memory-bound work"
        default: "Limits of a machine"
        }
    }

    var uses: [Prose] {
        [
            "hold machines, libraries and data types against each other for this kernel",
            "find out how far a library is from what the machine can do",
            "not: predict a whole application, or rank products from one machine",
        ]
    }
}
