import CorpusAudit
import Foundation
import OrderedJSON

/// Times how long an audit of many inputs and sources takes to be written and read.
///
///     swift run -c release time-audit-files audit-2.json [inputs] [sources] [rounds]
///
/// The first argument is any audit file, whose rows are repeated. Every source shares texts with every other, and has ten
/// buckets of copies and twenty of quality. Times are of one thread: the median of the rounds and their range.
@main struct TimeAuditFiles {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let path = arguments.first else {
            print("usage: time-audit-files AUDIT [INPUTS] [SOURCES] [ROUNDS]")
            exit(64)
        }
        let counts = arguments.dropFirst().compactMap { Int($0) } + [30_000, 500, 7].dropFirst(arguments.count - 1)
        let audit = try audit(like: path, inputs: counts[0], sources: counts[1])
        let bytes = Array(audit.json.fileText().utf8)
        guard try Audit(parsing: bytes) == audit else {
            print("the audit reads back as another")
            exit(1)
        }
        let size = (Double(bytes.count) / 1e5).rounded() / 10
        print("\(counts[0]) inputs, \(counts[1]) sources, \(audit.overlap.count) pairs, \(size) MB")
        try time("write", rounds: counts[2]) { Array(audit.json.fileText().utf8).count }
        try time("read", rounds: counts[2]) { try Audit(parsing: bytes).inputs.count }
    }

    private static func time(_ name: String, rounds: Int, _ work: () throws -> Int) throws {
        var seconds: [Double] = []
        var sum = 0
        for _ in 0..<rounds {
            let before = processorSeconds()
            sum &+= try work()
            seconds.append(processorSeconds() - before)
        }
        seconds.sort()
        func text(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
        print(
            "\(name): \(text(seconds[rounds / 2])) s of CPU (\(text(seconds[0])) to \(text(seconds[rounds - 1])))",
            sum == 0 ? "of nothing" : "")
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func audit(like path: String, inputs: Int, sources: Int) throws -> Audit {
        var audit = try Audit(parsing: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        guard let source = audit.sources.first, let bucket = source.copies.first, let input = audit.inputs.first,
            let quality = source.qualityHistogram.first, let pair = audit.overlap.first,
            let settings = audit.options.sources.first?.value
        else {
            print("\(path) has an empty list: name another audit")
            exit(65)
        }
        func row<Row>(_ row: Row, _ change: (inout Row) -> Void) -> Row {
            var row = row
            change(&row)
            return row
        }
        let names = (0..<sources).map { "source-\($0)" }
        audit.sources = names.map { name in
            row(source) {
                $0.name = name
                ($0.tokens, $0.uniqueTokens, $0.ownedUniqueTokens) = (9_876_543_210, 7_654_321_098, 7_000_000_000)
                $0.copies = (0..<10).map { power in
                    row(bucket) {
                        ($0.from, $0.to, $0.units, $0.tokens) = (1 << power, 2 << power, 1_234_567, 765_432_109)
                        ($0.occurrences, $0.occurrenceTokens) = (2_345_678, 987_654_321)
                    }
                }
                $0.qualityHistogram = (0..<20).map { step in
                    row(quality) {
                        ($0.from, $0.to) = (Double(step) / 16, Double(step + 1) / 16)
                        ($0.tokens, $0.uniqueTokens) = (493_827_160, 382_716_054)
                    }
                }
            }
        }
        audit.options.sources = JSONDictionary(names.map { ($0, settings) })
        audit.totals.tokens = sources * 9_876_543_210
        audit.totals.uniqueTokens = sources * 7_000_000_000
        audit.overlap = names.indices.flatMap { first in
            names[(first + 1)...].map { second in
                row(pair) { ($0.first, $0.second, $0.tokens) = (names[first], second, 6_789_012) }
            }
        }
        audit.inputs = (0..<inputs).map { index in
            row(input) {
                $0.shard = "cc/crawl-2026-\(index % 52)/shard-\(index).jsonl.zst"
                ($0.sources, $0.bytes) = ([names[index % sources]], 1_073_741_824 + index)
            }
        }
        return audit
    }
}
