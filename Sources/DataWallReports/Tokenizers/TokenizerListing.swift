public import OrderedJSON
import Quantities
public import TokenCounting

/// The vocabularies that were found on this machine, as a table, with those that cannot be counted with and why.
public struct TokenizerListing: Sendable {
    private let entries: [TokenizerLibrary.Entry]
    private let folders: [String]

    /// Reads every vocabulary of a library.
    ///
    /// - Complexity: O(*n*) in the bytes of the vocabularies.
    public init(_ library: TokenizerLibrary) {
        entries = library.entries()
        folders = library.folders
    }

    /// The listing for a terminal, line by line.
    ///
    /// - Parameter explained: Whether files, digests and unusable vocabularies follow; otherwise the answer has at most 24
    ///   lines.
    /// - Returns: The lines, without line ends.
    /// - Complexity: O(*n*) in the vocabularies.
    public func text(explained: Bool = false) -> [String] {
        guard !entries.isEmpty else {
            return ["No vocabulary was found in:"] + folders.map { "  \($0)" } + [
                "Set DATAWALL_TOKENIZERS to a folder of vocabularies, or give --tokenizer a file or a model's folder.",
                "Models on Hugging Face have a tokenizer.json: huggingface-cli download MODEL tokenizer.json",
                "More: 'datawall help tokenizers' lists the kinds of files.",
            ]
        }
        var table = TextTable(columns: [
            "name": .left, "family": .left, "tokens": .right,
        ])
        var files: [String] = []
        var unusable: [String] = []
        for entry in entries {
            switch entry.result {
            case .success(let counter):
                table.add([
                    entry.name, counter.family, Quantity.grouped(counter.vocabularySize),
                ])
                files.append("\(entry.name): \(entry.path), sha256 \((counter.identity.sha256 ?? "").prefix(12))")
            case .failure(let error): unusable.append("\(error)")
            }
        }
        var answer = ScreenAnswer()
        answer.say(
            "\(Quantity.count(files.count, "vocabulary", plural: "vocabularies")) for 'datawall audit --tokenizer NAME'"
                + (unusable.isEmpty ? "." : "; \(unusable.count) more cannot be used."))
        answer.skipLine()
        answer.show(table, of: "vocabulary", plural: "vocabularies")
        answer.explain("Files", files)
        answer.explain("Unusable vocabularies", unusable)
        return answer.lines(explained: explained)
    }

    /// The listing as JSON, an array; write it with `fileText()`.
    ///
    /// - Complexity: O(*n*) in the vocabularies.
    public var json: JSONValue {
        .array(
            entries.map { entry in
                switch entry.result {
                case .success(let counter): TokenizerDescription(counter, path: entry.path).json
                case .failure(let error):
                    .object(["name": .string(entry.name), "path": .string(entry.path), "error": .string("\(error)")])
                }
            })
    }
}

/// A vocabulary in words: its family, its size, its digest, and its treatment of special tokens.
public struct TokenizerDescription: Sendable {
    private let counter: VocabularyCounter
    private let path: String?

    /// Creates a description.
    ///
    /// - Parameters:
    ///   - counter: The vocabulary.
    ///   - path: Its file, if it was found in a folder.
    public init(_ counter: VocabularyCounter, path: String? = nil) {
        self.counter = counter
        self.path = path
    }

    /// The description for a terminal, line by line.
    public func text() -> [String] {
        [
            "\(counter.identity.name): \(counter.family), \(Quantity.count(counter.vocabularySize, "token"))",
            "sha256 \(counter.identity.sha256 ?? "")",
            "Spellings of special tokens count as plain text, nothing is added to a text, "
                + "and what is not UTF-8 counts as U+FFFD; normalization: \(counter.identity.policy?.normalization ?? "none").",
        ]
    }

    /// The description as JSON; write it with `fileText()`.
    public var json: JSONValue {
        .object([
            "name": .string(counter.identity.name), "family": .string(counter.family),
            "tokens": .integer(counter.vocabularySize), "sha256": counter.identity.sha256.map { .string($0) } ?? .null,
            "certified": .bool(counter.identity.isCertified), "path": path.map { .string($0) } ?? .null,
        ])
    }
}
