public import ArgumentParser
public import DataWallKit

/// How weights are chosen.
struct MixMethodArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The method to follow (default: effective-data).", valueName: "name"))
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
            "What to fit to the pilots: mixing-law, or values (what a token of each source is worth, and repeats).",
            valueName: "what"))
    var fit: PilotFit = .mixingLaw

    func validate() throws {
        if kl != nil {
            throw ValidationError(
                "--kl was replaced by --pull, which is relative to the slope of the loss in ln D_eff: "
                    + "--pull \(NaturalPull.standard.strength) is the default.")
        }
        if let klLog { throw ValidationError("--kl-log is now --pull: give --pull \(klLog).") }
        if let maxEpochs, !(maxEpochs > 0) {
            throw ValidationError("--max-epochs must be above 0. Without it there is no cap.")
        }
        let names = weight.map(\.name)
        if let twice = names.first(where: { name in names.count(where: { $0 == name }) > 1 }) {
            throw ValidationError("--weight names '\(twice)' twice: give each source one weight.")
        }
        guard pilots != nil || (importance.isEmpty && fit == .mixingLaw) else {
            throw ValidationError("--importance and --fit say what to make of pilots: name their table with --pilots.")
        }
        guard method != "given" || !weight.isEmpty else {
            throw ValidationError("The method 'given' needs weights: --weight web=0.7 --weight code=0.3.")
        }
        guard method != "mixing-law" || (pilots != nil && fit == .mixingLaw) else {
            throw ValidationError("The method 'mixing-law' is fitted to pilot runs: name their table with --pilots.")
        }
    }

    /// What the pilots say, where there are any.
    func evidence() throws -> PilotEvidence? {
        guard let (runs, importance) = try pilotRuns() else { return nil }
        guard fit == .values else {
            return .laws(try reporting { try PilotAdvice(runs, importance: importance) })
        }
        guard runs.targets.count == 1 || importance.count == 1 else {
            throw ValidationError(
                "Values are those for one target: name it with --importance, of \(runs.targets.joined(separator: ", "))."
            )
        }
        for name in importance.keys where !runs.targets.contains(name) {
            throw CommandFailure(
                "\(pilots ?? ""): there is no target '\(name)': there are \(runs.targets.joined(separator: ", "))",
                status: .usage)
        }
        let target = importance.keys.first.flatMap { runs.targets.firstIndex(of: $0) } ?? 0
        return .values(try reporting { try SourceValueFit(runs, target: target) })
    }

    private func reporting<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as FittingError {
            throw CommandFailure(
                "\(pilots ?? ""): \(error)", status: CommandFailure(error)?.status ?? .unusableData)
        }
    }

    private func pilotRuns() throws -> (MixturePilots, [String: Double])? {
        guard let pilots else { return nil }
        let bytes = try InputFile(path: pilots).bytes
        let names = importance.map { item in
            (item.name.hasPrefix("loss_") ? String(item.name.dropFirst(5)) : item.name, item.value)
        }
        let runs = try reporting { try MixturePilots(parsing: bytes) }
        return (runs, Dictionary(names, uniquingKeysWith: { _, last in last }))
    }

    /// The methods to show, with the options given put in, and the one to follow.
    func methods(
        among models: ModelCatalog, and further: [any MixtureMethod], advice: PilotAdvice?
    ) throws -> (followed: any MixtureMethod, all: [any MixtureMethod]) {
        var all = models.mixtures.models + further
        if let temperature, let place = all.firstIndex(where: { $0.identifier == "temperature" }) {
            all[place] = ModelCatalog.sampling(temperature: temperature)
        }
        if let advice { all.insert(advice.method, at: 0) }
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

    @Option(help: ArgumentHelp("A law's name or a law file, for the loss.", valueName: "law"))
    var law = "muennighoff"

    @Option(help: ArgumentHelp("Model size N (default: a twentieth of --tokens).", valueName: "n"))
    var parameters: ReadableQuantity?

    @Option(
        help: ArgumentHelp(
            "Bytes of text per token of the law's tokenizer, where its card does not say.", valueName: "b"))
    var lawBytesPerToken: Double?

    /// The law's tokens for each of a supply; `nil` where the bytes of either are not known.
    func tokenScale(of law: CompiledLaw, for supply: DataSupply) -> Double? {
        guard let here = supply.bytesPerToken, let there = lawBytesPerToken ?? law.card.setup.bytesPerToken else {
            return nil
        }
        return here / there
    }

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

/// What can be fitted to pilots.
enum PilotFit: String, ExpressibleByArgument, CaseIterable {
    case mixingLaw = "mixing-law"
    case values
}

extension LoaderFormat: ExpressibleByArgument {}
