import ArgumentParser
import DataWallKit

struct TokenizersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenizers",
        abstract: "List the vocabularies on this machine, or describe one.",
        discussion: """
            Searches the folders of DATAWALL_TOKENIZERS (separated by colons), ~/.cache/datawall/vocabularies, and the \
            caches of tiktoken and Hugging Face. Reads tiktoken rank files, tokenizer.json (BPE, Unigram, WordPiece, \
            WordLevel), SentencePiece models, Tekken files, GPT-2's vocab.bpe with encoder.json, and GGUF. Also lists \
            files of tokenizers that it cannot count with, and the reason.

            Examples:
              datawall tokenizers
              datawall tokenizers cl100k
              datawall tokenizers /models/llama-3
              datawall tokenizers /models/llama-3/tokenizer.json --json

            Exit status: 0 done; 64 no such tokenizer; 65 unusable vocabulary; 66 no such file.
            """
    )

    @Argument(help: "A name, a vocabulary file, a model's folder, or PATTERN=FILE for a rank file of your own.")
    var name: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let library = TokenizerLibrary.standard()
        if let name {
            let counter = try library.counter(named: name)
            if json { return try FileOutput.print(Self.value(counter, path: nil).fileText()) }
            return try FileOutput.print(lines: [
                "\(counter.identity.name): \(counter.family), \(Quantity.count(counter.vocabularySize, "token"))",
                "sha256 \(counter.identity.sha256 ?? "")",
                "Spellings of special tokens count as plain text, nothing is added to a text, "
                    + "and what is not UTF-8 counts as U+FFFD; normalization: \(counter.identity.policy?.normalization ?? "none").",
            ])
        }
        let entries = library.entries()
        if json {
            let values = entries.map { entry -> JSONValue in
                switch entry.result {
                case .success(let counter): Self.value(counter, path: entry.path)
                case .failure(let error):
                    .object(["name": .string(entry.name), "path": .string(entry.path), "error": .string("\(error)")])
                }
            }
            return try FileOutput.print(JSONValue.array(values).fileText())
        }
        var table = TextTable(columns: [
            "name": .left, "family": .left, "tokens": .right, "sha256": .left, "file": .left,
        ])
        var unusable: [String] = []
        for entry in entries {
            switch entry.result {
            case .success(let counter):
                table.add([
                    entry.name, counter.family, Quantity.grouped(counter.vocabularySize),
                    String((counter.identity.sha256 ?? "").prefix(12)), entry.path,
                ])
            case .failure(let error): unusable.append("\(error)")
            }
        }
        var lines = table.lines
        if !unusable.isEmpty { lines += ["", "Cannot be counted with:"] + unusable.map { "  \($0)" } }
        if entries.isEmpty {
            lines =
                ["No vocabulary was found in:"] + library.folders.map { "  \($0)" } + [
                    "Put a folder of vocabularies into DATAWALL_TOKENIZERS, or give --tokenizer a file or a model's folder.",
                    "Models on Hugging Face have a tokenizer.json: huggingface-cli download MODEL tokenizer.json",
                ]
        }
        try FileOutput.print(lines: lines)
    }

    private static func value(_ counter: VocabularyCounter, path: String?) -> JSONValue {
        .object([
            "name": .string(counter.identity.name), "family": .string(counter.family),
            "tokens": .integer(counter.vocabularySize), "sha256": counter.identity.sha256.map { .string($0) } ?? .null,
            "certified": .bool(counter.identity.isCertified), "path": path.map { .string($0) } ?? .null,
        ])
    }
}
