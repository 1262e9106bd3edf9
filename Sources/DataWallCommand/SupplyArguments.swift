public import ArgumentParser
public import DataWallKit

/// What data there are to train on.
struct SupplyArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The unique tokens available, instead of a file; with a +, as in +100e9, what if there were so many more.",
            valueName: "u"))
    var uniqueTokens: SignedQuantity?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What happens to copies before training: dedup or is.", valueName: "what"))
    var treatment: CopyTreatment = .dedup

    @Option(
        help: ArgumentHelp(
            "The share of the unique tokens that may be truly unique, such as 0.7 or 0.5..0.9, since near copies are "
                + "not counted. Plans use the middle of a range; its ends widen the intervals.", valueName: "share"))
    var uniqueFactor: ShareRange?

    @Option(help: ArgumentHelp("Bytes of text per token of these data, where no audit says.", valueName: "b"))
    var bytesPerToken: Double?

    @Flag(help: "Take an audit of paragraphs or lines for the supply.")
    var levelAsSupply = false

    func validate() throws {
        guard let tokens = uniqueTokens?.value else { return }
        if tokens > 0, tokens < 10_000 {
            throw ValidationError(
                "--unique-tokens \(Quantity.exact(tokens)) is less than a page of text: counts are absolute, so write 25e9 or 25B for "
                    + "billions.")
        }
        if tokens > 1e18 {
            throw ValidationError(
                "--unique-tokens \(Quantity.exact(tokens)) is more text than there is: is it a budget of FLOPs, for --flops?"
            )
        }
    }

    /// The supply of a file, or of the tokens given.
    func supply(_ file: SupplyFile?) throws -> DataSupply {
        var supply: DataSupply
        switch (file, uniqueTokens) {
        case (nil, nil):
            throw ValidationError("Name an audit file or a table of sources, or give --unique-tokens.")
        case (nil, let tokens?) where tokens.isFurther:
            throw ValidationError("--unique-tokens +… adds to an audit or a table of sources: name one.")
        case (.some, let tokens?) where !tokens.isFurther:
            throw ValidationError(
                "A file and --unique-tokens both say what there is: leave one out, or write --unique-tokens "
                    + "+\(Quantity.short(tokens.value)) for that many more.")
        case (nil, let tokens?):
            guard treatment == .dedup else {
                throw ValidationError("--as is needs an audit, which counts copies.")
            }
            supply = try DataSupply(uniqueTokens: tokens.value, bytesPerToken: bytesPerToken)
        case (let file?, let further):
            guard bytesPerToken == nil || file.audit == nil else {
                throw ValidationError("The audit says how many bytes a token has: leave out --bytes-per-token.")
            }
            supply = try file.supply(
                as: treatment, acceptsParts: levelAsSupply, bytesPerToken: bytesPerToken)
            if let further { supply = try supply.adding(uniqueTokens: further.value) }
        }
        if let uniqueFactor { supply = try supply.with(uniqueFactor: uniqueFactor.range) }
        return supply
    }
}

extension CopyTreatment: ExpressibleByArgument {}
