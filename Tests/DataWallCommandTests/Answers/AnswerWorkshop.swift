import Foundation

/// A folder with the inputs of the commands whose answers are golden files: always the same.
///
/// `corpus` is like the demo's corpus: three sources that share texts, a manifest, one damaged record and one file that
/// is not read. `hundred` has 100 sources with long names. The audits, runs and plans of both are next to them.
struct AnswerWorkshop: Sendable {
    static let shared = Result { try AnswerWorkshop() }

    let folder: TestFolder

    private init() throws {
        folder = try TestFolder([
            "corpus.yml": """
            sources:
              - {name: code, paths: ["corpus/code/*"], quality: 1.5}
              - {name: documents, paths: ["corpus/documents/*"]}
              - {name: legal, paths: ["corpus/legal/*"], quality: 0.5, max_epochs: 2}

            """,
            "corpus/code/a.jsonl": Self.shard("code", texts: 120, records: 150),
            "corpus/documents/a.jsonl": Self.shard("documents", texts: 60, records: 150) + "{\"text\": broken\n",
            "corpus/legal/a.jsonl": Self.shard("documents", texts: 50, records: 60)
                + Self.shard("legal", texts: 15, records: 60),
            "corpus/legal/b.xz": "\u{FD}7zXZ",
            "sets/questions.jsonl": "{\"id\": 1, \"text\": \"\(Self.text("documents", 7))\"}\n",
            "sources.csv": "source,unique_tokens,quality,max_epochs\nweb,2e11,1,\ncode,5e10,2,4\nbooks,1e10,3,\n",
            "hundred.csv": "source,unique_tokens,quality,max_epochs\n"
                + (0..<100).map { "\(Self.longName($0)),\($0 + 1)e8,\(1 + $0 % 3),\($0 % 2 == 0 ? "4" : "")\n" }
                .joined(),
            "buckets.csv": "bucket,tokens,quality\nworst,5e10,0.1\nmiddle,4e10,0.5\nbest,1e10,0.9\n",
            "runs.csv": try String(contentsOf: PackageFolder.dataset("synthetic/runs.csv"), encoding: .utf8),
        ])
        for source in 0..<100 {
            try folder.write(
                Self.shard("source \(source / 3)", texts: 5 + source % 7, records: 12) + "{\"text\": broken\n",
                to: "hundred/\(Self.longName(source))/a.jsonl")
        }
        for made in [
            "audit --manifest corpus.yml -o audit.json", "audit hundred -o hundred.json --max-damaged 1",
            "audit corpus/code corpus/documents -o other.json --max-damaged 1",
            "scan corpus --runs runs --max-damaged 1", "scan hundred --runs runs-hundred --max-damaged 1",
            "plan audit.json --flops 1e13 -o plan.json", "mix audit.json --tokens 1M -o mixture.json",
        ] {
            _ = try CommandRun(made.split(separator: " ").map(String.init), in: folder.path)
        }
    }

    private static func longName(_ index: Int) -> String {
        "a-source-with-quite-a-long-name-of-a-crawl-\(index)"
    }

    private static func text(_ source: String, _ index: Int) -> String {
        "\(source): text \(index), "
            + (0...(index % 9)).map { "a clause of moderate length, number \($0)" }
            .joined(separator: "; ")
    }

    private static func shard(_ source: String, texts: Int, records: Int) -> String {
        (0..<records).map { "{\"text\": \"\(text(source, $0 % texts))\"}\n" }.joined()
    }
}
