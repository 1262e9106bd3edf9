import ArgumentParser
import DataWallKit

/// The limits a plan must keep.
struct LimitArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The loss that must be reached.", valueName: "loss"))
    var targetLoss: Double?

    @Option(
        help: ArgumentHelp(
            "The benchmark error that must be reached, through --error-curve.", valueName: "share"))
    var targetError: ReadableShare?

    @Option(
        help: ArgumentHelp(
            "The curve of that error over the loss: a file that 'fit --error-column' wrote.", valueName: "file"))
    var errorCurve: String?

    @Option(help: ArgumentHelp("The most parameters, such as 70B.", valueName: "n"))
    var maxParameters: ReadableQuantity?

    @Option(help: ArgumentHelp("The fewest parameters.", valueName: "n"))
    var minParameters: ReadableQuantity?

    @Option(help: ArgumentHelp("A model size that is allowed; may be repeated.", valueName: "n"))
    var size: [ReadableQuantity] = []

    @Option(help: ArgumentHelp("The only model sizes allowed, as 1B,3B,7B.", valueName: "list"))
    var sizes: QuantityList?

    @Option(help: ArgumentHelp("The most passes over the unique tokens.", valueName: "e"))
    var maxEpochs: Double?

    @Option(help: ArgumentHelp("The fewest training tokens per parameter; 0 turns the limit off.", valueName: "r"))
    var minTokensPerParameter = PlanConstraints.defaultMinTokensPerParameter

    func validate() throws {
        guard (targetError == nil) == (errorCurve == nil) else {
            throw ValidationError("--target-error and --error-curve go together.")
        }
    }

    var targetErrorRequest: TargetErrorRequest? {
        guard let targetError, let errorCurve else { return nil }
        return TargetErrorRequest(error: targetError.value, curve: errorCurve)
    }

    var constraints: PlanConstraints {
        PlanConstraints(
            maxParameters: maxParameters?.value, minParameters: minParameters?.value, maxEpochs: maxEpochs,
            minTokensPerParameter: minTokensPerParameter, targetLoss: targetLoss,
            sizes: size.map(\.value) + (sizes?.values ?? []))
    }
}

/// The laws to use.
struct LawArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A law's name or a law file; may be repeated (default: one law of each family).",
            valueName: "law"), completion: Completions.laws)
    var law: [String] = []

    @Option(
        help: ArgumentHelp(
            "Bytes of text per token of the law's tokenizer, where its card does not say.", valueName: "b"))
    var lawBytesPerToken: Double?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Set a coefficient of the laws that are named, as beta=0.3; may be repeated.", valueName: "name=value"))
    var coefficients: [NamedNumber] = []

    @Option(help: ArgumentHelp("A further quantity of the run; may be repeated.", valueName: "name=value"))
    var feature: [NamedNumber] = []

    @Option(
        help: ArgumentHelp(
            "Let the plan choose a further quantity that the law reads, as weight_decay=0.1:3.2.",
            valueName: "name=range"))
    var vary: VariedArgument?
}

/// A further quantity and its range, as `weight_decay=0.1:3.2`.
struct VariedArgument: ReadableArgument, Sendable {
    let feature: VariedFeature

    init(reading text: String) throws(UnreadableQuantity) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let ends = sides.last?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        guard sides.count == 2, !sides[0].isEmpty, ends.count == 2 else {
            throw UnreadableQuantity("write a name and the ends of its range, such as weight_decay=0.1:3.2")
        }
        let (low, high) = (try Quantity.number(ends[0]), try Quantity.number(ends[1]))
        guard low > 0, low < high else { throw UnreadableQuantity("the range must rise from a number above 0") }
        feature = VariedFeature(String(sides[0]), in: low...high)
    }
}

/// The objective, and the quantities that it reads.
struct ObjectiveArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("The quantity to minimise (see datawall laws).", valueName: "name"),
        completion: Completions.objectives)
    var objective = "min-loss"

    @Option(
        help: ArgumentHelp("The loss that a dollar is worth, in nats per token, such as 1e-8.", valueName: "lambda"))
    var costWeight: Double?
}

/// Further questions that a plan answers besides its recommendation.
struct ProspectArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Report the number of epochs after which one more saves less than this (in the objective's unit).",
            valueName: "loss"))
    var epochGain: Double?

    @Option(
        help: ArgumentHelp(
            "Tokens per parameter used to compute the largest model that the data support.", valueName: "r"))
    var tokensPerParameter = DataWall.usualTokensPerParameter

    @Option(
        help: ArgumentHelp(
            "Plan over a range instead, as flops=1e20:1e25:log or unique-tokens=1e9:1e12:log:31; may be repeated. Writes "
                + "CSV, or JSON with --json.", valueName: "range"), transform: SweepArgument.init(parsing:))
    var sweep: [SweepArgument] = []
}
