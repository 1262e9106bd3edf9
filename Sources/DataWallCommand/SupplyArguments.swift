public import ArgumentParser
public import DataWallKit

/// What data there are to train on.
struct SupplyArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The unique tokens available, instead of a file.", valueName: "u"))
    var uniqueTokens: ReadableQuantity?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What happens to copies before training: dedup or is.", valueName: "what"))
    var treatment: CopyTreatment = .dedup

    @Flag(help: "Take an audit of paragraphs or lines for the supply.")
    var levelAsSupply = false

    func supply(_ file: SupplyFile?) throws -> DataSupply {
        if let file { return try file.supply(as: treatment, acceptsParts: levelAsSupply) }
        return try DataSupply(uniqueTokens: uniqueTokens?.value ?? 0)
    }
}

extension CopyTreatment: ExpressibleByArgument {}
