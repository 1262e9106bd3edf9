public import OrderedJSON
import ScalingLaws

/// The content of a law file, key by key; the table of `fields` defines the format.
struct LawFileContent: JSONRecord {
    var madeBy: String?
    var name = ""
    var summary = ""
    var form: String?
    var formula: String?
    var features: [String] = []
    var coefficients = JSONDictionary<CoefficientEntry>()
    var repetition: RepetitionTreatment?
    var setup = ModelSetup()
    var validity = ValidityRange()
    var provenance = Provenance.blank
    var family: String?
    var prior: CoefficientPrior?
    var forecastError: ForecastError?
    var recipeDoubt: RecipeDoubt?
    var evidence: [LawEvidence] = []
    var warnings: [String] = []
    var covariance: [[Double]]?
    var ensemble: [[Double]] = []

    static let blank = LawFileContent()

    static let fields: [JSONField<LawFileContent>] = [
        .init("format", constant: .string(FileLaw.formatName)),
        .init("version", constant: .integer(FileLaw.version)),
        .init("made_by", \.madeBy, "The command line that makes the file again.", presence: .writtenIfSet),
        .init(
            "name", \.name,
            "What commands and plans call the law: letters, digits, hyphens, underscores and full stops.", .notEmpty),
        .init("summary", \.summary, "One line on what the law is.", presence: .readIfPresent),
        .init(
            "form", \.form, "In place of a formula: the name of a known law, whose coefficients this file gives.",
            presence: .writtenIfSet),
        .init(
            "formula", \.formula,
            "The loss over N, D, U, R, C, the coefficients and the features, such as E + A/N^alpha.",
            presence: .writtenIfSet),
        .init(
            "features", \.features, "Further quantities of a run that the formula reads.", presence: .writtenIfSet),
        .init("coefficients", \.coefficients, "By name, in the order of covariance and ensemble."),
        .init(
            "repetition", \.repetition,
            "none: repeats count like fresh tokens; curve: they are worth less and never harm; penalty: they may harm.",
            presence: .readIfPresent),
        .init("setup", \.setup, "What the law's runs were.", presence: .readIfPresent),
        .init("validity", \.validity, "The range of the runs the law was fitted on.", presence: .readIfPresent),
        .init("provenance", \.provenance, "Where the numbers come from.", presence: .readIfPresent),
        .init(
            "family", \.family, "Laws of one family share data and form, and one vote.", presence: .writtenIfSet),
        .init(
            "prior", \.prior,
            "Prior knowledge of the coefficients; independent normal statements.",
            presence: .writtenIfSet),
        .init(
            "forecast_error", \.forecastError, "How far forecasts err beyond the ensemble, in ln L.",
            presence: .writtenIfSet),
        .init(
            "recipe_doubt", \.recipeDoubt, "How far a factor differs for other training recipes.",
            presence: .writtenIfSet),
        .init(
            "evidence", \.evidence, "How well the law ranks runs that it was not fitted to, by regime.",
            presence: .writtenIfSet),
        .init("warnings", \.warnings, "What a user must know.", presence: .writtenIfSet),
        .init("covariance", \.covariance, "Of the coefficients' values, row by row.", presence: .writtenIfSet),
        .init(
            "ensemble", \.ensemble, "Further sets of values that the data support as well.", presence: .writtenIfSet),
    ]

    static let furtherSchema = [
        JSONMember(
            key: "oneOf",
            value: .array(["formula", "form"].map { .object(["required": .array([.string($0)])]) }))
    ]
}

extension FileLaw {
    /// The JSON Schema of law files, as it is in `Datasets/schemas`.
    package static let schemaFile = LawFileContent.schemaFile(
        of: "datawall-law-1", title: "datawall law file, version 1",
        summary:
            "A scaling law: a known form or a formula, its coefficients, range, setup and provenance. Keys that are not "
            + "known are passed over with a warning; an optional key may be null.")

    /// The law as JSON, keys in the order that law files have.
    ///
    /// - Complexity: O(*n*) in the numbers of the card.
    public var json: JSONValue {
        let features = statedFormula.symbols.compactMap { symbol in
            if case .feature(let name) = symbol { name } else { nil }
        }
        return LawFileContent(
            madeBy: madeBy, name: card.identifier, summary: card.summary, form: form,
            formula: form == nil ? statedFormula.description : nil, features: features.sorted(),
            coefficients: JSONDictionary(card.coefficientNames, card.coefficients.map(CoefficientEntry.init)),
            repetition: card.repetition, setup: card.setup, validity: card.validity, provenance: card.provenance,
            family: card.family, prior: card.prior, forecastError: card.forecastError, recipeDoubt: card.recipeDoubt,
            evidence: card.evidence,
            warnings: card.warnings, covariance: card.covariance, ensemble: card.ensemble
        ).object
    }

    /// The text of the law's file: the same bytes for the same law, on every machine.
    public var fileText: String { json.fileText() }
}
