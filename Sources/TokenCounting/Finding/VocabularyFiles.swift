/// The names of files next to models, and which of them are tokenizers that can be used for counting.
enum VocabularyFiles {
    /// The names under which tokenizers' files are published, the best first.
    static let names = [
        "tokenizer.json", "tekken.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "vocab.bpe",
        "merges.txt",
    ]

    /// The names of files in tiktoken's cache and in litellm's package: the SHA-1 of each file's address.
    ///
    /// Computed from the addresses in `tiktoken_ext/openai_public.py` of tiktoken 0.14.0.
    static let cachedNames = [
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4": "cl100k", "fb374d419588a4632f3f557e76b4b70aebbca790": "o200k",
        "ec7223a39ce59f226a68acc30dc1af2788490e15": "p50k", "4779b2e930340267a7fc4e655eede04103083ab3": "gpt2",
    ]

    /// Files that say how a tokenizer is used, and hold no vocabulary.
    private static let settings: Set<String> = [
        "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "config.json",
        "generation_config.json",
        "preprocessor_config.json", "chat_template.json", "chat_template.jinja",
    ]

    /// Whether a file's name says that it may be a vocabulary.
    static func isVocabulary(_ name: String) -> Bool {
        if cachedNames[name] != nil || names.contains(name) { return true }
        if settings.contains(name) { return false }
        return name.hasSuffix(".tiktoken") || name.hasSuffix(".model") || name.hasSuffix(".gguf")
            || isVersionedModel(name) || (name.hasPrefix("tekken") && name.hasSuffix(".json"))
            || (name.contains("tokenizer") && name.hasSuffix(".json") && !name.hasSuffix("config.json"))
    }

    /// Whether a name is of the kind `tokenizer.model.v3`, as mistral-common has them.
    static func isVersionedModel(_ name: String) -> Bool {
        name.split(separator: ".").dropFirst().contains("model")
            && (name.split(separator: ".").last ?? "").hasPrefix("v")
    }

    /// Whether a file holds the settings of a tokenizer that is next to it.
    static func isSettings(_ name: String) -> Bool { settings.contains(name) }

    /// The vocabulary in a folder: under one of the published names, or the only file that may be one.
    static func vocabulary(in folder: String) -> String? {
        for name in names where FileBytes.isFile(folder + "/" + name) { return folder + "/" + name }
        let others = FileBytes.names(in: folder).filter { isVocabulary($0) && FileBytes.isFile(folder + "/" + $0) }
        return others.count == 1 ? folder + "/" + others[0] : nil
    }

    /// The reason why a tokenizer's file cannot be used for counting; `nil` for files of other kinds.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - neighbours: The names in its folder.
    /// - Returns: The reason, and what to do.
    static func reason(against name: String, among neighbours: [String]) -> String? {
        let hasVocabulary = neighbours.contains { isVocabulary($0) }
        switch name {
        case "tokenizer_config.json" where !hasVocabulary:
            return "it holds settings and no vocabulary; save tokenizer.json next to it"
        case "vocab.txt" where !hasVocabulary:
            return
                "a word list does not say how text is normalized and cut; save tokenizer.json next to it (in transformers: "
                + "AutoTokenizer.from_pretrained(folder).save_pretrained(folder))"
        case "vocab.json" where !hasVocabulary, "encoder.json" where !hasVocabulary:
            return "its list of merges (\(name == "vocab.json" ? "merges.txt" : "vocab.bpe")) is not next to it"
        default:
            guard name.hasSuffix(".tiktoken.gz") else { return nil }
            return "it is compressed; unpack it with gunzip"
        }
    }
}
