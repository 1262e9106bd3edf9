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

    @Argument(
        help: "A name, a vocabulary file, a model's folder, or PATTERN=FILE for a rank file of your own.",
        completion: Completions.tokenizers)
    var name: String?

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print the rest too: files, digests and unusable vocabularies.")
    var explain = false

    func run() throws {
        let request = TokenizersRequest()
        if let name {
            let description = try request.describe(name)
            return try json
                ? FileOutput.print(description.json.fileText()) : FileOutput.print(lines: description.text())
        }
        let listing = request.list()
        try json ? FileOutput.print(listing.json.fileText()) : FileOutput.print(lines: listing.text(explained: explain))
    }
}
