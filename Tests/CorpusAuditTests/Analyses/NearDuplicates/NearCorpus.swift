import Foundation
import TokenCounting

@testable import CorpusAudit

/// A corpus of three sources with exact and near copies, in shards that tasks can share.
struct NearCorpus {
    let folder: TemporaryFolder
    /// The texts of each source; each source has three shards, which take turns.
    private(set) var texts: [String: [String]] = ["books": [], "code": [], "web": []]

    static let shardsPerSource = 3

    init(seed: UInt64, documents: Int = 240) throws {
        folder = try TemporaryFolder()
        var random = SeededGenerator(seed: seed)
        func word() -> String {
            String((0..<6).map { _ in "abcdefghijklmnop".randomElement(using: &random) ?? "q" })
        }
        let vocabulary = (0..<400).map { _ in word() }
        func text(_ count: Int) -> String {
            (0..<count).map { _ in vocabulary.randomElement(using: &random) ?? "" }.joined(separator: " ")
        }
        var known: [String] = []
        for _ in 0..<documents {
            let model = known.randomElement(using: &random) ?? ""
            let kind = Int.random(in: 0..<8, using: &random)
            let one: String =
                switch kind {
                case 0...2: text([2, 12, 60].randomElement(using: &random) ?? 3)
                case 3: model
                case 4: model + " " + text(2)
                case 5: text(2) + "\n" + model
                case 6: model.uppercased()
                default: ["", "!?", "天地玄黃宇宙洪荒日月盈昃辰宿列張", "1 2"].randomElement(using: &random) ?? ""
                }
            known.append(one)
            texts[["books", "code", "web"].randomElement(using: &random) ?? "web"]?.append(one)
        }
        for (source, texts) in texts {
            for shard in 0..<Self.shardsPerSource {
                let lines = stride(from: shard, to: texts.count, by: Self.shardsPerSource).map { line in
                    let escaped = texts[line].replacing("\n", with: "\\n")
                    return "{\"text\": \"\(escaped)\"}\n"
                }
                try folder.write(lines.joined(), to: "shards/\(source)/\(shard).jsonl")
            }
        }
    }

    func corpus() throws -> Corpus { try Corpus(paths: [folder.path + "/shards"]) }

    /// Tokens are bytes.
    static func options() throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter(bytesPerToken: 1))
        options.nearDuplicates = NearOptions()
        return options
    }

    /// What the audit should say, by only the definition.
    func expected() -> Audit.NearDuplicates {
        let signature = NearSignature()
        var owners: [NearNode: String] = [:]
        var keys: [NearNode: [UInt64]] = [:]
        for source in texts.keys.sorted() {
            for text in texts[source] ?? [] where !text.isEmpty {
                Array(text.utf8).withUnsafeBufferPointer { text in
                    let node = NearNode(fingerprint: Fingerprint(of: text), bytes: UInt32(text.count))
                    guard owners[node] == nil else { return }
                    owners[node] = source
                    signature.read(text)
                    if signature.isPresent { keys[node] = (0..<14).map(signature.key(ofBand:)) }
                }
            }
        }
        let copies = NearModel.copies(of: keys, thresholds: [1, 2, 3, 4, 5])
        var report = Audit.NearDuplicates()
        func unique(_ sources: [String]) -> [Audit.NearDuplicates.Unique] {
            (1...5).map { threshold in
                let left = owners.filter { sources.contains($1) && copies[threshold]?[$0] == nil }.keys
                return .init(threshold: threshold, units: left.count, tokens: left.reduce(0) { $0 + Int($1.bytes) })
            }
        }
        let names = texts.keys.sorted().filter { texts[$0]?.isEmpty == false }
        report.unique = unique(names)
        report.sources = names.map { .init(name: $0, unique: unique([$0])) }
        var pairs: [[String]: Audit.Overlap] = [:]
        var sizes: [NearNode: Int] = [:]
        for (copy, leader) in copies[3] ?? [:] {
            sizes[leader, default: 1] += 1
            let pair = [owners[copy] ?? "", owners[leader] ?? ""].sorted()
            guard pair[0] != pair[1] else { continue }
            pairs[pair, default: Audit.Overlap(first: pair[0], second: pair[1])].units += 1
            pairs[pair]?.tokens += Int(copy.bytes)
        }
        report.overlap = pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
        report.largestCluster = sizes.values.max() ?? 0
        for size in sizes.values.sorted() {
            let range = AuditSums.CopiesBucket.range(ofIndex: AuditSums.CopiesBucket.index(ofOccurrences: size))
            if report.clusters.last?.to != range.to { report.clusters.append(.init(from: range.from, to: range.to)) }
            report.clusters[report.clusters.count - 1].clusters += 1
            report.clusters[report.clusters.count - 1].units += size
        }
        return report
    }
}
