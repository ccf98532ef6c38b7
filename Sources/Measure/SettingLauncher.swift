public import Model

/// Gives each worker what its case's side of a live comparison is set to. Without settings it changes nothing.
public struct SettingLauncher<Inner: WorkerLauncher>: WorkerLauncher {
    let inner: Inner
    /// By the end of the identities that they are for: `-a`.
    let settings: [String: LiveSetting]
    let environment: [String: String]?

    /// - Parameter environment: for cases that no setting is for.
    public init(_ inner: Inner, settings: [String: LiveSetting], environment: [String: String]? = nil) {
        self.inner = inner
        self.settings = settings
        self.environment = environment
    }

    public func launch(_ job: WorkerJob, patience: Double, receive: (WorkerEvent) throws -> Void) async throws
        -> (exit: WorkerExit, message: String)
    {
        var job = job
        job.environment = environment
        if let setting = settings.first(where: { job.planned.id.hasSuffix($0.key) })?.value {
            job.libraries.merge(setting.libraries) { $1 }
            job.instructionSet = setting.instructionSet ?? job.instructionSet
            job.environment = setting.environment
        }
        return try await inner.launch(job, patience: patience, receive: receive)
    }
}
