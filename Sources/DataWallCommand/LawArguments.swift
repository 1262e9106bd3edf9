import ArgumentParser
import DataWallKit

/// The laws that are asked.
struct LawArguments: ParsableArguments {
    @Option(help: ArgumentHelp("A law's name or a law file; may be repeated.", valueName: "law"))
    var law: [String] = []

    @Option(
        help: ArgumentHelp(
            "Bytes of text per token of the law's tokenizer, where its card does not say.", valueName: "b"))
    var lawBytesPerToken: Double?

    @Option(help: ArgumentHelp("A further quantity of the run; may be repeated.", valueName: "name=value"))
    var feature: [NamedNumber] = []

    /// The laws named, or all that are known where none is.
    func laws(among models: ModelCatalog) throws -> [any ScalingLaw] {
        try law.isEmpty ? models.laws.models : law.map { name in try models.law(name) }
    }
}
