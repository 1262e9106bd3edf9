public import ScalingLaws

/// A law from a file: a known form with its own coefficients, or a formula stated as text.
///
/// It can be evaluated, fitted and planned with like any law of a Swift target.
public struct FileLaw: ScalingLaw, Equatable {
    /// The law's card.
    public var card: ModelCard

    /// The known form that the file names, or `nil` if it states a formula.
    public let form: String?

    /// The formula, with the form's where the file names one.
    public let statedFormula: Formula

    /// The command line that makes the file again, or `nil` if no command made it.
    public var madeBy: String?

    /// The curve of the form, if the file names a form with a curve.
    public internal(set) var repetitionCurve: (any RepetitionCurve)?

    /// Creates a law whose file will name a known form.
    ///
    /// - Parameters:
    ///   - card: The law's card; its coefficients are those of the form.
    ///   - form: The law whose formula this one uses, under its identifier.
    public init(card: ModelCard, form: any ScalingLaw) {
        self.card = card
        self.form = (form as? FileLaw).map { $0.form } ?? form.card.identifier
        statedFormula = form.formula
        repetitionCurve = form.repetitionCurve
    }

    /// Creates a law to be written to a file that states the formula.
    ///
    /// - Parameters:
    ///   - card: The law's card, which lists the formula's coefficients.
    ///   - formula: The loss over a run's symbols and the coefficients.
    public init(card: ModelCard, formula: Formula) {
        self.card = card
        form = nil
        statedFormula = formula
    }

    init(card: ModelCard, form: String?, statedFormula: Formula) {
        self.card = card
        self.form = form
        self.statedFormula = statedFormula
    }

    /// The formula of the file or its form.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        statedFormula
    }

    /// Whether two laws have the same card, form and formula.
    public static func == (first: FileLaw, second: FileLaw) -> Bool {
        first.card == second.card && first.form == second.form && first.statedFormula == second.statedFormula
    }
}
