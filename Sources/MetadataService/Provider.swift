import Model

/// The clouds whose metadata services are known here.
public enum Provider: CaseIterable, Sendable {
    case amazonWebServices, googleCloud, microsoftAzure, oracleCloud

    public var name: String {
        switch self {
        case .amazonWebServices: "Amazon Web Services"
        case .googleCloud: "Google Cloud"
        case .microsoftAzure: "Microsoft Azure"
        case .oracleCloud: "Oracle Cloud"
        }
    }

    var service: any MetadataProvider.Type {
        switch self {
        case .amazonWebServices: AmazonWebServices.self
        case .googleCloud: GoogleCloud.self
        case .microsoftAzure: MicrosoftAzure.self
        case .oracleCloud: OracleCloud.self
        }
    }
}

/// One cloud's service: what to ask first, how to know it by the answer, and what to make of the rest.
protocol MetadataProvider {
    /// The request by whose answer the service is known.
    static var first: Request { get }

    /// Why `answer` is not that of this service; `nil` where it is.
    static func doubt(_ answer: Response) -> String?

    /// Everything there is to know, asking on where the first answer is not all.
    static func cloud(_ answer: Response, _ ask: Asking) throws(RequestProblem) -> Cloud
}

/// Asks one service for more, within what is left of the time.
struct Asking {
    let endpoint: Endpoint
    let deadline: Deadline
    let includesIdentifiers: Bool

    func all(_ requests: [Request]) -> [Exchange.Outcome] {
        Exchange.all(requests, at: endpoint, until: deadline)
    }
}
