import Foundation

/// Recorded series as text: a line `series,seconds` for each sample, in the order taken.
public enum SeriesFile {
    public static func read(_ path: String) throws -> [Cheapness.Series] {
        parse(try String(contentsOfFile: path, encoding: .utf8))
    }

    /// Lines that are none are left out.
    public static func parse(_ text: String) -> [Cheapness.Series] {
        var series: [Cheapness.Series] = []
        for line in text.split(separator: "\n") {
            guard let comma = line.lastIndex(of: ","), let seconds = Double(line[line.index(after: comma)...]),
                seconds > 0
            else { continue }
            let name = String(line[..<comma])
            if series.last?.name != name { series.append(Cheapness.Series(name: name, seconds: [])) }
            series[series.count - 1].seconds.append(seconds)
        }
        return series
    }
}
