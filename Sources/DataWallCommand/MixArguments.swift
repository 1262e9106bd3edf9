public import ArgumentParser
public import DataWallKit

/// How weights are chosen.
struct MixMethodArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The method to follow; the others stand beside it.", valueName: "name"))
    var method: String?

    @Option(
        help: ArgumentHelp(
            "Weights of your own; may be repeated, and is followed where no method is named.", valueName: "source=w"))
    var weight: [NamedNumber] = []

    @Option(help: ArgumentHelp("The temperature T of the method 'temperature'.", valueName: "t"))
    var temperature: Double?

    @Option(
        help: ArgumentHelp("Nats of loss that a nat of KL to natural shares weighs; 0 turns it off.", valueName: "nats")
    )
    var kl: Double?

    @Option(help: ArgumentHelp("The same against -ln of effective tokens, instead of a loss.", valueName: "multiple"))
    var klLog: Double?

    @Option(
        help: ArgumentHelp(
            "The most epochs of a source without a cap of its own; 0 for no cap.", valueName: "e"))
    var maxEpochs = MixtureQuestion.defaultCap

    /// The methods to show, with the options given put in, and the one to follow.
    func methods(among models: ModelCatalog) throws -> (followed: any MixtureMethod, all: [any MixtureMethod]) {
        var all = models.mixtures.models
        if let temperature, let place = all.firstIndex(where: { $0.identifier == "temperature" }) {
            all[place] = ModelCatalog.sampling(temperature: temperature)
        }
        if !weight.isEmpty { all.append(GivenWeights(weight.dictionary)) }
        let name = method ?? (weight.isEmpty ? nil : "given")
        guard let name else {
            guard let first = all.first else { throw ValidationError("No mixture method is known.") }
            return (first, all)
        }
        if let followed = all.first(where: { $0.identifier == name }) { return (followed, all) }
        return (try models.mixtures.model(named: name), all)
    }
}

/// What repeats are worth and what a mixture's loss is judged by.
struct MixModelArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The curve of what repeats are worth.", valueName: "name"))
    var curve = "muennighoff"

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a coefficient of the curve another value; may be repeated.", valueName: "name=value"))
    var replacements: [NamedNumber] = []

    @Option(help: ArgumentHelp("A law's name or a law file, for the loss and for --kl.", valueName: "law"))
    var law = "muennighoff"

    @Option(help: ArgumentHelp("Model size N (default: a twentieth of --tokens).", valueName: "n"))
    var parameters: ReadableQuantity?

    @Flag(help: "Qualities were calibrated on pilot runs: tell them to the law.")
    var calibratedQuality = false

    func compiledCurve(among models: ModelCatalog) throws -> CompiledCurve {
        let curve = try models.curves.model(named: curve)
        let card = curve.card
        let given = replacements.dictionary
        for name in given.keys.sorted() where !card.coefficientNames.contains(name) {
            throw LawError.unknownCoefficient(name, known: card.coefficientNames, model: card.identifier)
        }
        let values = try card.coefficients.map { coefficient in
            guard let value = given[coefficient.name] ?? coefficient.value else {
                throw CommandFailure(
                    "the curve '\(card.identifier)' has no value for '\(coefficient.name)': give one with --set "
                        + "\(coefficient.name)=…, from a fit to your runs", status: .usage)
            }
            return value
        }
        return try CompiledCurve(curve, coefficients: values)
    }
}

extension LoaderFormat: ExpressibleByArgument {}
