public import ArgumentParser
public import DataWallKit

/// How weights are chosen.
struct MixMethodArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("The method to follow (default: effective-data).", valueName: "name"),
        completion: Completions.methods)
    var method: String?

    @Option(
        help: ArgumentHelp(
            "Weights of your own, followed unless --method names another method; may be repeated.",
            valueName: "source=w"))
    var weight: [NamedNumber] = []

    @Option(help: ArgumentHelp("The temperature T of the method 'temperature'.", valueName: "t"))
    var temperature: Double?

    @Option(
        help: ArgumentHelp(
            "How strongly weights are pulled to natural shares, relative to the slope of the loss in ln D_eff; 0 turns "
                + "it off (default: \(NaturalPull.standard.strength)).", valueName: "strength"))
    var pull: Double?

    @Option(help: .hidden)
    var kl: String?

    @Option(help: .hidden)
    var klLog: String?

    @Option(
        help: ArgumentHelp(
            "The most epochs of a source without a cap of its own (default: no cap).", valueName: "epochs"))
    var maxEpochs: Double?

    @Option(help: ArgumentHelp("A table of pilot runs: fit a mixing law to them and follow it.", valueName: "file"))
    var pilots: String?

    @Option(
        help: ArgumentHelp(
            "How much a target of the pilots matters, as code=2 for the column loss_code; may be repeated. Where it is "
                + "given, targets that are not named do not matter.", valueName: "target=s"))
    var importance: [NamedNumber] = []

    @Option(
        help: ArgumentHelp(
            "Fit this to the pilots: mixing-law, or values (what a token of each source is worth, and repeats).",
            valueName: "what"))
    var fit: PilotRequest.Fit = .mixingLaw

    func apply(to request: inout MixRequest) throws(RequestError) {
        if kl != nil {
            throw RequestError(
                "--kl was replaced by --pull, which is relative to the slope of the loss in ln D_eff: "
                    + "--pull \(NaturalPull.standard.strength) is the default.")
        }
        if let klLog { throw RequestError("--kl-log is now --pull: give --pull \(klLog).") }
        guard pilots != nil || (importance.isEmpty && fit == .mixingLaw) else {
            throw RequestError("--importance and --fit say what to make of pilots: name their table with --pilots.")
        }
        request.method = method
        request.weights = weight
        request.temperature = temperature
        if let pull { request.pull = NaturalPull(pull) }
        request.maxEpochs = maxEpochs
        request.pilots = pilots.map { path in
            var pilots = PilotRequest(path: path)
            pilots.importance = importance
            pilots.fit = fit
            return pilots
        }
    }
}

/// The worth of repeats, and the law that judges a mixture's loss.
struct MixModelArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("The curve of what repeats are worth.", valueName: "name"), completion: Completions.curves)
    var curve = "muennighoff"

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a coefficient of the curve another value; may be repeated.", valueName: "name=value"))
    var replacements: [NamedNumber] = []

    @Option(
        help: ArgumentHelp("A law's name or a law file, for the loss.", valueName: "law"), completion: Completions.laws)
    var law = "muennighoff"

    @Option(help: ArgumentHelp("Model size N (default: a twentieth of --tokens).", valueName: "n"))
    var parameters: ReadableQuantity?

    @Option(
        help: ArgumentHelp(
            "Bytes of text per token of the law's tokenizer, where its card does not say.", valueName: "b"))
    var lawBytesPerToken: Double?

    @Flag(help: "Qualities were calibrated on pilot runs: let the law see them.")
    var calibratedQuality = false

    func apply(to request: inout MixRequest) {
        request.curve = curve
        request.replacements = replacements
        request.law = law
        request.parameters = parameters?.value
        request.lawBytesPerToken = lawBytesPerToken
        request.isQualityCalibrated = calibratedQuality
    }
}

extension PilotRequest.Fit: ExpressibleByArgument {}
