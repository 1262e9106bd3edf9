public import DataMixing
public import OrderedJSON

/// The file of a mixture: the division of training tokens among sources, and the answers of other methods.
///
/// The table of `fields` is the format: it writes files, reads them, and makes their schema. Keys that a later minor
/// version added are ignored; fields that a file does not have are `nil` or empty.
public struct MixtureFile: JSONRecord, Sendable, Equatable {
    /// The version of the format this library reads and writes.
    public static let version = 2

    /// The name of the format, as it is in a file.
    static let formatName = "datawall-mixture"

    /// The JSON Schema of such files, as it is in `Datasets/schemas`.
    package static let schemaFile = schemaFile(
        of: "datawall-mixture-2", title: "datawall mixture file, version 2",
        summary:
            "How training tokens are shared out among sources, and what other methods answer. Keys are written in the "
            + "order given here; later minor versions only add keys. Unknown values are null.")

    /// The version of the program that made the mixture.
    public var datawallVersion: String?

    /// The command line that makes the mixture again, or `nil` if no command made it.
    public var madeBy: String?

    /// The digest of the audit that the supply was read from.
    public var auditDigest: String?

    /// Whether the audit of the supply is complete; `nil` where the supply is no audit.
    public var isComplete: Bool?

    /// The method that chose the weights.
    public var method = ""

    /// D, the training tokens.
    public var tokens = 0.0

    /// The unique tokens of the supply.
    public var uniqueTokens = 0.0

    /// Whether the supply's tokens are estimates.
    public var isEstimated = false

    /// The treatment of copies before training.
    public var treatment: CopyTreatment?

    /// The cap of sources without their own, if the user set one.
    public var cap: Double?

    /// Whether nothing distinguishes the sources: equal qualities, and no pilots.
    public var hasEqualSources = false

    /// The mean of the original qualities, by which those of the sources are divided.
    public var meanQuality: Double?

    /// The most training tokens that the caps allow.
    public var mostTokens: Double?

    /// The curve of the worth of repeats.
    public var curve: Curve?

    /// The pull of weights towards natural shares.
    public var pull: Pull?

    /// The law of the losses.
    public var law: String?

    /// N.
    public var parameters: Double?

    /// Unique tokens weighted by quality with a mean of 1, repeats discounted.
    public var effectiveTokens: Double?

    /// The same by the qualities as they were given.
    public var effectiveTokensAsGiven: Double?

    /// The effective tokens left after the pull.
    public var effectiveTokensAfterPull: Double?

    /// The same with every token worth 1.
    public var freshTokens: Double?

    /// The loss under the law.
    public var loss: Double?

    /// KL to natural shares in nats.
    public var divergence: Double?

    /// How far the mixture is from the optimum at most, in ln of effective tokens.
    public var gap: Double?

    /// Effective tokens with every cap lifted.
    public var effectiveTokensWithoutCaps: Double?

    /// Effective tokens of the same weights with copies removed.
    public var effectiveTokensWithoutCopies: Double?

    /// The allocation of each source.
    public var sources: [Share] = []

    /// Sources that own no unique tokens, which get no weight.
    public var emptySources: [String] = []

    /// The answers of all methods.
    public var methods: [Method] = []

    /// Warnings for the reader.
    public var warnings: [PlanWarning] = []

    /// The evidence of pilots; `nil` without pilots.
    public var pilots: Pilots?

    /// Further remarks.
    public var notes: [String] = []

    package static let blank = MixtureFile()

    package static let fields: [JSONField<MixtureFile>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(version)),
        .init("datawall_version", \.datawallVersion, "The version of the program.", presence: .readIfPresent),
        .init(
            "made_by", \.madeBy, "The command line that makes the file again; null where no command made it.",
            presence: .readIfPresent),
        .init("audit_digest", \.auditDigest, "The digest of the audit of the supply.", presence: .readIfPresent),
        .init(
            "audit_complete", \.isComplete,
            "Whether the audit of the supply is complete; null where the supply is no audit.", presence: .readIfPresent),
        .init("method", \.method, "The method that is followed."),
        .init("tokens", \.tokens, "D, the training tokens, repeats included.", .positive),
        .init("unique_tokens", \.uniqueTokens, "The unique tokens of the supply.", .positive),
        .init(
            "estimated_tokens", \.isEstimated, "Whether the supply's tokens are estimates.", presence: .readIfPresent),
        .init(
            "as", \.treatment, "Whether copies are removed before training or stay.",
            presence: .readIfPresent),
        .init(
            "max_epochs", \.cap, "The cap of sources without one of their own; null where nobody set one.",
            presence: .readIfPresent),
        .init(
            "most_tokens", \.mostTokens, "The most training tokens that the caps allow; null without caps.",
            presence: .readIfPresent),
        .init("curve", \.curve, "The worth of repeats.", presence: .readIfPresent),
        .init(
            "sources_are_equal", \.hasEqualSources,
            "Whether nothing distinguishes the sources: their qualities are equal and there are no pilots.",
            presence: .readIfPresent),
        .init(
            "mean_quality", \.meanQuality,
            "The mean over unique tokens of the qualities as given; the sources' qualities are divided by it.",
            presence: .readIfPresent),
        .init("pull", \.pull, "What draws weights to natural shares.", presence: .readIfPresent),
        .init("law", \.law, "The law that losses are those of.", presence: .readIfPresent),
        .init("parameters", \.parameters, "The N that the law uses.", presence: .readIfPresent),
        .init(
            "effective_tokens", \.effectiveTokens,
            "Σ q·U·ρ(epochs): unique tokens weighted by quality with a mean of 1, repeats discounted by the curve.",
            presence: .readIfPresent),
        .init(
            "effective_tokens_as_given", \.effectiveTokensAsGiven,
            "The same by the qualities as they were given: effective_tokens times mean_quality.",
            presence: .readIfPresent),
        .init(
            "effective_tokens_after_pull", \.effectiveTokensAfterPull,
            "effective_tokens·exp(−pull.strength·kl_to_natural): what the weights maximise where they were solved for.",
            presence: .readIfPresent),
        .init("fresh_tokens", \.freshTokens, "The same with every token worth 1.", presence: .readIfPresent),
        .init("loss", \.loss, "The loss under the law, on its own corpus.", presence: .readIfPresent),
        .init("kl_to_natural", \.divergence, "KL of the weights to natural shares, in nats.", presence: .readIfPresent),
        .init(
            "duality_gap", \.gap,
            "How far the weights are from the optimum at most, in ln of effective tokens; null where they were not "
                + "solved for.", presence: .readIfPresent),
        .init(
            "effective_tokens_without_caps", \.effectiveTokensWithoutCaps,
            "Effective tokens with every cap lifted, where one binds.", presence: .readIfPresent),
        .init(
            "effective_tokens_without_copies", \.effectiveTokensWithoutCopies,
            "Effective tokens of the same weights with copies removed, where they stay.", presence: .readIfPresent),
        .init("mixture", \.sources, "What each source gets.", .notEmpty),
        .init(
            "empty_sources", \.emptySources, "Sources without unique tokens of their own, which get nothing.",
            presence: .readIfPresent),
        .init(
            "methods", \.methods, "The answer of every method, including the one that is followed.",
            presence: .readIfPresent),
        .init("warnings", \.warnings, "What a reader should know.", presence: .readIfPresent),
        .init("pilots", \.pilots, "What pilot runs say; null without any.", presence: .readIfPresent),
        .init("notes", \.notes, "Further remarks.", presence: .readIfPresent),
    ]
}
