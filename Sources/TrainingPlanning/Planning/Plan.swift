public import ScalingLaws

/// A recommendation of model size, tokens and epochs, with its reasons.
public struct Plan: Sendable {
    /// How the plan came out.
    public var status: PlanStatus

    /// What else the status would be for, such as extrapolation under a cap.
    public var furtherStatuses: [PlanStatus] = []

    /// The objective's name.
    public var objective: String

    /// The unit of the objective's cost.
    public var costUnit: String

    /// The law that the recommendation follows, or `robust` where several were weighed.
    public var law: String

    /// Every law that was asked.
    public var laws: [LawReference]

    /// How training compute is counted, such as `6ND`.
    public var flopModel: String

    /// The data there are.
    public var supply: DataSupply

    /// The compute that may be spent, or `nil`.
    public var budget: ComputeBudget?

    /// The limits.
    public var constraints: PlanConstraints

    /// What else the objective reads.
    public var terms: PlanTerms

    /// The run recommended.
    public var recommended: Recommendation

    /// Further local optima, the best first.
    public var otherBasins: [Recommendation]

    /// Whether costs are the expected excess over the laws' own best runs, as a share: of several laws, except at a target
    /// loss, where a run costs the same under each.
    public var costIsExcess: Bool { law == Plan.robust && constraints.targetLoss == nil }

    /// What each family of laws advises by itself, and its weight.
    public var families: [FamilyPlan]

    /// How the run was chosen among several families; `nil` where one law is followed or a target loss must be reached.
    public var decision: Decision?

    /// Laws without a part in the decision.
    public var leftOut: [LeftOutLaw] = []

    /// The best plan at 1, 2, 4, … epochs.
    public var frontier: [FrontierPoint]

    /// What published rules would train with the same compute.
    public var baselines: [Baseline] = []

    /// What a little more of what is scarce would buy.
    public var shadowPrices: ShadowPrices

    /// What 1 % more, twice and ten times as many unique tokens or as much compute would buy.
    public var prospects: [Prospect] = []

    /// Whether twice as many epochs are better, from one on; empty without draws, or where most data stay unread.
    public var epochSteps: [EpochStep] = []

    /// What the intervals are taken over, or `nil` where there are none.
    public var intervalSource: IntervalSource?

    /// The share of what the intervals are taken over that they hold.
    public var intervalLevel: Double { intervalSource?.level ?? 1 }

    /// The best plans if only the best of the data are kept, where qualities differ.
    public var qualityCuts: [QualityCut] = []

    /// The epochs after which one more saves less than --epoch-gain, or `nil` where nothing was.
    public var epochGain: EpochGain?

    /// How far the unique data reach.
    public var dataWall: DataWall

    /// The plan if tokens were a quarter smaller or larger, where the bytes per token of the supply or of the law are not
    /// known; else empty.
    public var tokenSensitivity: [TokenSensitivity] = []

    /// The law's name of plans that weigh several laws.
    public static let robust = "robust"

    /// What a reader should know.
    public var warnings: [PlanWarning]

    /// How the training tokens are shared out among the sources, where several are known; `nil` where ``noMixture`` says
    /// why.
    public var mixture: MixtureAllocation?

    /// By how much the mixture raises ln L over reading all sources evenly, under laws that do not see quality; `nil` where
    /// it is not known.
    public var mixtureExcess: Double?

    /// Why there is no mixture although several sources are known.
    public var noMixture: String?

    /// What the plan makes of rewritten or synthetic tokens; `nil` where none were described.
    public var derived: DerivedUse?

    /// A model to build of the recommended size, where the planner knows a family of models.
    public var model: ModelProposal?

    /// Weight decay and epochs by each rule that knows them at this run's parameters a unique token; empty for a run that
    /// repeats little.
    public var recipes: [HyperparameterSuggestion] = []
}
