public import DataMixing
import Quantities

/// The data that a plan may use: a file, a number of unique tokens, or a file and further tokens.
public struct SupplyRequest: Sendable {
    /// The path of an audit or a table of sources; `-` is standard input.
    public var path: String?

    /// The name of a public corpus, whose strictest published count of unique tokens is taken.
    public var published: String?

    /// The unique tokens available, or those to add to the file's.
    public var uniqueTokens: Double?

    /// Whether ``uniqueTokens`` are added to those of the file, as `--unique-tokens +100e9` does.
    public var addsTokens = false

    /// The treatment of copies before training.
    public var treatment = CopyTreatment.dedup

    /// Whether near copies count as unique tokens; leaving them out needs an audit that knows them.
    public var unique = UniqueText.exact

    /// Whether documents that contain items of evaluation sets are left out; this needs an audit that searched for
    /// them.
    public var leavesOutContaminated = false

    /// The share of the unique tokens that may be truly unique.
    public var uniqueFactor: ClosedRange<Double>?

    /// Bytes of text per token, if no audit states them.
    public var bytesPerToken: Double?

    /// Rewritten or synthetic tokens that the plan may add.
    public var derived: DerivedSupply?

    /// Whether an audit of paragraphs or lines may be the supply.
    public var acceptsParts = false

    /// Creates a request for a number of unique tokens.
    public init(uniqueTokens: Double? = nil) { self.uniqueTokens = uniqueTokens }

    /// Creates a request for a file.
    public init(path: String) { self.path = path }

    static let pageOfText = 10_000.0

    /// Whether any option describes the data.
    public var isGiven: Bool { path != nil || published != nil || uniqueTokens != nil }

    /// Refuses values that contradict each other.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try RequestError.refuse([
            (path != nil && published != nil, "A file and --supply both give the supply: leave one out."),
            (
                path == nil && leavesOutContaminated,
                "--without-contaminated needs an audit, which looks for evaluation sets."
            ),
            (published != nil && treatment != .dedup, "--as needs an audit, which counts copies."),
            RunLimits.rule("--bytes-per-token", bytesPerToken, RunLimits.bytesPerToken),
        ])
        if let uniqueTokens {
            let written = Quantity.exact(uniqueTokens)
            try RequestError.refuse([
                (
                    uniqueTokens > 0 && uniqueTokens < Self.pageOfText,
                    "--unique-tokens \(written) is less than a page of text: counts are absolute, so write 25e9 or 25B for "
                        + "billions."
                ),
                (
                    uniqueTokens > DataSupply.mostUniqueTokens,
                    "--unique-tokens \(written) is more text than there is: is it a budget of FLOPs, for --flops?"
                ),
                (
                    path == nil && published == nil && addsTokens,
                    "--unique-tokens +… adds to an audit or a table of sources: name one, or give --supply."
                ),
                (
                    path != nil && !addsTokens,
                    "A file and --unique-tokens both give the supply: leave one out, or write --unique-tokens "
                        + "+\(Quantity.short(uniqueTokens)) to add that many."
                ),
                (path == nil && unique != .exact, "--unique needs an audit, which counts near copies."),
                (
                    published != nil && !addsTokens,
                    "--supply and --unique-tokens both give the supply: leave one out, or write --unique-tokens "
                        + "+\(Quantity.short(uniqueTokens)) to add that many."
                ),
                (path == nil && treatment != .dedup, "--as needs an audit, which counts copies."),
            ])
        } else if path == nil && published == nil {
            throw RequestError("Name an audit file or a table of sources, or give --unique-tokens or --supply.")
        }
    }

    /// The supply, of the file at ``path`` once it is read.
    func supply(_ file: SupplyFile?) throws -> DataSupply {
        try validate()
        var supply: DataSupply
        if let file {
            guard bytesPerToken == nil || file.audit == nil else {
                throw RequestError("The audit says how many bytes a token has: leave out --bytes-per-token.")
            }
            supply = try file.supply(
                as: treatment, unique: unique, withoutContaminated: leavesOutContaminated, acceptsParts: acceptsParts,
                bytesPerToken: bytesPerToken)
            if let uniqueTokens { supply = try supply.adding(uniqueTokens: uniqueTokens) }
        } else if let published {
            guard unique == .exact else {
                throw RequestError("--unique needs an audit, which counts near copies.")
            }
            let corpus = try PublishedSupply.named(published)
            supply = try DataSupply(
                sources: [SourceSupply(name: corpus.name, uniqueTokens: corpus.uniqueTokens)],
                bytesPerToken: bytesPerToken)
            if let uniqueTokens { supply = try supply.adding(uniqueTokens: uniqueTokens) }
        } else {
            supply = try DataSupply(uniqueTokens: uniqueTokens ?? 0, bytesPerToken: bytesPerToken)
        }
        if let uniqueFactor { supply = try supply.with(uniqueFactor: uniqueFactor) }
        if let derived { supply = try supply.deriving(derived) }
        return supply
    }
}
