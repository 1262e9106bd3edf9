/// The vocabularies that are found in the usual folders.
///
/// It searches, in this order: the folders of `DATAWALL_TOKENIZERS` (separated by colons), the folder that the fetching
/// script fills, tiktoken's cache and Hugging Face's. Files are recognised by their content; weights are never read.
public struct TokenizerLibrary: Sendable {
    /// One vocabulary that was found.
    public struct Entry: Sendable {
        /// The name to ask for it by.
        public let name: String
        /// The file.
        public let path: String
        /// The result of reading the file: its counter, or the reason why it cannot be used for counting.
        public let result: Result<VocabularyCounter, TokenCountingError>
    }

    /// The folders that were looked through.
    public let folders: [String]
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
        candidates().filter { $0.reason == nil }.map { ($0.name, $0.path) }
    }

    /// The files that belong to tokenizers; with the reason if a name shows that the file cannot be used for counting.
    private func candidates() -> [(name: String, path: String, reason: String?)] {
        var found: [(name: String, path: String, reason: String?)] = []
        var seen: Set<String> = []
        for folder in folders {
            Self.candidates(in: folder, depth: 0) { path, reason in
                if seen.insert(path).inserted { found.append((Self.name(of: path), path, reason)) }
            }
        }
        return found
    }

    /// Reads every vocabulary in the folders, as `datawall tokenizers` lists them.
    ///
    /// Vocabularies that cannot be used for counting are listed too, with the reason.
    public func entries() -> [Entry] {
        candidates().map { name, path, reason in
            if let reason {
                let error = TokenCountingError.unsupportedTokenizer(path: path, reason: reason)
                return Entry(name: name, path: path, result: .failure(error))
            }
            do throws(TokenCountingError) {
                return Entry(name: name, path: path, result: .success(try VocabularyCounter(file: path, name: nil)))
            } catch {
                return Entry(name: name, path: path, result: .failure(error))
            }
        }
    }

    /// The counter of a tokenizer, found by its name or its file's path; a pattern may come before either.
    ///
    /// - Parameter name: `cl100k`, `meta-llama/Llama-3.1-8B`, `/data/tokenizer.json`, a model's folder or a file of
    ///   settings in it, or, for a rank file that is not known by its digest, `cl100k=/data/mine.tiktoken`.
    /// - Returns: The counter. A name matches the known name of a file, its file name, or the name of its model in a
    ///   cache.
    /// - Throws: The ``TokenCountingError`` of the file, or
    ///   ``TokenCountingError/unknownTokenizer(name:known:searched:)``.
    public func counter(named name: String) throws(TokenCountingError) -> VocabularyCounter {
        if let equals = name.firstIndex(of: "="), let pattern = PretokenPattern(rawValue: String(name[..<equals])) {
            return try VocabularyCounter(file: String(name[name.index(after: equals)...]), pattern: pattern)
        }
        if let path = try Self.file(at: name) { return try VocabularyCounter(file: path) }
        let files = files()
        if let match = files.first(where: { $0.name == name || $0.name.lowercased() == name.lowercased() }) {
            return try VocabularyCounter(file: match.path, name: match.name)
        }
        // A known vocabulary under another file name is known by its digest.
        if let known = KnownVocabulary.all.first(where: { $0.name == name || $0.name + "_base" == name }) {
            for (_, path) in files where !path.hasSuffix(".json") && !path.hasSuffix(".gguf") {
                if let (bytes, _) = try? FileBytes.read(path), SHA256.hexDigest(of: bytes) == known.sha256 {
                    return try VocabularyCounter(file: path)
                }
            }
        }
        throw .unknownTokenizer(name: name, known: Set(files.map(\.name)).sorted(), searched: folders)
    }

    /// The vocabulary file for a path: the file itself, the one in a folder, or the one next to a file of settings.
    ///
    /// - Returns: The file, or `nil` if nothing is at the path.
    /// - Throws: ``TokenCountingError/unsupportedTokenizer(path:reason:)`` if a folder or a file of settings has none.
    private static func file(at path: String) throws(TokenCountingError) -> String? {
        if FileBytes.isFolder(path) {
            if let found = VocabularyFiles.vocabulary(in: path) { return found }
            let names = FileBytes.names(in: path)
            let others = names.filter { VocabularyFiles.isVocabulary($0) }
            throw .unsupportedTokenizer(
                path: path,
                reason: others.isEmpty
                    ? "no vocabulary is in this folder; \(howToGetOne)"
                    : "several vocabularies are in this folder; give one of \(others.joined(separator: ", "))")
        }
        guard FileBytes.isFile(path) else { return nil }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard VocabularyFiles.isSettings(name) || name == "vocab.txt" else { return path }
        let folder = path.count > name.count ? String(path.dropLast(name.count + 1)) : "."
        if let found = VocabularyFiles.vocabulary(in: folder.isEmpty ? "/" : folder) { return found }
        throw .unsupportedTokenizer(
            path: path,
            reason: (name == "vocab.txt"
                ? "a word list does not say how text is normalized and cut"
                : "this file holds settings and no vocabulary")
                + ", and there is no tokenizer.json next to it; \(howToGetOne)")
    }

    /// The advice for a model folder without a vocabulary.
    private static let howToGetOne =
        "get one with: huggingface-cli download MODEL tokenizer.json, or in transformers: tokenizer.save_pretrained(FOLDER)"

    private static func candidates(in folder: String, depth: Int, _ body: (_ path: String, _ reason: String?) -> Void) {
        guard depth < 8 else { return }
        let names = FileBytes.names(in: folder)
        // Of one tokenizer in several formats the first will do.
        if let best = VocabularyFiles.names.first(where: names.contains), FileBytes.isFile(folder + "/" + best) {
            body(folder + "/" + best, nil)
        }
        for name in names where !VocabularyFiles.names.contains(name) {
            let path = folder + "/" + name
            if FileBytes.isFolder(path) {
                // A cache keeps the files themselves in `blobs`, under their digests, and links to them.
                if name != "blobs", name != ".git", name != "refs", name != ".locks" {
                    candidates(in: path, depth: depth + 1, body)
                }
            } else if VocabularyFiles.isVocabulary(name) {
                body(path, nil)
            } else if let reason = VocabularyFiles.reason(against: name, among: names) {
                body(path, reason)
            }
        }
    }

    /// The name of a file: that of its model in Hugging Face's cache, tiktoken's name in its cache, else that of the
    /// file or its folder.
    static func name(of path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        if let model = parts.last(where: { $0.hasPrefix("models--") }) {
            return String(model.dropFirst("models--".count)).replacingDoubleDashes()
        }
        if let last = parts.last, let known = VocabularyFiles.cachedNames[last] { return known }
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
