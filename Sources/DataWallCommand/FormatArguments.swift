import ArgumentParser
import DataWallKit

/// The options that determine the formats of shards.
struct FormatArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "auto (by the first bytes, then the name), jsonl, txt, parquet, documents (pushed by another program), megatron "
                + "(.bin with .idx), uint16 or uint32 (flat token ids); --tokenizer names what made token ids.",
            valueName: "format"), transform: Self.kind)
    var format = FormatSelection.Kind.auto

    @Option(
        help: ArgumentHelp("What one document of a .txt shard is: the whole file, or a line.", valueName: "file|line"),
        transform: Self.textDocument)
    var txtDocument = FormatSelection.TextDocument.file

    @Option(
        help: ArgumentHelp(
            "The id that parts documents in flat token ids (default: a file is one document).", valueName: "id"))
    var endOfDocument: UInt32?

    private static func kind(_ name: String) throws -> FormatSelection.Kind {
        guard let kind = FormatSelection.Kind(rawValue: name) else {
            let names = FormatSelection.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--format is one of \(names).")
        }
        return kind
    }

    private static func textDocument(_ name: String) throws -> FormatSelection.TextDocument {
        guard let document = FormatSelection.TextDocument(rawValue: name) else {
            throw ValidationError("--txt-document is file or line.")
        }
        return document
    }

    var selection: FormatSelection {
        FormatSelection(kind: format, textDocument: txtDocument, endOfDocument: endOfDocument)
    }
}
