public import BuiltInModels
public import DataWallReports
import LawFiles
import ScalingLaws

/// All options of `datawall predict`, which predicts the loss of a training run under laws.
public struct PredictRequest: Sendable {
    /// Names or files of laws.
    public var laws: [String]

    /// N.
    public var parameters: Double

    /// D, repeats included.
    public var tokens: Double

    /// Unique tokens available; `nil` for as many as D.
    public var uniqueTokens: Double?

    /// Other values for coefficients of the laws.
    public var replacements: [NamedNumber] = []

    /// Further quantities of the run that laws read.
    public var features: [NamedNumber] = []

    /// Whether the training recipe differs from that of the laws' runs, which widens intervals.
    public var hasOtherRecipe = false

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - laws: Names or files of laws.
    ///   - parameters: N.
    ///   - tokens: D, repeats included.
    public init(laws: [String], parameters: Double, tokens: Double) {
        self.laws = laws
        self.parameters = parameters
        self.tokens = tokens
    }

    /// Predicts the loss.
    ///
    /// - Parameter models: The laws known.
    /// - Returns: The report.
    /// - Throws: ``RequestError`` without a law, `LawError` for a quantity or coefficient that cannot be, `LawFileError`
    ///   for a file that cannot be used.
    public func run(models: ModelCatalog = .standard) throws -> PredictionReport {
        try refuseAbsurd(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        let run = try TrainingRun(parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens)
        return try PredictionReport(of: run, by: try compiled(models))
    }

    /// Predicts losses over a range; the values of the axis replace the request's own value.
    ///
    /// If compute varies, each law predicts its best size for the unique tokens given, and the size and tokens of the
    /// request are ignored.
    ///
    /// - Parameters:
    ///   - axis: The quantity to vary, with its values.
    ///   - models: The laws known.
    /// - Returns: The sweep.
    /// - Throws: The errors of ``run(models:)``, and ``RequestError`` for a law without a best size, if compute varies.
    public func sweep(_ axis: PredictionAxis, models: ModelCatalog = .standard) throws -> PredictionSweep {
        let ends = [axis.values.min(), axis.values.max()]
        for end in ends {
            try refuseAbsurd(
                parameters: axis.quantity == .parameters ? end : parameters,
                tokens: axis.quantity == .tokens ? end : tokens,
                uniqueTokens: axis.quantity == .uniqueTokens ? end : uniqueTokens)
        }
        return try PredictionSweep(axis, by: try compiled(models), uniqueTokens: uniqueTokens) { value in
            try TrainingRun(
                parameters: axis.quantity == .parameters ? value : parameters,
                tokens: axis.quantity == .tokens ? value : tokens,
                uniqueTokens: axis.quantity == .uniqueTokens ? value : uniqueTokens)
        }
    }

    /// Refuses counts that no run has.
    private func refuseAbsurd(parameters: Double?, tokens: Double?, uniqueTokens: Double?) throws(RequestError) {
        try RequestError.refuse([
            RunLimits.rule("--parameters", parameters, RunLimits.parameters),
            RunLimits.rule("--tokens", tokens, RunLimits.tokens),
            RunLimits.rule("--unique-tokens", uniqueTokens, RunLimits.uniqueTokens),
        ])
    }

    private func compiled(_ models: ModelCatalog) throws -> [CompiledLaw] {
        try replacements.refuseRepeatedSetting()
        guard !laws.isEmpty else { throw RequestError("Name a law with --law, such as --law chinchilla.") }
        let named = try laws.map { try models.law($0) }
        try RequestError.refuse(features.featureRules(readBy: named))
        return try zip(laws, named).map { name, law in
            var law = law
            if var file = law as? FileLaw,
                let broken = models.brokenPromise(of: law, named: name, features: features.dictionary)
            {
                file.card.warnings.insert(broken, at: 0)
                law = file
            }
            return try CompiledLaw(
                hasOtherRecipe ? Self.forAnotherRecipe(law) : law, replacing: replacements.dictionary,
                features: features.dictionary)
        }
    }

    /// The law with wider intervals; where its card does not say how much wider, with a warning in their place.
    private static func forAnotherRecipe(_ law: any ScalingLaw) -> FileLaw {
        var card = law.card.forAnotherRecipe()
        if card == law.card {
            card.warnings.append(
                "--other-recipe changes nothing: nobody measured how far this law's losses move with the recipe")
        }
        return FileLaw(card: card, form: law)
    }
}
