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
