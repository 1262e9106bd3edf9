import ArgumentParser
import DataWallKit

/// Which fields of a record a command reads.
struct FieldArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The field that holds the text (default: text). A dot leads into a nested object; write '\\.' for a dot in a "
                + "key's name. [] enters a list, as messages[].content. May be repeated: the texts are joined by a line feed.",
            valueName: "key"))
    var textKey: [String] = []

    @Option(help: ArgumentHelp("The field that names a record's source.", valueName: "key"))
    var sourceKey: [String] = []

    @Option(help: ArgumentHelp("The field that holds a record's quality score.", valueName: "key"))
    var qualityKey: [String] = []

    @Option(
        help: ArgumentHelp(
            "Lowest scores and their weights, as 0:0.2,3:1,5:2 (default: the score is the weight).",
            valueName: "map"))
    var qualityMap: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Read only records that fulfil a condition on their fields, such as 'language = \"en\" and score >= 3'. The audit "
                + "counts the others as filtered.", valueName: "condition"))
    var condition: String?

    func validate() throws {
        for (option, keys) in [("source", sourceKey), ("quality", qualityKey)] where keys.count > 1 {
            throw ValidationError(
                "--\(option)-key is given \(keys.count) times (\(keys.joined(separator: ", "))), and one field is read: "
                    + "keep one.")
        }
    }

    func apply(to request: inout InputRequest) {
        if let textKey = textKey.first { request.textKey = textKey }
        request.furtherTextKeys = Array(textKey.dropFirst())
        request.condition = condition
        request.sourceKey = sourceKey.first
        request.qualityKey = qualityKey.first
        request.qualityMap = qualityMap
    }
}
