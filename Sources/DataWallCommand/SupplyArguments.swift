public import ArgumentParser
public import DataWallKit

/// The data available for training.
struct SupplyArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The unique tokens available, instead of a file; +100e9 adds that many to the file's.",
            valueName: "u"))
    var uniqueTokens: SignedQuantity?

    @Option(
        help: ArgumentHelp(
            "A public corpus instead of a file, such as fineweb-edu; 'datawall supplies' lists them.",
            valueName: "name"), completion: Completions.supplies)
    var supply: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Whether copies are removed before training: dedup (removed) or is (kept).", valueName: "what"))
    var treatment: CopyTreatment = .dedup

    @Option(
        help: ArgumentHelp(
            "Which tokens count as unique: exact (all but exact copies) or near (all but near copies, est.; needs an audit "
                + "--near). The answer shows both.", valueName: "what"))
    var unique: UniqueText = .exact

    @Flag(
        help: ArgumentHelp(
            "Leave out documents that contain items of evaluation sets (needs an audit --benchmarks). The answer shows "
                + "both."))
    var withoutContaminated = false

    @Option(
        help: ArgumentHelp(
            "The share of the unique tokens that may be truly unique, such as 0.7 or 0.5..0.9, since near copies are "
                + "not counted. Plans use the middle of a range; its ends widen the intervals.", valueName: "share"))
    var uniqueFactor: ShareRange?

    @Option(help: ArgumentHelp("Bytes of text per token of these data, where no audit says.", valueName: "b"))
    var bytesPerToken: Double?

    @Flag(help: "Take an audit of paragraphs or lines for the supply.")
    var levelAsSupply = false

    /// The data that a plan may use, of a file or of the tokens given.
    func request(_ path: String?) -> SupplyRequest {
        var request = SupplyRequest(uniqueTokens: uniqueTokens?.value)
        request.path = path
        request.published = supply
        request.addsTokens = uniqueTokens?.isFurther ?? false
        request.treatment = treatment
        request.unique = unique
        request.leavesOutContaminated = withoutContaminated
        request.uniqueFactor = uniqueFactor?.range
        request.bytesPerToken = bytesPerToken
        request.acceptsParts = levelAsSupply
        return request
    }
}

extension CopyTreatment: ExpressibleByArgument {}
extension UniqueText: ExpressibleByArgument {}
