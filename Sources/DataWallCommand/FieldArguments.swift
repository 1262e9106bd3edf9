import ArgumentParser
import DataWallKit

/// Which fields of a record a command reads.
struct FieldArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The field that holds the text; dots lead into nested objects (default: text).", valueName: "key"))
    var textKey: [String] = []

    @Option(help: ArgumentHelp("The field that names a record's source.", valueName: "key"))
    var sourceKey: String?

    @Option(help: ArgumentHelp("The field that holds a record's quality weight or score.", valueName: "key"))
    var qualityKey: String?

    @Option(help: ArgumentHelp("Scores and the weights that hold from them on, as 0:0.2,3:1,5:2.", valueName: "map"))
    var qualityMap: String?

    func validate() throws {
        guard textKey.count < 2 else {
            throw ValidationError(
                "A record has one text: name one --text-key, or join the fields "
                    + "\(textKey.joined(separator: " and ")) into one first.")
        }
        guard qualityMap == nil || qualityKey != nil else {
            throw ValidationError("--quality-map needs --quality-key to read the scores from.")
        }
    }

    func selection() throws -> FieldSelection {
        try FieldSelection(
            text: FieldPath(textKey.first ?? "text"),
            source: sourceKey.map { try FieldPath($0) },
            quality: qualityKey.map { try FieldPath($0) },
            qualityMap: qualityMap.map { try QualityMap($0) })
    }
}
