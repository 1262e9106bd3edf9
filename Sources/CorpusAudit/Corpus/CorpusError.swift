/// Why a corpus cannot be audited.
public enum CorpusError: Error, Sendable {
    /// A dotted path with an empty key.
    case unusableFieldPath(String)
    /// A condition on records that cannot be used, and why.
    case unusableCondition(reason: String)
    /// A quality map that cannot be used, and why.
    case unusableQualityMap(reason: String)
    /// A manifest that cannot be used: file, line if known, and why.
    case unusableManifest(path: String, line: Int?, reason: String)
    /// A listing of objects that cannot be used: file, line if known, and why.
    case unusableListing(path: String, line: Int?, reason: String)
    /// A command to open objects with that cannot be used, and why.
    case unusableOpenCommand(reason: String)
    /// Nothing named on the command line or in the manifest could be found.
    case noInput([Problem])
    /// A shard named twice.
    case repeatedShard(path: String)
    /// A shard that belongs to two sources of a manifest.
    case contestedShard(path: String, sources: [String])
    /// More sources than an audit holds; most often a source key that is a URL.
    case tooManySources(limit: Int)
    /// Declarations of sources that cannot be used, and why.
    case unusableDeclaration(reason: String)
    /// More pairs of shard and source than a run holds.
    case tooManyOrigins
    /// A sample without a single unit.
    case emptySample(share: Double)
    /// Token ids of unknown width.
    case unknownTokenWidth(path: String)
    /// Shards of token ids next to others, or audited as text; and why that cannot be.
    case unsuitableTokens(reason: String)
    /// A stream that cannot be read or named so, and why.
    case unsuitableStream(reason: String)
    /// A shard that counts only whole and is damaged, and how.
    case brokenShard(path: String, reason: String)
    /// No memory was left to look at a file: the machine's failure, not damage.
    case outOfMemory(path: String)
    /// The first damage, in a strict audit.
    case damaged(Problem)
}

extension CorpusError: CustomStringConvertible {
    /// One sentence that says what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .unusableFieldPath(let path):
            "'\(path)' is not a path to a field: write keys separated by dots, such as metadata.quality"
        case .unusableCondition(let reason):
            "the condition of --where cannot be used: \(reason)"
        case .unusableQualityMap(let reason):
            "the quality map cannot be used: \(reason); write score:weight pairs, such as 0:0.2,3:1,5:2"
        case .unusableManifest(let path, let line, let reason):
            "\(path)\(line.map { ", line \($0)" } ?? ""): \(reason)"
        case .unusableListing(let path, let line, let reason):
            "\(path)\(line.map { ", line \($0)" } ?? ""): \(reason)"
        case .unusableOpenCommand(let reason):
            "the --open command cannot be used: \(reason)"
        case .noInput(let problems):
            problems.isEmpty
                ? "there is nothing to audit: name shards, directories or a manifest"
                : problems.map { "\($0.shard): \($0.message)" }.joined(separator: "; ")
        case .repeatedShard(let path):
            "\(path) is named twice; its text would count as repeated"
        case .contestedShard(let path, let sources):
            "\(path) matches the sources \(sources.joined(separator: " and ")); a shard belongs to one"
        case .tooManySources(let limit):
            "there are more than \(limit) sources; a source key should name a collection, not a page or a document"
        case .unusableDeclaration(let reason):
            "the sources cannot be declared so: \(reason)"
        case .tooManyOrigins:
            "there are more than 16,777,216 pairs of shard and source; join small shards or name fewer sources"
        case .emptySample(let share):
            "none of the corpus's distinct texts fell into a sample of \(share); sample more of them, or count all"
        case .unknownTokenWidth(let path):
            "\(path) looks like token ids, but there is no \(FormatSelection.index(of: path)) next to it: "
                + "--format uint16 or uint32 says how wide they are, --format jsonl or txt that they are text"
        case .unsuitableTokens(let reason):
            "shards of token ids cannot be audited so: \(reason)"
        case .unsuitableStream(let reason):
            reason
        case .brokenShard(let path, let reason):
            "\(path): \(reason); nothing of it counts"
        case .outOfMemory(let path):
            "there is no memory left to look at \(path): give the process more, then run the command again"
        case .damaged(let problem):
            problem.description
        }
    }
}
