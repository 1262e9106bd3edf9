import CorpusAudit
import Foundation
import TokenCounting

/// A corpus of several shards with repeats, for tests that read it more than once.
struct SmallCorpus {
    let folder: TemporaryFolder

    init(seed: UInt64, shards: Int = 9, records: Int = 60) throws {
        folder = try TemporaryFolder()
        var generator = HostileCorpus(seed: seed)
        for shard in 0..<shards {
            let source = ["web", "wiki", "code"][shard % 3]
            var lines: [String] = []
            for _ in 0..<records {
                lines.append(generator.record(text: generator.nextText(), score: generator.score(), source: source))
            }
            if shard == 4 { lines.append("{\"broken") }
            let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
            try folder.write(TemporaryFolder.zstd(bytes), to: "shards/\(source)/part-\(shard).jsonl.zst")
        }
        try folder.write("", to: "shards/web/empty.jsonl")
    }

    func corpus(_ shards: [String]? = nil) throws -> Corpus {
        let fields = try FieldSelection(quality: FieldPath("meta.score"), qualityMap: QualityMap("0:0.2,3:1,5:2"))
        return try Corpus(paths: shards ?? [folder.path + "/shards"], fields: fields)
    }

    func options(level: Audit.Level = .document, threads: Int = 2) throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.level = level
        options.threads = threads
        return options
    }
}
