import Model

/// A meter at the wall, the only source that sees everything. It has to be named by a person, and is read as a log once the
/// run is over (`PowerLog`).
struct ExternalMeter: PowerSource {
    func survey() -> PowerSurvey {
        PowerSurvey(
            "external meter", "wall", unavailable: "none given",
            mend: "connect a meter that writes a log, and name it: assay run --power-log FILE")
    }

    /// Nothing to sample: its log is merged by time.
    func open() -> [any PowerMeter] { [] }
}
