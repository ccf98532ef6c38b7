#if canImport(Glibc)
    import Glibc
#endif

/// Stamps as meters write them: seconds since 1970 (milliseconds where the number is so large), RFC 3339, `2026-11-23 10:00:00.5`,
/// `2026/11/23 10:00:00`, and PTDaemon's `11-23-2026 10:00:00.500`.
enum Stamp {
    static func epoch(_ text: String, zone: (Double) -> Double) throws(PowerLog.Problem) -> Double {
        if let number = Double(text) {
            // Beyond the year 5000 in seconds, so milliseconds.
            let seconds = number > 1e11 ? number / 1000 : number
            guard (0..<1e11).contains(seconds) else { throw PowerLog.Problem("“\(text.prefix(40))” is no time") }
            return seconds
        }
        guard let parsed = parse(text) else {
            throw PowerLog.Problem(
                "“\(text.prefix(40))” is no time: RFC 3339, seconds since 1970, or MM-DD-YYYY hh:mm:ss.sss is needed")
        }
        return parsed.zone.map { parsed.seconds - $0 } ?? parsed.seconds - zone(parsed.seconds)
    }

    /// Seconds as if it were UTC, and seconds east of it where the stamp says.
    private static func parse(_ text: String) -> (seconds: Double, zone: Double?)? {
        var rest = text[...]
        guard let first = number(&rest), let dateMark = mark(&rest, "-/"), let second = number(&rest),
            mark(&rest, String(dateMark)) != nil, let third = number(&rest), mark(&rest, "T t") != nil
        else { return nil }
        // Four digits first: the year leads. Else month and day do, as PTDaemon has it.
        let (year, month, day) = first.digits == 4 ? (first, second, third) : (third, first, second)
        guard year.digits == 4, (1970...4999).contains(year.value), (1...12).contains(month.value),
            (1...31).contains(day.value)
        else { return nil }
        guard let hour = number(&rest), mark(&rest, ":") != nil, let minute = number(&rest), mark(&rest, ":") != nil,
            let second = number(&rest), hour.value < 24, minute.value < 60, second.value <= 60
        else { return nil }
        var fraction = 0.0
        if mark(&rest, ".,") != nil {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, let value = Double("0.\(digits.prefix(12))") else { return nil }
            fraction = value
            rest = rest.dropFirst(digits.count)
        }
        guard let zone = zone(&rest), rest.isEmpty else { return nil }
        var time = tm()
        time.tm_year = Int32(year.value - 1900)
        time.tm_mon = Int32(month.value - 1)
        time.tm_mday = Int32(day.value)
        let midnight = timegm(&time)
        // The 31st of a shorter month comes back as another day.
        guard time.tm_mday == Int32(day.value) else { return nil }
        let seconds = Double(midnight) + Double(hour.value * 3600 + minute.value * 60 + second.value) + fraction
        return (seconds, zone.value)
    }

    /// Nothing, `Z`, `+02:00`; `nil` for what is none of these.
    private static func zone(_ rest: inout Substring) -> (value: Double?, Void)? {
        guard !rest.isEmpty else { return (nil, ()) }
        if mark(&rest, "Zz") != nil { return (0, ()) }
        guard let sign = mark(&rest, "+-"), let hours = number(&rest), mark(&rest, ":") != nil,
            let minutes = number(&rest), hours.value < 24, minutes.value < 60
        else { return nil }
        return ((sign == "-" ? -1 : 1) * Double(hours.value * 3600 + minutes.value * 60), ())
    }

    private static func number(_ rest: inout Substring) -> (value: Int, digits: Int)? {
        let digits = rest.prefix(4).prefix { $0.isASCII && $0.isNumber }
        guard let value = Int(digits) else { return nil }
        rest = rest.dropFirst(digits.count)
        return (value, digits.count)
    }

    private static func mark(_ rest: inout Substring, _ marks: String) -> Character? {
        guard let first = rest.first, marks.contains(first) else { return nil }
        rest = rest.dropFirst()
        return first
    }
}

/// The zone of this machine, for logs whose stamps name none.
public enum LocalZone {
    /// Seconds east of UTC.
    public static func offset(_ seconds: Double) -> Double {
        guard seconds.isFinite, abs(seconds) < 1e12 else { return 0 }
        var time = time_t(seconds)
        var local = tm()
        guard localtime_r(&time, &local) != nil else { return 0 }
        return Double(local.tm_gmtoff)
    }
}
