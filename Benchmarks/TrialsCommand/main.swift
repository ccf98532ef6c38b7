import Foundation
import Trials

// trials coverage [REPETITIONS [SEED]]    coverage of printed intervals on made-up streams
// trials cheap FILE.csv                   stopping rules on recorded samples: lines of `series,seconds,seconds…`
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "coverage":
    let repetitions = arguments.count > 1 ? Int(arguments[1]) ?? 2000 : 2000
    let seed = arguments.count > 2 ? UInt64(arguments[2]) ?? 1 : 1
    var results: [Coverage] = []
    for stream in Trials.Stream.allCases {
        for (name, rules) in Coverage.suites {
            results.append(
                try await Coverage.measure(stream, suite: name, rules: rules, repetitions: repetitions, seed: seed))
        }
    }
    print(Coverage.table(results))
case "cheap" where arguments.count == 2:
    print(Cheapness.table(try SeriesFile.read(arguments[1])))
default:
    FileHandle.standardError.write(Data("usage: trials coverage [REPETITIONS [SEED]] | trials cheap FILE.csv\n".utf8))
    exit(64)
}
