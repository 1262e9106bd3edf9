import ArgumentParser
import DataWallKit

/// The laws that are asked.
struct LawArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A law's name or a law file; may be repeated (default: one law of each family with measured advice).",
            valueName: "law"))
    var law: [String] = []

    @Option(
        help: ArgumentHelp(
            "Bytes of text per token of the law's tokenizer, where its card does not say.", valueName: "b"))
    var lawBytesPerToken: Double?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Set a coefficient of the laws that are named, as beta=0.3; may be repeated.", valueName: "name=value"))
    var coefficients: [NamedNumber] = []

    @Option(help: ArgumentHelp("A further quantity of the run; may be repeated.", valueName: "name=value"))
    var feature: [NamedNumber] = []
}
