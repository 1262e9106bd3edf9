import CorpusAudit
import Foundation
import TokenCounting

/// The corpus of the golden audits: three sources of a manifest, copies within and between them, damage, and a file that
/// is not read.
struct GoldenCorpus {
    let folder: TemporaryFolder

    /// The golden files.
    static let files = PackageFolder.tests("CorpusAuditTests/Golden")

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            {"content": "shared text of two sources", "meta": {"score": 2.5}}
            {"content": "only on the web", "meta": {"score": 1.0}}
            {"content": "only on the web", "meta": {"score": 3.0}}
            {"content": "<b>markup</b>"}
            {"content": "", "meta": {"score": 4.0}}
            {"broken

            """, to: "web/part-0.jsonl")
        try folder.write(#"{"content": "only on the web", "meta": {"score": 5.0}}"# + "\n", to: "web/part-1.jsonl")
        try folder.write(
            """
            {"text": "shared text of two sources"}
            {"text": "an article"}
            {"text": "an article"}

            """, to: "wiki/a.jsonl")
        try folder.write("an article", to: "code/x.txt")
        try folder.write("Obj\u{1}", to: "web/table.avro")
        try folder.write(
            """
            sources:
              - {name: wiki, paths: [wiki], quality: 1.5, max_epochs: 6, floor: 0.1}
              - {name: web, paths: [web], text_key: content, quality_key: meta.score, quality_map: {0: 0.5, 3: 1.0, 5: 2.0}}
              - {name: code, paths: [code]}

            """, to: "corpus.yml")
    }

    func corpus() throws -> Corpus { try Corpus(manifest: folder.path + "/corpus.yml") }

    /// An audit with the tokens of several tokenizers and the most repeated texts.
    static func severalOptions() -> AuditOptions {
        var options = AuditOptions(tokenizer: ByteKindCounter())
        options.furtherTokenizers = [ByteKindCounter("letters e", counting: 0x65), ByteKindCounter(counting: 0x6F)]
        options.topCopies = 2
        return options
    }
}
