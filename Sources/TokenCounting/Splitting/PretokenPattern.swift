/// How a tokenizer cuts text into pretokens before it merges their bytes.
///
/// Each is a hand-written scanner of one published pattern. A pattern in a file is recognised by its exact text.
public enum PretokenPattern: String, Sendable, CaseIterable {
    /// GPT-2, r50k, p50k; GPT-NeoX and OLMo 1.
    case r50k
    /// GPT-4's pattern in its current published form: white space at a text's end is one pretoken.
    case cl100k
    /// Llama 3; OLMo 2 and 3: cl100k's first form.
    case llama3
    /// Qwen 1 to 3.
    case qwen2
    /// Qwen 3.5 and 3.6.
    case qwen35 = "qwen3.5"
    /// GPT-4o, gpt-oss, Llama 4.
    case o200k
    /// Mistral Nemo and later.
    case tekken
    /// DeepSeek V3, R1 and V4.
    case deepseek
    /// StarCoder, SmolLM: each digit by itself, then GPT-2's pattern.
    case starcoder

    /// The pattern of a regular expression, or `nil` if no scanner here is known to match it.
    public init?(regularExpression text: String) {
        for pattern in Self.allCases where pattern.spellings.contains(text) {
            self = pattern
            return
        }
        return nil
    }

    /// The pattern of a regular expression in Oniguruma's dialect, as in `tokenizer.json`.
    ///
    /// In this dialect a plus after a count in braces repeats it, while elsewhere it makes it possessive. So cl100k's
    /// own text, read this way, takes numbers of any length as one pretoken, and is another pattern.
    init?(oniguruma text: String) {
        let bytes = Array(text.utf8)
        let repeats = bytes.indices.dropFirst().dropLast().contains { index in
            bytes[index] == UInt8(ascii: "}") && bytes[index + 1] == UInt8(ascii: "+") && bytes[index - 1] &- 0x30 < 10
        }
        guard !repeats else { return nil }
        self.init(regularExpression: text)
    }

    /// The texts under which the pattern is published; all match in the same way.
    var spellings: [String] {
        switch self {
        case .r50k:
            [
                #"'s|'t|'re|'ve|'m|'ll|'d| ?[\p{L}]+| ?[\p{N}]+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
                #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
                #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
                #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#,
            ]
        case .cl100k:
            [
                #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|"#
                    + #"\s++$|\s*[\r\n]|\s+(?!\S)|\s"#
            ]
        case .llama3:
            [
                #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|"#
                    + #"\s*[\r\n]+|\s+(?!\S)|\s+"#
            ]
        case .qwen2:
            [
                #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|"#
                    + #"\s*[\r\n]+|\s+(?!\S)|\s+"#
            ]
        case .qwen35:
            [
                #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|"#
                    + #"\s*[\r\n]+|\s+(?!\S)|\s+"#
            ]
        case .o200k:
            [
                #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
                    + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"#
                    + #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
                    + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"#
                    + #"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
            ]
        case .tekken:
            [
                #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|"#
                    + #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|"#
                    + #"\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
            ]
        case .deepseek:
            [Self.deepSeekParts.joined(separator: "\n")]
        case .starcoder:
            // Two steps of a tokenizer.json, not a pattern of its own.
            []
        }
    }

    /// DeepSeek's three patterns, in the order in which they split.
    static let deepSeekParts = [
        #"\p{N}{1,3}"#,
        "[\u{4E00}-\u{9FA5}\u{3040}-\u{309F}\u{30A0}-\u{30FF}]+",
        ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^"## + "\r\n"
            + #"\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+["# + "\r\n" + #"]*|\s*["# + "\r\n"
            + #"]+|\s+(?!\S)|\s+"#,
    ]
}
