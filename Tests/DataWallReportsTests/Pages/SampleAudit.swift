import CorpusAudit
import Testing

/// Audit files with as many sources as wanted, made as text so that the reader has a part in it.
enum SampleAudit {
    /// An audit of sources named by a rule, each with half its tokens repeated or none.
    static func make(
        sources count: Int, repeats: Bool = true, overlaps: Bool = true, version: Int = 1,
        name: (Int) -> String = { "source-\($0)" }
    ) throws -> Audit {
        try Audit(
            parsing: Array(
                text(sources: count, repeats: repeats, overlaps: overlaps, version: version, name: name).utf8))
    }

    static func text(
        sources count: Int, repeats: Bool = true, overlaps: Bool = true, version: Int = 1,
        name: (Int) -> String = { "source-\($0)" }
    ) -> String {
        let sizes = (0..<count).map { 1_000_000 / ($0 + 1) + 10 }
        let copies = repeats ? 2 : 1
        let total = sizes.reduce(0, +)
        func bucket(_ size: Int) -> String {
            """
            {"from": \(copies), "to": \(copies), "units": \(size / 10), "tokens": \(size), \
            "occurrences": \(size / 10 * copies), "occurrence_tokens": \(size * copies)}
            """
        }
        let sources = sizes.enumerated().map { index, size in
            """
            {"name": "\(name(index))", "shards": 1, "documents": \(size / 10 * copies), "units": \(size / 10 * copies), \
            "unique_units": \(size / 10), "bytes": \(size * 4 * copies), "unique_bytes": \(size * 4), \
            "tokens": \(size * copies), "unique_tokens": \(size), "repeated_tokens": \(size * (copies - 1)), \
            "exclusive_tokens": \(size), "owned_unique_tokens": \(size), "hidden_epochs": \(copies).0, "quality": 1.0, \
            "weighted_unique_tokens": \(size).0, "max_epochs": null, "floor": null, "copies": [\(bucket(size))], \
            "quality_histogram": []}
            """
        }
        let overlap = (0..<max(count - 1, 0)).map { index in
            """
            {"sources": ["\(name(index))", "\(name(index + 1))"], "units": 2, "tokens": \(sizes[index + 1] / 5)}
            """
        }
        return """
            {"format": "datawall-audit", "version": \(version), "level": "document", "exact": true, "complete": true,
             "datawall_version": "0.1.0", "options": {"text_key": "text", "normalization": "none"},
             "tokenizer": {"name": "bytes/4", "sha256": null, "certified": false, "estimate": true, "bytes_per_token": 4.0,
                           "bytes_per_token_interval": null},
             "totals": {"shards": \(count), "documents": \(total / 10 * copies), "units": \(total / 10 * copies),
                        "unique_units": \(total / 10), "empty_units": 0, "bytes": \(total * 4 * copies),
                        "unique_bytes": \(total * 4), "tokens": \(total * copies), "unique_tokens": \(total),
                        "repeated_tokens": \(total * (copies - 1)), "hidden_epochs": \(copies).0,
                        "weighted_unique_tokens": \(total).0},
             "sources": [\(sources.joined(separator: ",\n"))], "overlap": [\(overlaps ? overlap.joined(separator: ",\n") : "")],
             "copies": [\(bucket(total))],
             "problem_counts": {"truncated_frame": 1},
             "problems": [{"shard": "\(name(0))/a.zst", "record": 3, "byte_offset": 77, "kind": "truncated_frame",
                           "message": "the frame ends early"}],
             "inputs": [], "a_key_of_a_later_version": {"anything": [1, 2]}}
            """
    }
}
