public import OrderedJSON
import Quantities
public import TrainingPlanning

/// The file of a plan.
///
/// The table of `fields` is the format: it writes files, reads them, and makes their schema. Keys that a later minor
/// version added are ignored.
public struct PlanFile: JSONRecord, Sendable, Equatable {
    /// The version of the format this library reads and writes.
    public static let version = 2

    /// The name of the format, as it is in a file.
    static let formatName = "datawall-plan"

    /// The JSON Schema of such files, as it is in `Datasets/schemas`.
    package static let schemaFile = schemaFile(
        of: "datawall-plan-2", title: "datawall plan file, version 2",
        summary:
            "A recommended training run with its reasons. Keys are written in the order given here; later minor versions "
            + "only add keys. Unknown values are null or left out. Under several laws costs, gains and excesses are "
            + "differences x of ln cost: e^x − 1 above, or 1 − e^−x below (0.001 is about 0.1 %).")

    /// The version of the program that made the plan.
    public var datawallVersion: String?

    /// The command line that makes the file again.
    public var madeBy: String?

    /// How the plan came out.
    public var status = PlanStatus.optimal

    /// Further statuses that also apply.
    public var furtherStatuses: [PlanStatus] = []

    /// The objective's name.
    public var objective = ""

    /// The unit of its cost.
    public var costUnit: String?

    /// The law that the recommendation follows, or `robust` if several were weighed.
    public var law = ""

    /// Every law that takes part.
    public var laws: [Law] = []

    /// The digest of the audit that the supply was read from.
    public var auditDigest: String?

    /// How training compute is counted, such as `6ND`.
    public var flopModel: String?

    /// The share that intervals hold.
    public var intervalLevel: Double?

    /// The source of the intervals.
    public var intervalSource: IntervalSource?

    /// The data there are.
    public var supply = Supply()

    /// The compute that may be spent.
    public var budget: Budget?

    /// The limits that were given.
    public var constraints = Constraints()

    /// The run recommended, with its mixture.
    public var recommended = Run()

    /// How it was chosen; `nil` if one law is followed.
    public var decision: Decision?

    /// The advice of each family of laws.
    public var families: [FamilyPlan] = []

    /// Further local optima.
    public var otherBasins: [Recommendation] = []

    /// Laws without a part in the decision.
    public var leftOut: [LeftOutLaw] = []

    /// The best plan at each number of epochs.
    public var frontier: [FrontierPoint] = []

    /// Whether twice as many epochs are better.
    public var epochSteps: [EpochStep] = []

    /// The savings from 1 % more of each scarce resource.
    public var shadowPrices = ShadowPrices.blank

    /// The effect of more data or compute.
    public var prospects: [Prospect] = []

    /// The runs that published rules would train with the same compute.
    public var baselines: [Baseline] = []

    /// How far the unique data reach.
    public var dataWall: DataWall?

    /// The epochs after which one more saves less than --epoch-gain.
    public var epochGain: EpochGain?

    /// The best plans if only the best of the data are kept.
    public var qualityCuts: [QualityCut] = []

    /// The plan in tokens of another size.
    public var tokenSensitivity: [TokenSensitivity] = []

    /// Warnings for the reader.
    public var warnings: [PlanWarning] = []

    /// Results of others with more compute on fixed data, if the plan leaves compute unspent or repeats much.
    public var fixedData: FixedData?

    /// The plan's use of rewritten or synthetic tokens.
    public var derived: Derived?

    /// A model to build of the recommended size.
    public var model: Model?

    /// Weight decay and epochs by published rules.
    public var recipes: [Rule] = []

    package static let blank = PlanFile()

    package static let fields: [JSONField<PlanFile>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(version)),
        .init("datawall_version", \.datawallVersion, "The version of the program.", presence: .readIfPresent),
        .init("made_by", \.madeBy, "The command line that makes the file again.", presence: .readIfPresent),
        .init("status", \.status, "How the plan came out; a question without an answer has no file."),
        .init(
            "further_statuses", \.furtherStatuses,
            "What else the status would be for, such as extrapolation under a cap.", presence: .writtenIfSet),
        .init("objective", \.objective, "What was minimised."),
        .init("cost_unit", \.costUnit, "The unit of what was minimised.", presence: .readIfPresent),
        .init("law", \.law, "The law that is followed, or robust where families of laws were weighed."),
        .init("laws", \.laws, "The laws that take part."),
        .init("audit_digest", \.auditDigest, "The digest of the audit of the supply.", presence: .readIfPresent),
        .init("flop_model", \.flopModel, "How training compute is counted.", presence: .readIfPresent),
        .init("interval_level", \.intervalLevel, "The share that intervals hold.", presence: .writtenIfSet),
        .init(
            "interval_source", \.intervalSource,
            "The source of intervals: refits of one law, draws from its covariance, both ends of the unique factor, or "
                + "the draws of all families.", presence: .writtenIfSet),
        .init("supply", \.supply, "The data there are."),
        .init("budget", \.budget, "The compute that may be spent; null without one.", presence: .readIfPresent),
        .init("constraints", \.constraints, "The limits that were given.", presence: .readIfPresent),
        .init("recommended", \.recommended, "The one run that is recommended."),
        .init(
            "decision", \.decision, "How the run was chosen; null where one law is followed.",
            presence: .readIfPresent),
        .init("families", \.families, "What each family of laws advises, and what it says of the run."),
        .init("other_basins", \.otherBasins, "Further local optima.", presence: .writtenIfSet),
        .init("laws_left_out", \.leftOut, "Laws without a part in the decision.", presence: .writtenIfSet),
        .init("frontier", \.frontier, "The best plan at 1, 2, 4, … epochs.", presence: .readIfPresent),
        .init("epoch_steps", \.epochSteps, "Whether twice as many epochs are better.", presence: .readIfPresent),
        .init("shadow_prices", \.shadowPrices, "What 1 % more would save.", presence: .readIfPresent),
        .init(
            "prospects", \.prospects, "What 1 % more, twice and ten times as much data or compute would buy.",
            presence: .readIfPresent),
        .init(
            "baselines", \.baselines, "What published rules would train with the same compute.",
            presence: .writtenIfSet),
        .init("data_wall", \.dataWall, "How far the unique data reach.", presence: .readIfPresent),
        .init(
            "epoch_gain", \.epochGain, "The epochs after which one more saves less than --epoch-gain.",
            presence: .readIfPresent),
        .init(
            "quality_frontier", \.qualityCuts, "The best plans if only the best of the data are kept.",
            presence: .readIfPresent),
        .init(
            "token_sensitivity", \.tokenSensitivity, "The plan if tokens were a quarter smaller or larger.",
            presence: .readIfPresent),
        .init("warnings", \.warnings, "What a reader should know.", presence: .readIfPresent),
        .init(
            "recipes", \.recipes, "Weight decay and epochs by rules for repeated data.", presence: .writtenIfSet),
        .init(
            "fixed_data", \.fixedData,
            "What others reached with compute on one small fixed corpus: a report, not a plan.", presence: .writtenIfSet
        ),
        .init(
            "derived", \.derived, "What the plan makes of rewritten or synthetic tokens.", presence: .writtenIfSet),
        .init("model", \.model, "A model to build of the recommended size.", presence: .writtenIfSet),
    ]

    /// Reads a plan file.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(ReportFileError) {
        try self.init(file: bytes, format: Self.formatName, version: Self.version)
    }

    /// Reads a plan file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        try self.init(file: json, format: Self.formatName, version: Self.version)
    }

    /// Checks that tables have the same families.
    package func check(at place: JSONPlace) throws(JSONPathError) {
        for (index, step) in epochSteps.enumerated() where step.familyShares.count != families.count {
            throw JSONPathError(
                path: "epoch_steps[\(index)].family_shares",
                reason:
                    "has \(Quantity.count(step.familyShares.count, "share")) for \(Quantity.count(families.count, "family", plural: "families"))"
            )
        }
    }

    /// An empty plan.
    init() {}

    /// The plan as its file's value; write it with `fileText()`.
    public var json: JSONValue { object }
}
