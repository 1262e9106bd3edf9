import UnicodeText

/// Evaluation sets, to be looked for in a corpus.
///
/// Each file `*.jsonl` of a folder is a set; a line has `id`, and `text` or `question` and `answer`, and may name its set.
/// The guide <doc:FindContamination> has the format.
public struct BenchmarkSets: Sendable {
    /// An item of a set.
    public struct Item: Sendable, Equatable {
        /// The place of its set in ``names``.
        public let set: Int
        /// Its name in the set.
        public let id: String
        /// Its words.
        public let words: Int
    }

    /// Why sets cannot be used.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// What is wrong, where, and what to do.
        public let description: String
    }

    /// The fewest words of an item that is looked for; shorter ones occur everywhere.
    public static let fewestWords = BenchmarkIndex.words
    /// The words that an item and a document have in common, one after the other, from which the item is contaminated; of
    /// a shorter item, all of them.
    public static let contaminatedWords = 13

    /// The sets' names, sorted.
    public let names: [String]
    /// All items, set by set in the order of their lines.
    public let items: [Item]
    /// XXH3-128 of the sets' names, and of the items' names and words.
    public let digest: Fingerprint
    /// The folder that the sets were read from.
    let folder: String
    let index: BenchmarkIndex

    /// Reads the sets of a folder.
    ///
    /// - Parameter folder: A folder of files `*.jsonl`; all others are not touched.
    /// - Throws: ``Failure`` for a folder without sets, a set without items, and a line that is no item.
    public init(folder: String) throws {
        self.folder = folder
        let bytes = try BenchmarkFile.names(in: folder).reduce(0) { sum, name in
            sum + ((try? FileStatus(path: "\(folder)/\(name)"))?.bytes ?? 0)
        }
        var reader = BenchmarkReader(builder: .init(bytes: bytes))
        try BenchmarkFile.forEachItem(in: folder) { item in try reader.add(item) }
        (names, items, digest, index) = reader.finish()
    }

    /// The texts of some items, read once more; those that are no longer there are missing.
    ///
    /// - Throws: ``Failure`` as ``init(folder:)`` does.
    func texts(of wanted: [(set: String, id: String)]) throws -> [Int: String] {
        let places = Dictionary(
            wanted.enumerated().map { (Self.key($1.set, $1.id), $0) }, uniquingKeysWith: { first, _ in first })
        var texts: [Int: String] = [:]
        try BenchmarkFile.forEachItem(in: folder) { item in
            if let place = places[Self.key(item.set, item.id)] { texts[place] = item.text }
        }
        return texts
    }

    private static func key(_ set: String, _ id: String) -> ByteName { ByteName("\(set)\0\(id)") }

    /// Whether an item is contaminated by a document that has that many words in common with it, one after the other.
    func isContaminated(_ item: Int, by longest: Int) -> Bool {
        longest >= min(Self.contaminatedWords, items[item].words)
    }
}

/// Gathers the items of evaluation sets, of which only the words' hashes stay.
private struct BenchmarkReader {
    private let words = NormalizedWords()
    private var builder: BenchmarkIndex.Builder
    private var sets: [ByteName: Int] = [:]
    private var names: [ByteName] = []
    /// The items with their sets' places in ``names``, and the digests of their words.
    private var items: [(item: BenchmarkSets.Item, digest: Fingerprint)] = []
    private var known: Set<Fingerprint> = []

    init(builder: BenchmarkIndex.Builder) { self.builder = builder }

    mutating func add(_ item: BenchmarkFile.Item) throws {
        let name = ByteName(item.set)
        let set = sets[name] ?? names.count
        if set == names.count {
            sets[name] = set
            names.append(name)
        }
        guard known.insert(Self.digest(Array("\(set)\0\(item.id)".utf8))).inserted else {
            throw BenchmarkSets.Failure(
                description: "\(item.place): the set \(item.set) has an item \(item.id) already")
        }
        var text = item.text
        text.withUTF8 { words.read($0) }
        guard words.ends.count <= BenchmarkIndex.mostWords else {
            throw BenchmarkSets.Failure(
                description: "\(item.place): the item \(item.id) has \(words.ends.count) words, more than "
                    + "\(BenchmarkIndex.mostWords): divide it into several")
        }
        guard builder.add(words), items.count < Int(UInt32.max) - 1 else {
            throw BenchmarkSets.Failure(
                description: "\(item.place): the sets have more than \(BenchmarkIndex.mostSequences) sequences of "
                    + "\(BenchmarkIndex.words) words: look for some of them at a time")
        }
        items.append(
            (.init(set: set, id: item.id, words: words.ends.count), Fingerprint(of: words.bytes)))
    }

    /// The names sorted, the items set by set, their digest and their index; the reader is empty then.
    mutating func finish() -> ([String], [BenchmarkSets.Item], Fingerprint, BenchmarkIndex) {
        known = []
        let sorted = names.indices.sorted { names[$0] < names[$1] }
        var places = sorted
        for (place, set) in sorted.enumerated() { places[set] = place }
        let order = items.indices.sorted {
            (places[items[$0].item.set], $0) < (places[items[$1].item.set], $1)
        }
        var whole = StreamDigest()
        let ordered = order.map { number in
            let (item, digest) = items[number]
            Array("\(names[item.set].text)\0\(item.id)\0\(digest)\0".utf8).withUnsafeBytes { whole.update($0) }
            return BenchmarkSets.Item(set: places[item.set], id: item.id, words: item.words)
        }
        items = []
        return (sorted.map { names[$0].text }, ordered, whole.value(), builder.finish(order: order))
    }

    private static func digest(_ bytes: [UInt8]) -> Fingerprint {
        bytes.withUnsafeBufferPointer { Fingerprint(of: $0) }
    }
}
