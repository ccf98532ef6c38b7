import ArgumentParser
import Model

/// A training run whose time and cost the sheet projects.
struct TrainingOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Floating-point operations of a training run: its time and cost are projected, and marked so.",
            valueName: "number"))
    var trainingFlop: Double?

    @Option(
        help: ArgumentHelp(
            "Instead: parameters of a model, with --training-tokens; six operations a parameter and token.",
            valueName: "number"))
    var trainingParameters: Double?

    @Option(help: ArgumentHelp("Tokens that the model is trained on.", valueName: "number"))
    var trainingTokens: Double?

    @Option(help: ArgumentHelp("What is trained, as the sheet shall say.", valueName: "name"))
    var trainingName: String?

    func validate() throws {
        let isSized = trainingParameters != nil || trainingTokens != nil
        if trainingFlop != nil, isSized {
            throw ValidationError("--training-flop and --training-parameters: give one of them.")
        }
        if (trainingParameters == nil) != (trainingTokens == nil) {
            throw ValidationError("--training-parameters and --training-tokens go together.")
        }
        if let trainingName {
            guard trainingFlop != nil || isSized else {
                throw ValidationError("--training-name goes with --training-flop or --training-parameters.")
            }
            guard (1...300).contains(trainingName.count) else {
                throw ValidationError("--training-name: 1 to 300 characters.")
            }
        }
        if let problem = training?.problem { throw ValidationError("--training: \(problem).") }
    }

    var training: TrainingRun? {
        if let trainingFlop { return TrainingRun(flops: trainingFlop, name: trainingName) }
        guard let trainingParameters, let trainingTokens else { return nil }
        return TrainingRun(parameters: trainingParameters, tokens: trainingTokens, name: trainingName)
    }
}
