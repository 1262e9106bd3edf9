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
        try PredictionSweep(axis, by: try compiled(models), uniqueTokens: uniqueTokens) { value in
            try TrainingRun(
                parameters: axis.quantity == .parameters ? value : parameters,
                tokens: axis.quantity == .tokens ? value : tokens,
                uniqueTokens: axis.quantity == .uniqueTokens ? value : uniqueTokens)
        }
    }

    private func compiled(_ models: ModelCatalog) throws -> [CompiledLaw] {
        try replacements.refuseRepeatedSetting()
        guard !laws.isEmpty else { throw RequestError("Name a law with --law, such as --law chinchilla.") }
        return try laws.map { name in
            var law = try models.law(name)
            if var file = law as? FileLaw,
                let broken = models.brokenPromise(of: law, named: name, features: features.dictionary)
            {
                file.card.warnings.insert(broken, at: 0)
                law = file
            }
            return try CompiledLaw(
                hasOtherRecipe ? FileLaw(card: law.card.forAnotherRecipe(), form: law) : law,
                replacing: replacements.dictionary, features: features.dictionary)
        }
    }
}
