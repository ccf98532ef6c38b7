import Model

/// What a service says, checked before it may stand in a result.
enum Values {
    static let untold = "the metadata service does not say"

    /// One short line of plain text, or why it is none.
    static func text(_ text: String?, _ place: String) -> Reported<String> {
        guard let text, !text.isEmpty else { return .unknown("\(untold) (\(place))") }
        guard text.utf8.count <= 200, text.utf8.allSatisfy({ (32...126).contains($0) }) else {
            return .unknown("\(place): not one short line of plain text")
        }
        return .known(text)
    }

    static func identifiers(_ instance: String?, _ account: String?) -> Cloud.Identifiers {
        Cloud.Identifiers(instance: text(instance, "").value, account: text(account, "").value)
    }

    /// What follows the last slash: `projects/123/zones/us-central1-a` holds a number that is nobody's business.
    static func last(_ path: Reported<String>) -> Reported<String> {
        switch path {
        case .unknown: path
        case .known(let text): Reported(text.split(separator: "/").last.map(String.init), else: Values.untold)
        }
    }

    /// The body of an answer whose whole content is one value.
    static func body(_ outcome: Exchange.Outcome, _ request: Request) -> Reported<String> {
        switch outcome {
        case .failure(let problem): return .unknown("metadata service: \(problem)")
        case .success(let response):
            if let problem = response.problem { return .unknown("metadata service: \(request.name): \(problem)") }
            var bytes = response.body[...]
            while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
            return text(String(validating: bytes, as: UTF8.self) ?? "\n", request.name)
        }
    }

    /// The body of an answer in JSON.
    static func decoded<Value: Decodable>(
        _ type: Value.Type, _ outcome: Exchange.Outcome, _ request: Request
    ) throws(RequestProblem) -> Value {
        let response = try outcome.get()
        if let problem = response.problem { throw RequestProblem("\(request.name): \(problem)") }
        do {
            return try JSON.decode(type, from: response.body)
        } catch {
            // The place of the fault, never the words in which the decoder repeats what it read.
            throw RequestProblem(
                "\(request.name): JSON that cannot be read" + (error.place.isEmpty ? "" : " at \(error.place)"))
        }
    }
}

extension Response {
    /// Why the answer is no success.
    var problem: String? {
        switch status {
        case 200: nil
        case 300..<400: "HTTP \(status): a redirection, which is not followed"
        default: "HTTP \(status)"
        }
    }
}
