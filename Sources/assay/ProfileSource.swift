import Model
import Record
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The profile of this machine: where its noise floor is kept from run to run.
enum ProfileSource {
    /// The floor that an earlier `assay noise` found on this machine in this state; `nil` where there is none.
    ///
    /// - Parameter file: a profile named by the user, which must be of this machine.
    static func floor(of machine: Machine, file: String?) throws -> NoiseFloor? {
        let fingerprint = machine.fingerprint
        if let file {
            let profile = try ProfileFiles.read(file)
            guard profile.fingerprint == fingerprint else {
                throw RecordError(.badInput, path: file, problem: difference(profile, machine))
            }
            return profile.floorForBundles
        }
        guard let directory else { return nil }
        do {
            return try ProfileFiles.read(fingerprint: fingerprint, in: directory)?.floorForBundles
        } catch {
            // Nobody named it: a run goes on without.
            Console.note("profile    not used: \(error)")
            return nil
        }
    }

    /// Writes the floor that a run measured, if it measured one.
    static func store(_ bundle: Bundle, file: String?) throws {
        guard bundle.plan.rules.noisePairs != nil else { return }
        guard let profile = MachineProfile(bundle) else {
            Console.note("noise      no floor: no pair of repetitions was whole")
            return
        }
        Console.note("noise      " + summary(profile.noiseFloor))
        let usual = directory.map { ProfileFiles.path(of: profile.fingerprint, in: $0) }
        guard let path = file ?? usual else {
            Console.note("profile    not stored: neither XDG_STATE_HOME nor HOME names a directory")
            return
        }
        try ProfileFiles.write(profile, to: path)
        Console.note("profile    \(path)")
    }

    /// What a floor supports, in one line.
    static func summary(_ floor: NoiseFloor) -> String {
        let share = Figures.percent(NoiseFloor.boundedShare(pairs: floor.pairs), decimals: 0)
        let count = floor.pairs == 1 ? "1 pair" : "\(floor.pairs) pairs"
        let enough = floor.pairs >= 59 ? "" : "; 59 pairs bound 95\(Figures.narrowSpace)%"
        return
            "floor \(Figures.percent(floor.value, decimals: 1)): \(count) bound \(share) of differences between runs of "
            + "the same, with 95\(Figures.narrowSpace)% confidence\(enough)"
    }

    private static func difference(_ profile: MachineProfile, _ machine: Machine) -> String {
        let now = Dictionary(Fingerprint.facts(machine).map { ($0.name, $0.value) }) { first, _ in first }
        let first = profile.facts.first { now[$0.name] != $0.value }?.name
        return "is of another machine, or of this one in another state" + (first.map { ": \($0) differs" } ?? "")
    }

    private static var directory: String? {
        ProfileFiles.directory(environment: ProcessInfo.processInfo.environment)
    }
}
