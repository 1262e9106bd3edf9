package import OrderedJSON
public import TrainingPlanning

// The fields of the planner's own types, as plan files have them.

extension PlanStatus: JSONRepresentable {}
extension IntervalSource: JSONRepresentable {}
extension DecisionRule: JSONRepresentable {}
extension Prospect.Quantity: JSONRepresentable {}

extension Recommendation: JSONRecord {
    package static let fields: [JSONField<Recommendation>] = [
        .init("parameters", \.parameters, "N.", .positive),
        .init("tokens", \.tokens, "D, repeats included.", .positive),
        .init("unique_tokens", \.uniqueTokens, "The unique tokens used.", presence: .readIfPresent),
        .init("epochs", \.epochs, "Passes over the unique tokens available.", .positive),
        .init("passes_over_files", \.passesOverFiles, "Passes over the files.", presence: .readIfPresent),
        .init(written: "tokens_per_parameter", \.tokensPerParameter, "D/N."),
        .init("flops", \.flops, "Training compute.", presence: .readIfPresent),
        .init("budget_used", \.budgetUsed, "The share of the budget that is spent.", presence: .readIfPresent),
        .init(
            "loss", \.loss, "The loss under the law; null where several were weighed.", presence: .readIfPresent),
        .init(
            "loss_interval", \.lossInterval, "The range of the measured loss.",
            presence: .readIfPresent),
        .init(
            "parameters_interval", \.parametersInterval, "The range of the best N.", presence: .readIfPresent),
        .init("tokens_interval", \.tokensInterval, "The range of the best D.", presence: .readIfPresent),
        .init(
            "epochs_interval", \.epochsInterval, "The range of the best number of epochs.", presence: .readIfPresent),
        .init(
            "cost", \.cost, "The minimised quantity; where several laws were weighed, the expected excess.",
            presence: .readIfPresent),
        .init(
            "effective_tokens", \.effectiveTokens, "The worth of D in fresh tokens.", presence: .readIfPresent),
        .init("law_tokens", \.lawTokens, "D in the law's own tokens.", presence: .readIfPresent),
        .init(
            "extrapolation", \.extrapolation,
            "The distance of the run outside the fitted range, as factors; of several, the deciding family that "
                + "was fitted farthest away.", presence: .readIfPresent),
    ]
}

extension Extrapolation: JSONRecord {
    package static let fields: [JSONField<Extrapolation>] = [
        .init("flops", \.flops, "In training compute.", presence: .readIfPresent),
        .init("parameters", \.parameters, "In model size.", presence: .readIfPresent),
        .init("tokens", \.tokens, "In training tokens.", presence: .readIfPresent),
        .init("unique_tokens", \.uniqueTokens, "In unique tokens used.", presence: .readIfPresent),
        .init("epochs", \.epochs, "In epochs.", presence: .readIfPresent),
        .init("tokens_per_parameter", \.tokensPerParameter, "In D/N.", presence: .readIfPresent),
    ]
}

extension SizeLimit: JSONRecord {
    package static let fields: [JSONField<SizeLimit>] = [
        .init("code", \.code, "What sets it, for programs."),
        .init("max_parameters", \.parameters, "The most parameters.", .positive),
        .init("reason", \.reason, "What sets it, in words."),
    ]
}

extension Decision: JSONRecord {
    package static let fields: [JSONField<Decision>] = [
        .init("rule", \.rule, "What was made smallest over the draws: the expected excess."),
        .init("expected_excess", \.expectedExcess, "The mean excess of the run, in ln of the cost.", .notNegative),
        .init("tail_excess", \.tailExcess, "The mean over the worst tenth of the draws.", .notNegative),
        .init("worst_excess", \.worstExcess, "The excess under the worst draw.", .notNegative),
        .init("worst_family", \.worstFamily, "The family with the largest expected excess."),
        .init(
            "size_disagreement", \.sizeDisagreement,
            "The spread of the sizes that families advise: exp of twice the weighted standard deviation of ln N, which is "
                + "the ratio of two that count alike.", .positive),
        .init("epoch_disagreement", \.epochDisagreement, "The same of epochs.", .positive),
        .init("draws", \.draws, "How many draws were weighed."),
    ]
}

extension FamilyDistance: JSONRecord {
    package static let blank = FamilyDistance(compute: nil, epochs: nil, uniqueTokens: nil)

    package static let fields: [JSONField<FamilyDistance>] = [
        .init("compute", \.compute, "In compute; null where the range is not known.", presence: .readIfPresent),
        .init("epochs", \.epochs, "In epochs.", presence: .readIfPresent),
        .init("unique_tokens", \.uniqueTokens, "In unique tokens.", presence: .readIfPresent),
    ]
}

extension FamilyPlan: JSONRecord {
    package static let fields: [JSONField<FamilyPlan>] = [
        .init("family", \.family, "The family."),
        .init("law", \.law, "The law that speaks for it."),
        .init("weight", \.weight, "Its share of the decision.", .share),
        .init("distance", \.distance, "The factors of ten between the question and the fitted range."),
        .init(
            "contrast_error", \.contrastError,
            "Its measured error of differences between runs of one budget, in ln L; null where nobody measured it.",
            presence: .readIfPresent),
        .init("draws", \.draws, "How many draws of its coefficients take part."),
        .init("parameters", \.parameters, "N of its own best run.", .positive),
        .init("tokens", \.tokens, "D of it.", .positive),
        .init("epochs", \.epochs, "Its passes over the unique tokens.", .positive),
        .init("own_loss", \.ownLoss, "Its loss.", presence: .readIfPresent),
        .init("cost", \.cost, "What it costs, in the objective's unit.", presence: .readIfPresent),
        .init("loss", \.loss, "The loss of the run recommended.", presence: .readIfPresent),
        .init("loss_interval", \.lossInterval, "Where that loss will be measured.", presence: .readIfPresent),
        .init("parameters_interval", \.parametersInterval, "The range of its best N.", presence: .readIfPresent),
        .init("tokens_interval", \.tokensInterval, "The range of its best D.", presence: .readIfPresent),
        .init("epochs_interval", \.epochsInterval, "The range of its best epochs.", presence: .readIfPresent),
        .init("interval_source", \.intervalSource, "The source of intervals.", presence: .readIfPresent),
        .init("no_interval", \.noInterval, "Why there are no intervals.", presence: .writtenIfSet),
        .init(
            "excess", \.excess, "What the run recommended costs above its own best, in ln of the cost.", .notNegative),
        .init(
            "extrapolation", \.extrapolation, "The distance of the recommended run outside its range, as factors.",
            presence: .readIfPresent),
        .init("missed_by", \.missedBy, "By how many nats the run misses the target.", presence: .writtenIfSet),
        .init(
            "lowest_loss", \.lowestLoss,
            "The lowest loss within the limits where the target cannot be reached; the family's own best run is then the "
                + "one of lowest loss at the compute of the run recommended.", presence: .writtenIfSet),
        .init(
            "reached_share", \.reachedShare, "The share of draws under which it reaches the target.",
            presence: .writtenIfSet),
        .init("wall_flops", \.wallFLOPs, "The compute at which data begin to repeat.", presence: .readIfPresent),
        .init("other_basins", \.otherBasins, "Further local optima.", presence: .writtenIfSet),
    ]
}

extension FrontierPoint: JSONRecord {
    package static let fields: [JSONField<FrontierPoint>] = [
        .init("epochs", \.epochs, "Passes over the unique tokens.", .positive),
        .init("parameters", \.parameters, "N.", .positive),
        .init("tokens", \.tokens, "D.", .positive),
        .init("loss", \.loss, "The loss; null where several laws were weighed.", presence: .readIfPresent),
        .init("cost", \.cost, "The minimised quantity.", presence: .readIfPresent),
        .init("next_epoch_gain", \.nextEpochGain, "What one more epoch saves.", presence: .readIfPresent),
    ]
}

extension EpochStep: JSONRecord {
    package static let fields: [JSONField<EpochStep>] = [
        .init("epochs", \.epochs, "The passes before; twice as many come after.", .positive),
        .init("share", \.share, "The share of the draws under which the step pays, weighted.", .share),
        .init("gain", \.gain, "The mean fall of ln cost."),
        .init("family_shares", \.familyShares, "The share within each family."),
    ]
}

extension ShadowPrices: JSONRecord {
    package static let fields: [JSONField<ShadowPrices>] = [
        .init("unique_tokens", \.uniqueTokens, "What 1 % more unique tokens saves.", presence: .readIfPresent),
        .init("flops", \.flops, "What 1 % more compute saves.", presence: .readIfPresent),
        .init(
            "unique_tokens_in_flops", \.uniqueTokensInFLOPs,
            "The compute that saves as much as 1 % more unique tokens.", presence: .readIfPresent),
        .init("limits", \.limits, "The limits that bind.", presence: .readIfPresent),
    ]
}

extension LimitPrice: JSONRecord {
    package static let fields: [JSONField<LimitPrice>] = [
        .init("limit", \.code, "The limit, for programs."),
        .init("name", \.name, "The limit in words.", presence: .readIfPresent),
        .init("value", \.limit, "Its value."),
        .init("gain", \.gain, "What 1 % more room saves.", presence: .readIfPresent),
        .init("gain_in_flops", \.gainInFLOPs, "The compute that saves as much.", presence: .readIfPresent),
        .init("lifted_gain", \.liftedGain, "What lifting it saves.", presence: .readIfPresent),
        .init("lifted", \.lifted, "The plan without it.", presence: .readIfPresent),
    ]
}

extension Prospect: JSONRecord {
    package static let fields: [JSONField<Prospect>] = [
        .init("quantity", \.quantity, "The quantity that is larger."),
        .init("factor", \.factor, "How many times as much.", .positive),
        .init("gain", \.gain, "What it saves.", .notNegative),
        .init("parameters", \.parameters, "N of the plan with it.", .positive),
        .init("tokens", \.tokens, "D of it.", .positive),
        .init("epochs", \.epochs, "Its passes over the unique tokens.", .positive),
    ]
}

extension Baseline: JSONRecord {
    package static let fields: [JSONField<Baseline>] = [
        .init("name", \.name, "The rule."),
        .init("parameters", \.parameters, "N.", .positive),
        .init("tokens", \.tokens, "D, all that the compute allows.", .positive),
        .init("epochs", \.epochs, "Passes over the unique tokens.", .positive),
        .init(
            "excess", \.excess, "Its excess, in ln of the cost; null where it breaks the plan's limits.",
            presence: .readIfPresent),
        .init("source", \.source, "Where the rule was published."),
    ]
}

extension DataWall: JSONRecord {
    package static let fields: [JSONField<DataWall>] = [
        .init("flops", \.flops, "The compute beyond which data repeat.", presence: .readIfPresent),
        .init("parameters", \.parameters, "The size there.", presence: .readIfPresent),
        .init("tokens_per_parameter", \.tokensPerParameter, "The ratio that largest models are counted at.", .positive),
        .init("largest_model", \.largestModel, "The largest model that one pass supports.", .positive),
        .init(
            "largest_model_at_plan_epochs", \.largestModelAtPlanEpochs,
            "The largest model that the plan's passes support.", .positive),
    ]
}

extension EpochGain: JSONRecord {
    package static let fields: [JSONField<EpochGain>] = [
        .init("threshold", \.threshold, "What a further epoch must save.", .positive),
        .init("epochs", \.epochs, "The epochs after which another saves less.", .positive),
        .init("next_gain", \.nextGain, "What the next saves.", presence: .readIfPresent),
    ]
}

extension QualityCut: JSONRecord {
    package static let fields: [JSONField<QualityCut>] = [
        .init("share", \.share, "The share of the unique tokens that is kept.", .share),
        .init("quality", \.quality, "The lowest quality kept, relative to the mean."),
        .init("mean_quality", \.meanQuality, "The mean quality kept, relative to the mean of all."),
        .init("unique_tokens", \.uniqueTokens, "The unique tokens kept.", .positive),
        .init("epochs", \.epochs, "Passes over them.", .positive),
        .init("parameters", \.parameters, "N.", .positive),
        .init("tokens", \.tokens, "D.", .positive),
        .init("loss", \.loss, "The loss, which knows nothing of quality.", presence: .readIfPresent),
        .init("excess", \.excess, "What the cut costs in data.", .notNegative),
    ]
}

extension TokenSensitivity: JSONRecord {
    package static let fields: [JSONField<TokenSensitivity>] = [
        .init("token_scale", \.tokenScale, "Tokens of the law for each of the supply.", .positive),
        .init("parameters", \.parameters, "N.", .positive),
        .init("tokens", \.tokens, "D.", .positive),
        .init("epochs", \.epochs, "Passes over the unique tokens.", .positive),
        .init("loss", \.loss, "The loss.", presence: .readIfPresent),
    ]
}

extension LeftOutLaw: JSONRecord {
    package static let fields: [JSONField<LeftOutLaw>] = [
        .init("law", \.law, "The law."),
        .init("reason", \.reason, "Why it takes no part."),
    ]
}
