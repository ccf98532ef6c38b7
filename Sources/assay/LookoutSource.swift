import Kernels
import Measure
import Model
import NVML
import Probe
import SystemFiles

/// What a run looks at besides its own processes, put together from what the stages know.
enum LookoutSource {
    static func lookout(_ header: RunHeader) -> Lookout<MonotonicRawClock> {
        let watch = EnvironmentWatch(files: SystemFiles(), accelerators: slowdowns(header.machine))
        let allowed = Binding.allowedProcessingUnits()
        let thread = InterferenceWatch(watch: watch) { units in Binding.keepOff(units, among: allowed) }
        return Lookout(
            watch: watch, clock: MonotonicRawClock(), thread: thread, bracket: bracket(header),
            known: header.machine.tunables, settings: { Probe.tunables(ProbeOptions(isDeep: true)) })
    }

    /// Canaries around each process, where the plan is long enough that they are worth making ready.
    private static func bracket(_ header: RunHeader) -> Bracket<MonotonicRawClock>? {
        guard header.plan.isWorthALook else { return nil }
        let first = Binding.allowedProcessingUnits().first
        let canaries = QuietCheck.canaries(
            unit: first, bytes: min(QuietCheck.bufferBytes(header.machine), 8 << 20)
        ).canaries
        return Bracket(clock: MonotonicRawClock(), canaries: canaries) { unit, body in
            Binding.pinned(to: unit) { body($0) }
        }
    }

    /// Why NVIDIA's accelerators hold back, where there are any and the library loads.
    private static func slowdowns(_ machine: Machine) -> (@Sendable () -> [String])? {
        let isNamed = NVML.isNamed()
        guard isNamed || NVML.driverFiles.contains(where: SystemFiles().exists) else { return nil }
        guard let source = AcceleratorSlowdowns() else { return nil }
        return { source.reasons() }
    }
}
