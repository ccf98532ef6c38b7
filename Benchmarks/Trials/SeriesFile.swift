import Foundation

/// Recorded series as text: lines `series,seconds,seconds…`, samples in the order taken.
public enum SeriesFile {
    public static func read(_ path: String) throws -> [Cheapness.Series] {
        parse(try String(contentsOfFile: path, encoding: .utf8))
    }

    /// What is no number above 0 is left out; lines of one name that follow each other are one series.
    public static func parse(_ text: String) -> [Cheapness.Series] {
        var series: [Cheapness.Series] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ",")
            let seconds = fields.dropFirst().compactMap { Double($0) }.filter { $0 > 0 && $0.isFinite }
            guard let name = fields.first.map(String.init), !seconds.isEmpty else { continue }
            if series.last?.name != name { series.append(Cheapness.Series(name: name, seconds: [])) }
            series[series.count - 1].seconds += seconds
        }
        return series
    }
}
