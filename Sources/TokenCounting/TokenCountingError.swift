/// An error of a tokenizer.
public enum TokenCountingError: Error, Equatable {
    /// A ratio of bytes per token that no text could have.
    case unusableByteRatio(Double)
    /// A file that cannot be read.
    case unreadableFile(path: String, reason: String)
    /// A vocabulary file that says something wrong, at a line where the format has lines.
    case unusableVocabulary(path: String, line: Int?, reason: String)
    /// A vocabulary that is in order but of a kind that is not counted here.
    case unsupportedTokenizer(path: String, reason: String)
    /// A name under which no vocabulary was found.
    case unknownTokenizer(name: String, known: [String], searched: [String])
}

extension TokenCountingError: CustomStringConvertible {
    /// One sentence that names the fault, its place, and what to do.
    public var description: String {
        switch self {
        case .unusableByteRatio(let ratio):
            "\(ratio) bytes per token is not usable: give a ratio from 0.1 to 1000, such as 4"
        case .unreadableFile(let path, let reason):
            "\(path): \(reason)"
        case .unusableVocabulary(let path, let line, let reason):
            line.map { "\(path):\($0): \(reason)" } ?? "\(path): \(reason)"
        case .unsupportedTokenizer(let path, let reason):
            "\(path): \(reason)"
        case .unknownTokenizer(let name, let known, let searched):
            "no tokenizer \"\(name)\" was found"
                + (searched.isEmpty ? "" : " in \(searched.joined(separator: ", "))")
                + (known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))")
                + "; " + Self.howToGet(name)
        }
    }

    /// The advice on where to get a vocabulary that was requested by name.
    private static func howToGet(_ name: String) -> String {
        let encodings = ["r50k", "p50k", "cl100k", "o200k"]
        if let encoding = encodings.first(where: { name == $0 || name == $0 + "_base" }) {
            return "to get it into tiktoken's cache: pip install tiktoken, then "
                + "python3 -c \"import tiktoken; tiktoken.get_encoding('\(encoding)_base')\""
        }
        if name.contains("/"), !name.hasPrefix("/"), !name.hasPrefix(".") {
            return "to get it into Hugging Face's cache: huggingface-cli download \(name) tokenizer.json"
        }
        return
            "give the path of a vocabulary file (tokenizer.json, tokenizer.model, a .tiktoken file) or of a model's folder, "
            + "or put its folder into DATAWALL_TOKENIZERS"
    }
}
