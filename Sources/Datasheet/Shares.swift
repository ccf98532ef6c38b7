import Document
import Model
import Units

extension Datasheet {
    /// The share of the ceiling with its bar; beside it which ceiling, and in the glance how high that is.
    static func shareCell(_ measurement: Measurement, _ reading: Reading, detailed: Bool = false) -> Document.Cell {
        if measurement.case.kernel.isCeiling {
            return detailed ? .data("itself a ceiling", .quiet) : .notApplicable
        }
        guard let share = measurement.share else { return .notApplicable }
        guard share.value.isFinite, share.value >= 0 else {
            return .data("not a number: \(share.value)", .bad)
        }
        let ceiling = reading.ceiling(of: measurement)
        var of = ceiling?.case.ceilingName ?? share.of
        if detailed, let metric = ceiling?.metrics.first { of += ", \(NumberColumn.text(metric))" }
        let doubt = reading.doubt(measurement)
        let text = Figures.percent(share.value) + (doubt.map { ": " + $0.words } ?? "")
        let value = Document.Share(
            fraction: share.value, text: text, of: of, isHollow: !measurement.isSound || doubt != nil)
        return Document.Cell(
            .share(value), doubt == .aboveCeiling ? .bad : .none, quantity: shareQuantity(measurement, reading))
    }

    static func statusCell(_ measurement: Measurement) -> Document.Cell {
        switch measurement.status {
        case .valid: .data("valid", .quiet)
        case .skipped: .data("skipped")
        case .unconverged, .noisy, .failed: .data(measurement.status.rawValue, .bad)
        }
    }
}

extension Share.Doubt {
    /// What follows the percentage.
    var words: String {
        switch self {
        case .aboveCeiling: "ceiling too low"
        case .ceilingUnconverged: "ceiling unconverged"
        case .ceilingNoisy: "ceiling noisy"
        }
    }
}

extension Reading {
    /// Why a share is not to be relied on. Older bundles do not say it beside the share: there it follows from the ceiling.
    func doubt(_ measurement: Measurement) -> Share.Doubt? {
        guard let share = measurement.share else { return nil }
        if let doubt = share.doubt { return doubt }
        if share.value > 1 { return .aboveCeiling }
        return switch ceiling(of: measurement)?.status {
        case .unconverged: .ceilingUnconverged
        case .noisy: .ceilingNoisy
        default: nil
        }
    }
}

extension Case {
    /// The short name under which a ceiling stands beside shares and in the roofline.
    var ceilingName: String {
        switch kernel {
        case .peakCompute: "\(dataType.rawValue) peak"
        case .streamTriad: "triad"
        case .pointerChase: "latency"
        case .rowGather: "random rows"
        case .streamCopy: "copy"
        case .streamScale: "scale"
        case .streamAdd: "add"
        case .cacheRead: workload
        case .matmul, .convolution, .embedding, .null: workload
        }
    }
}
