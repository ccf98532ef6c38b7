public import Model

/// Asks the metadata service of a cloud, or of several that may be it, where this machine is rented.
public enum MetadataService {
    /// For everything together. Services answer within a few milliseconds where there is one.
    public static let milliseconds = 250

    public enum Finding: Sendable, Equatable {
        case cloud(Provider, Cloud)
        /// Nobody answers, and how that showed.
        case silence(String)
        /// Somebody answers, but nothing that can be used.
        case nonsense(String)
    }

    /// - Parameter includesIdentifiers: also of the instance and its account.
    public static func ask(
        _ providers: [Provider], at endpoint: Endpoint = .linkLocal, milliseconds: Int = milliseconds,
        includesIdentifiers: Bool = false
    ) -> Finding {
        let deadline = Deadline(milliseconds: milliseconds)
        let answers = Exchange.all(providers.map { $0.service.first }, at: endpoint, until: deadline) {
            providers[$0].service.doubt($1) == nil
        }
        var problems: [RequestProblem] = []
        for (provider, answer) in zip(providers, answers) {
            switch answer {
            case .failure(let problem): problems.append(problem)
            case .success(let response):
                if let doubt = provider.service.doubt(response) {
                    problems.append(RequestProblem("\(provider.service.first.name): \(doubt)"))
                    continue
                }
                let asking = Asking(endpoint: endpoint, deadline: deadline, includesIdentifiers: includesIdentifiers)
                do throws(RequestProblem) {
                    return .cloud(provider, try provider.service.cloud(response, asking))
                } catch {
                    return .nonsense(error.description)
                }
            }
        }
        return problem(problems)
    }

    private static func problem(_ problems: [RequestProblem]) -> Finding {
        let strange = problems.filter { !$0.isSilence }
        if !strange.isEmpty { return .nonsense(strange.map(\.description).joined(separator: "; ")) }
        return .silence(problems.first?.description ?? "nobody was asked")
    }
}
