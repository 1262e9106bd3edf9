/// The vocabularies that are found where people keep them.
///
/// Looked through, in this order: the folders of `DATAWALL_TOKENIZERS` (separated by colons), the folder that the
/// fetching script fills, tiktoken's cache and Hugging Face's. Files are recognised by their content; weights are never
/// read.
public struct TokenizerLibrary: Sendable {
    /// One vocabulary that was found.
    public struct Entry: Sendable {
        /// The name to ask for it by.
        public let name: String
        /// The file.
        public let path: String
        /// What reading the file gave: its counter, or why it cannot be counted with.
        public let result: Result<VocabularyCounter, TokenCountingError>
    }

    /// The folders that were looked through.
    public let folders: [String]
    /// What tiktoken calls a file in its cache: the SHA-1 of the address it came from.
    ///
    /// Computed from the addresses in `tiktoken_ext/openai_public.py` of tiktoken 0.14.0.
    private static let cachedNames = [
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4": "cl100k", "fb374d419588a4632f3f557e76b4b70aebbca790": "o200k",
        "ec7223a39ce59f226a68acc30dc1af2788490e15": "p50k",
    ]

    /// A library over the given folders.
    public init(folders: [String]) {
        self.folders = folders
    }

    /// A library over the folders that the environment points to.
    public static func standard() -> TokenizerLibrary {
        var folders = (FileBytes.environment("DATAWALL_TOKENIZERS") ?? "").split(separator: ":").map(String.init)
        let home = FileBytes.environment("HOME") ?? ""
        let cache = FileBytes.environment("XDG_CACHE_HOME") ?? home + "/.cache"
        folders.append(FileBytes.environment("DATAWALL_VOCABULARIES") ?? home + "/.cache/datawall/vocabularies")
        if let tiktoken = FileBytes.environment("TIKTOKEN_CACHE_DIR") ?? FileBytes.environment("DATA_GYM_CACHE_DIR") {
            folders.append(tiktoken)
        } else {
            folders.append((FileBytes.environment("TMPDIR") ?? "/tmp") + "/data-gym-cache")
        }
        folders.append(
            FileBytes.environment("HF_HUB_CACHE") ?? (FileBytes.environment("HF_HOME") ?? cache + "/huggingface")
                + "/hub")
        return TokenizerLibrary(folders: folders)
    }

    /// The files that may be vocabularies, with the names to ask for them by.
    ///
    /// - Complexity: O(*n*) in the entries of the folders, down to eight levels; the files are not read.
    public func files() -> [(name: String, path: String)] {
        var found: [(name: String, path: String)] = []
        var seen: Set<String> = []
        for folder in folders {
            for path in Self.candidates(in: folder, depth: 0) where seen.insert(path).inserted {
                found.append((Self.name(of: path), path))
            }
        }
        return found
    }

    /// Reads every vocabulary that is found: the listing of `datawall tokenizers`.
    public func entries() -> [Entry] {
        files().map { name, path in
            do throws(TokenCountingError) {
                return Entry(name: name, path: path, result: .success(try VocabularyCounter(file: path, name: nil)))
            } catch {
                return Entry(name: name, path: path, result: .failure(error))
            }
        }
    }

    /// The counter of a tokenizer by its name, its file's path, or either with a pattern before it.
    ///
    /// - Parameter name: `cl100k`, `meta-llama/Llama-3.1-8B`, `/data/tokenizer.json`, or, for a rank file that is not
    ///   known by its digest, `cl100k=/data/mine.tiktoken`.
    /// - Returns: The counter; a name matches the known name of a file, its own name or its model's in a cache.
    /// - Throws: ``TokenCountingError``: that of the file, or ``TokenCountingError/unknownTokenizer(name:known:searched:)``.
    public func counter(named name: String) throws(TokenCountingError) -> VocabularyCounter {
        if let equals = name.firstIndex(of: "="), let pattern = PretokenPattern(rawValue: String(name[..<equals])) {
            return try VocabularyCounter(file: String(name[name.index(after: equals)...]), pattern: pattern)
        }
        if FileBytes.isFile(name) { return try VocabularyCounter(file: name) }
        if FileBytes.isFolder(name) {
            for file in Self.vocabularyNames where FileBytes.isFile(name + "/" + file) {
                return try VocabularyCounter(file: name + "/" + file)
            }
        }
        let files = files()
        if let match = files.first(where: { $0.name == name || $0.name.lowercased() == name.lowercased() }) {
            return try VocabularyCounter(file: match.path, name: match.name)
        }
        // A known vocabulary under another file name is known by its digest.
        if let known = KnownVocabulary.all.first(where: { $0.name == name || $0.name + "_base" == name }) {
            for (_, path) in files where path.hasSuffix(".tiktoken") || path.hasSuffix("tokenizer.model") {
                if let (bytes, _) = try? FileBytes.read(path), SHA256.hexDigest(of: bytes) == known.sha256 {
                    return try VocabularyCounter(file: path)
                }
            }
        }
        throw .unknownTokenizer(name: name, known: Set(files.map(\.name)).sorted(), searched: folders)
    }

    /// The names under which tokenizers' files are published, the best first.
    private static let vocabularyNames = [
        "tokenizer.json", "tekken.json", "tokenizer.model", "vocab.bpe", "merges.txt",
    ]

    private static func candidates(in folder: String, depth: Int) -> [String] {
        guard depth < 8 else { return [] }
        let names = FileBytes.names(in: folder)
        var found: [String] = []
        // Of one tokenizer in several formats the first will do.
        if let best = vocabularyNames.first(where: names.contains), FileBytes.isFile(folder + "/" + best) {
            found.append(folder + "/" + best)
        }
        for name in names where !vocabularyNames.contains(name) {
            let path = folder + "/" + name
            if FileBytes.isFolder(path) {
                // A cache keeps the files themselves in `blobs`, under their digests, and links to them.
                if name != "blobs", name != ".git", name != "refs", name != ".locks" {
                    found += candidates(in: path, depth: depth + 1)
                }
            } else if cachedNames[name] != nil || isVocabulary(name) {
                found.append(path)
            }
        }
        return found
    }

    private static func isVocabulary(_ name: String) -> Bool {
        name.hasSuffix(".tiktoken") || name.hasSuffix(".model") || name.hasSuffix(".gguf")
            || (name.hasPrefix("tekken") && name.hasSuffix(".json")) || name.hasPrefix("tokenizer.model.v")
            || (name.hasPrefix("tokenizer") && name.hasSuffix(".json") && !name.hasSuffix("config.json"))
    }

    /// The name of a file: a model's in Hugging Face's cache, tiktoken's in its own, else the file's or its folder's.
    static func name(of path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        if let model = parts.last(where: { $0.hasPrefix("models--") }) {
            return String(model.dropFirst("models--".count)).replacingDoubleDashes()
        }
        if let last = parts.last, let known = cachedNames[last] { return known }
        let name = VocabularyCounter.name(of: path)
        return name.hasSuffix("_base") ? String(name.dropLast("_base".count)) : name
    }
}

extension String {
    /// `owner--name` as `owner/name`.
    fileprivate func replacingDoubleDashes() -> String {
        var out = ""
        var rest = self[...]
        while let first = rest.first {
            if rest.hasPrefix("--") {
                out.append("/")
                rest = rest.dropFirst(2)
            } else {
                out.append(first)
                rest = rest.dropFirst()
            }
        }
        return out
    }
}
