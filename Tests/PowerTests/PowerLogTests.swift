import Model
import Testing

@testable import Power

private let berlin: @Sendable (Double) -> Double = { _ in 3600 }

private func log(_ text: String) throws -> PowerLog { try PowerLog(text, zone: berlin) }

@Suite struct PowerLogTests {
    @Test func pairsAsPTDaemonWritesThem() throws {
        let log = try log(
            """
            Time,11-23-2026 10:00:00.500,Watts,101.25,Volts,229.9,Amps,0.44,PF,0.99,Mark,notset
            Time,11-23-2026 10:00:01.500,Watts,102.5,Volts,229.9,Amps,0.44,PF,0.99,Mark,run
            """)
        #expect(log.entries.map(\.watts) == [101.25, 102.5])
        // 10:00 in a zone one hour east of UTC.
        #expect(log.entries[0].epoch == 1_795_424_400.5)
        #expect(log.entries[1].epoch - log.entries[0].epoch == 1)
    }

    @Test(arguments: [
        "Time,Watts\n2026-11-23T10:00:00+01:00,5\n2026-11-23T09:00:01Z,6\n",
        "\u{FEFF}\"Timestamp\",\"Power (W)\"\r\n\"2026-11-23 10:00:00\",5\r\n\"2026-11-23 10:00:01\",6\r\n",
        "# meter\n\nepoch;volts;watts\n1795424400;230;5\n1795424401.0;230;6",
        "time,watts\n1795424400000,5\n1795424401000,6\n",
        "Store No.,Date,Time,Millisecond,U-E1,P-E1\n1,2026/11/23,10:00:00,0,230,5\n2,2026/11/23,10:00:01,0,230,6\n",
    ])
    func headersAndStamps(_ text: String) throws {
        let log = try log(text)
        #expect(log.entries.map(\.watts) == [5, 6])
        #expect(log.entries.map(\.epoch) == [1_795_424_400, 1_795_424_401])
    }

    @Test(arguments: [
        ("", "holds 0 readings; at least two are needed"),
        ("Time,Watts\n1795424400,5\n", "holds 1 readings; at least two are needed"),
        ("hello\n1,2\n", "line 1: neither “Time,…,Watts,…” nor a header with a column Time"),
        ("time,volts\n1,2\n", "line 1: its header names no column Watts"),
        ("time,watts\n1795424400,5\n1795424401,lots\n", "line 3: “lots” is no power in watts"),
        ("time,watts\n1795424400,5\n1795424401,nan\n", "line 3: “nan” is no power in watts"),
        ("time,watts\n1795424400,5\n1795424401,-1\n", "line 3: “-1” is no power in watts"),
        ("time,watts\n1795424400,5\n1795424401\n", "line 3: column 2 is missing"),
        ("time,watts\n1795424400,5\n1795424399,5\n", "line 3: its time, 1795424399, is not after the line before"),
        ("Time,11-23-2026 10:00:00,Volts,1\n", "line 1: no Watts after the time"),
        ("Time,11-23-2026 10:00:00,Watts\n", "line 1: nothing after Watts"),
    ])
    func whatIsWrongIsNamedWithItsLine(_ text: String, _ expected: String) {
        #expect(throws: PowerLog.Fault.self) { try log(text) }
        do { _ = try log(text) } catch { #expect("\(error)" == expected) }
    }

    @Test(arguments: [
        "yesterday", "2026-13-01 10:00:00", "2026-02-30 10:00:00", "2026-11-23", "2026-11-23 25:00:00",
        "2026-11-23 10:00:00 MEZ", "1e300", "-5", "2026-11-23T10:00:00+99:00",
    ])
    func whatIsNoTimeIsRefused(_ stamp: String) {
        #expect(throws: PowerLog.Problem.self) { try Stamp.epoch(stamp, zone: berlin) }
    }

    /// The log's clock and the run's: two marks, an offset, and only what lies in the run.
    @Test func aLogIsMergedByItsTimes() throws {
        let text = "time,watts\n" + (0..<200).map { "\(1_795_424_400 + $0),\(100 + $0 % 2)" }.joined(separator: "\n")
        let marks = [
            PowerReport.ClockMark(t: 0, epoch: 1_795_424_450), PowerReport.ClockMark(t: 100, epoch: 1_795_424_550),
        ]
        let merged = MeterLog.merged(try log(text), offset: 0, gainError: 0.001, marks: marks, sitting: 0)
        #expect(merged.meter.problems == [])
        #expect(merged.meter.boundary == .wall)
        #expect(merged.meter.period == 1)
        #expect(merged.meter.gainError == 0.001)
        #expect(merged.readings.first?.t == 0)
        #expect(merged.readings.last?.t == 100)
        #expect(abs((merged.readings.last?.joules ?? 0) - 10050) < 1e-6)
        let shifted = MeterLog.merged(try log(text), offset: -25, gainError: nil, marks: marks, sitting: 0)
        #expect(shifted.readings.last?.t == 100)
        let elsewhere = MeterLog.merged(try log(text), offset: 3600, gainError: nil, marks: marks, sitting: 0)
        #expect(elsewhere.meter.problems.first?.contains("--power-log-offset") == true)
        #expect(elsewhere.readings.isEmpty)
    }

    @Test func aGapInALogIsNoEnergy() throws {
        let times = Array(0..<50) + Array(80..<130)
        let text = "time,watts\n" + times.map { "\(1_795_424_400 + $0),100" }.joined(separator: "\n")
        let marks = [
            PowerReport.ClockMark(t: 0, epoch: 1_795_424_400), PowerReport.ClockMark(t: 120, epoch: 1_795_424_520),
        ]
        let merged = MeterLog.merged(try log(text), offset: 0, gainError: nil, marks: marks, sitting: 0)
        #expect(merged.meter.problems == ["its log has a gap of 31.0 s during the run"])
    }

    /// A log that covers both sittings of a resumed run: only this sitting's part is this sitting's, and time goes forward.
    @Test func aLogIsCutAtTheSittingsBeginning() throws {
        let text = "time,watts\n" + (0..<400).map { "\(1_795_424_400 + $0),100" }.joined(separator: "\n")
        // The first sitting took 60 s; the second began 200 s later.
        let marks = [
            PowerReport.ClockMark(t: 60, epoch: 1_795_424_660.5), PowerReport.ClockMark(t: 150, epoch: 1_795_424_750.5),
        ]
        let merged = MeterLog.merged(try log(text), offset: 0, gainError: nil, marks: marks, sitting: 1)
        #expect(merged.meter.problems == [])
        #expect(merged.readings.first?.t == 60.5 && merged.readings.last?.t == 149.5)
        #expect(merged.readings.first?.joules == 0)
        #expect(merged.readings.allSatisfy { $0.sitting == 1 })
    }
}
