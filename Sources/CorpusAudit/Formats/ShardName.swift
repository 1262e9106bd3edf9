/// The parts of a file's name that tell its content, in upper or lower case.
struct ShardName {
    /// The name as it is, without folders.
    let text: String
    /// Whether the name promises zstd or gzip.
    let isCompressed: Bool
    /// The name in lower case, without the suffix of a compression.
    private let plain: String

    /// Takes the last component of a path.
    init(_ path: String) {
        text = path.split(separator: "/").last.map(String.init) ?? path
        let lowercased = text.lowercased()
        let compression = [".zst", ".zstd", ".gz"].first { lowercased.hasSuffix($0) }
        isCompressed = compression != nil
        plain = String(lowercased.dropLast(compression?.count ?? 0))
    }

    /// Whether the name promises records of JSON.
    var isJSON: Bool { ends(in: JSONLinesEntry.suffixes) }
    /// Whether the name promises text.
    var isText: Bool { ends(in: TextEntry.suffixes) }
    /// Whether the name promises token ids.
    var isTokens: Bool { plain.hasSuffix(".bin") }
    /// Whether the name promises a NumPy array; some programs write ids without a header under it.
    var isNumPy: Bool { plain.hasSuffix(".npy") }
    /// Whether the name is that of the index of a `.bin`.
    var isIndex: Bool { text.hasSuffix(".idx") }
    /// Whether the name is hidden.
    var isHidden: Bool { text.hasPrefix(".") }

    /// Whether the name, without the suffix of a compression, ends in one of some lower-case suffixes.
    func ends(in suffixes: [String]) -> Bool { suffixes.contains { plain.hasSuffix($0) } }

    /// The format that is not read and that the name promises.
    var foreignKind: SkipKind? {
        if plain.contains(".mds."), plain.hasPrefix("shard.") { return .mds }
        return SkipKind.bySuffix.first { plain.hasSuffix($0.suffix) }?.kind
    }

    /// Whether the name is one of those that clearly do not belong to data.
    var isNoData: Bool {
        if text == "_SUCCESS" || plain.hasSuffix(".md") { return true }
        guard !isJSON else { return false }
        let stem = plain.split(separator: ".").first.map(String.init) ?? plain
        return text.hasPrefix("README") || text.hasPrefix("LICENSE") || stem == "readme" || stem == "license"
    }
}
