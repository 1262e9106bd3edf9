public import ScalingLaws

/// A recommendation of model size, tokens and epochs, with its reasons.
public struct Plan: Sendable {
    /// How the plan came out.
    public var status: PlanStatus

    /// Further statuses that also apply, such as extrapolation under a cap.
    public var furtherStatuses: [PlanStatus] = []

    /// The objective's name.
    public var objective: String

    /// The unit of the objective's cost.
    public var costUnit: String

    /// The law that the recommendation follows, or `robust` if several were weighed.
    public var law: String

    /// Every law that was named for the plan.
    public var laws: [LawReference]

    /// How training compute is counted, such as `6ND`.
    public var flopModel: String

    /// The data there are.
    public var supply: DataSupply

    /// The compute that may be spent, or `nil`.
    public var budget: ComputeBudget?

    /// The limits.
    public var constraints: PlanConstraints

    /// Further quantities that the objective reads.
    public var terms: PlanTerms

    /// The run recommended.
    public var recommended: Recommendation

    /// Further local optima, the best first.
    public var otherBasins: [Recommendation]

    /// Whether costs are the expected excess over the laws' own best runs, in ln of the cost: of several laws, except at a target
    /// loss, where a run costs the same under each.
    public var costIsExcess: Bool { law == Plan.robust && constraints.targetLoss == nil }

    /// The unit of the laws' losses, such as `nats/token`; of several units all, as in `bits/byte or nats/token`.
    package var lossUnit: String { Self.lossUnit(of: laws.map(\.card)) }

    /// Whether the cost is a loss, with or without a weighted cost in dollars.
    package var costIsLoss: Bool { costUnit == lossUnit }

    /// The unit of the losses of some laws.
    static func lossUnit(of cards: [ModelCard]) -> String {
        cards.isEmpty
            ? LossUnit.natsPerToken.rawValue : Set(cards.map(\.setup.lossUnit)).sorted().joined(separator: " or ")
    }

    /// Each family of laws, with its own advice and its weight.
    public var families: [FamilyPlan]

    /// How the run was chosen among several families; `nil` if one law is followed, or if a target loss must be
    /// reached.
    public var decision: Decision?

    /// Laws without a part in the decision.
    public var leftOut: [LeftOutLaw] = []

    /// The best plan at 1, 2, 4, … epochs.
    public var frontier: [FrontierPoint]

    /// The runs that published rules would train with the same compute.
    public var baselines: [Baseline] = []

    /// The savings from a little more of each scarce resource.
    public var shadowPrices: ShadowPrices

    /// New plans with 1 % more, twice and ten times as many unique tokens or as much compute.
    public var prospects: [Prospect] = []

    /// Whether twice as many epochs are better, starting from one; empty without draws, or if most data stay unread.
    public var epochSteps: [EpochStep] = []

    /// The source of the intervals, or `nil` if there are none.
    public var intervalSource: IntervalSource?

    /// The share of cases that the intervals cover.
    public var intervalLevel: Double { intervalSource?.level ?? 1 }

    /// The best plans if only the best of the data are kept, where qualities differ.
    public var qualityCuts: [QualityCut] = []

    /// The epochs after which one more saves less than --epoch-gain, or `nil` if this was not computed.
    public var epochGain: EpochGain?

    /// How far the unique data reach.
    public var dataWall: DataWall

    /// The plan if tokens were a quarter smaller or larger, where the bytes per token of the supply or of the law are not
    /// known; else empty.
    public var tokenSensitivity: [TokenSensitivity] = []

    /// The law's name of plans that weigh several laws.
    public static let robust = "robust"

    /// Warnings for the reader.
    public var warnings: [PlanWarning]

    /// The division of the training tokens among the sources, if several are known; `nil` where ``noMixture`` gives the
    /// reason.
    public var mixture: MixtureAllocation?

    /// The rise of ln L by the mixture, compared with reading all sources evenly, under laws that do not see quality;
    /// `nil` if unknown.
    public var mixtureExcess: Double?

    /// The reason why there is no mixture although several sources are known.
    public var noMixture: String?

    /// The plan's use of rewritten or synthetic tokens; `nil` if none were described.
    public var derived: DerivedUse?

    /// A model to build of the recommended size, where the planner knows a family of models.
    public var model: ModelProposal?

    /// Weight decay and epochs by each rule that knows them at this run's parameters a unique token; empty for a run that
    /// repeats little.
    public var recipes: [HyperparameterSuggestion] = []
}
