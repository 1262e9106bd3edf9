import Foundation
import OrderedJSON
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
    /// - Parameter folder: A folder of files `*.jsonl`; all others are left alone.
    /// - Throws: ``Failure`` for a folder without sets, a set without items, and a line that is no item.
    public init(folder: String) throws {
        var files: [String]
        do {
            files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
                .sorted()
        } catch { throw Failure(description: "\(folder) is no folder of evaluation sets that can be read") }
        guard !files.isEmpty else {
            throw Failure(
                description: "\(folder) holds no evaluation set: a set is a file *.jsonl, a line for each item")
        }
        var read: [(set: String, id: String, text: String, place: String)] = []
        for file in files {
            let path = "\(folder)/\(file)"
            let lines = try Self.lines(of: path)
            guard !lines.isEmpty else { throw Failure(description: "\(path) has no items: drop it, or fill it") }
            for (number, line) in lines {
                let place = "\(path), line \(number)"
                read.append(try Self.item(line, set: String(file.dropLast(6)), at: place))
            }
        }
        try self.init(read, folder: folder)
    }

    init(_ read: [(set: String, id: String, text: String, place: String)], folder: String = "") throws {
        self.folder = folder
        let names = Set(read.map { ByteName($0.set) }).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var known: [Set<ByteName>] = Array(repeating: [], count: names.count)
        for item in read {
            guard known[places[ByteName(item.set)] ?? 0].insert(ByteName(item.id)).inserted else {
                throw Failure(description: "\(item.place): the set \(item.set) has an item \(item.id) already")
            }
        }
        let order = read.indices.sorted {
            (places[ByteName(read[$0].set)] ?? 0, $0) < (places[ByteName(read[$1].set)] ?? 0, $1)
        }
        let words = NormalizedWords()
        var items: [Item] = []
        var builder = BenchmarkIndex.Builder()
        var digest: [UInt8] = []
        for place in order {
            let item = read[place]
            Array(item.text.utf8).withUnsafeBufferPointer { words.read($0) }
            guard words.ends.count <= BenchmarkIndex.mostWords else {
                throw Failure(
                    description: "\(item.place): the item \(item.id) has \(words.ends.count) words, more than "
                        + "\(BenchmarkIndex.mostWords): divide it into several")
            }
            items.append(Item(set: places[ByteName(item.set)] ?? 0, id: item.id, words: words.ends.count))
            builder.add(words, item: items.count - 1)
            digest += Array("\(item.set)\0\(item.id)\0".utf8) + Array(words.bytes) + [0]
        }
        self.names = names.map(\.text)
        self.items = items
        self.digest = digest.withUnsafeBufferPointer { Fingerprint(of: $0) }
        index = builder.finish()
    }

    /// Whether an item is contaminated by a document that has so many words in common with it, one after the other.
    func isContaminated(_ item: Int, by longest: Int) -> Bool {
        longest >= min(Self.contaminatedWords, items[item].words)
    }

    private static func lines(of path: String) throws -> [(Int, [UInt8])] {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure(description: "\(path) cannot be read")
        }
        return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { number, line in
            let line = line.last == 0x0D ? line.dropLast() : line
            return line.isEmpty ? nil : (number + 1, Array(line))
        }
    }

    private static func item(
        _ line: [UInt8], set: String, at place: String
    ) throws -> (set: String, id: String, text: String, place: String) {
        if let fault = line.withUnsafeBufferPointer({ UTF8Check.firstFault($0) }) {
            throw Failure(description: "\(place) is not UTF-8 at byte \(fault): convert the file")
        }
        let json: JSONValue
        do { json = try JSONValue(parsing: line) } catch { throw Failure(description: "\(place) is no JSON: \(error)") }
        func text(_ key: String) throws -> String? {
            switch json[key] {
            case nil, .null?: return nil
            case .string(let text)?: return text
            case .integer(let number)? where key == "id": return "\(number)"
            default: throw Failure(description: "\(place): \(key) must be a string")
            }
        }
        guard let id = try text("id") else { throw Failure(description: "\(place) has no id") }
        if let text = try text("text") { return (try Self.name(text: json, set), id, text, place) }
        guard let question = try text("question") else {
            throw Failure(description: "\(place) has neither text nor question")
        }
        let answer = try text("answer").map { "\n" + $0 } ?? ""
        return (try Self.name(text: json, set), id, question + answer, place)
    }

    private static func name(text json: JSONValue, _ set: String) throws -> String {
        if case .string(let name)? = json["set"], !name.isEmpty { name } else { set }
    }
}
