import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct NearAuditTests {
    private func audit(_ corpus: NearCorpus, _ change: (inout AuditOptions) -> Void = { _ in }) async throws -> Audit {
        var options = try NearCorpus.options()
        change(&options)
        return try await Auditor(options: options).audit(corpus.corpus())
    }

    @Test("An audit says what the definition says", arguments: [1, 2, 3] as [UInt64])
    func figures(seed: UInt64) async throws {
        let corpus = try NearCorpus(seed: seed)
        var found = try #require(try await audit(corpus).nearDuplicates)
        let expected = corpus.expected()
        #expect(found.cappedBuckets == 0, "the model compares all pairs")
        (found.largestBucket, found.cappedBuckets, found.uncomparedPairs) = (0, 0, 0)
        #expect(found == expected)
        #expect(expected.unique[0].tokens < expected.unique[4].tokens, "thresholds differ in this corpus")
    }

    @Test("Threads, memory, tasks and the order of merging change no byte")
    func splits() async throws {
        let corpus = try NearCorpus(seed: 4)
        let whole = try await audit(corpus).json.fileText()
        for (threads, memory) in [(4, 1 << 16), (2, 1 << 20)] {
            let other = try await audit(corpus) { ($0.threads, $0.memory) = (threads, memory) }
            #expect(other.json.fileText() == whole)
        }
        let runs = corpus.folder.path + "/runs"
        for task in [2, 0, 3, 1] {
            let share = try #require(ScanTask("\(task)/4"))
            _ = try await Auditor(options: try NearCorpus.options()).scan(corpus.corpus(), into: runs, task: share)
        }
        let merged = try await RunMerger(threads: 2, memory: 1 << 16).merge([runs])
        #expect(merged.json.fileText() == whole)
        let resumed = corpus.folder.path + "/state"
        for _ in 0..<2 {
            let again = try await Auditor(options: try NearCorpus.options()).audit(corpus.corpus(), state: resumed)
            #expect(again.json.fileText() == whole)
        }
    }

    @Test("An audit file with near copies is read as it was written, and names the option that made it")
    func file() async throws {
        let audit = try await audit(try NearCorpus(seed: 5))
        #expect(try Audit(parsing: Array(audit.json.fileText().utf8)) == audit)
        #expect(audit.madeBy?.contains(" --near") == true)
        var text = audit.json.fileText()
        text.replace(#""threshold": 5"#, with: #""threshold": 6"#)
        #expect {
            try Audit(parsing: Array(text.utf8))
        } throws: {
            "\($0)".contains("must have the thresholds 1 to 5")
        }
    }

    @Test("Of several tokenizers each counts as it would alone")
    func tokenizers() async throws {
        let corpus = try NearCorpus(seed: 6)
        let counters: [any TokenCounter] = [ByteKindCounter(), ByteKindCounter("letters e", counting: 0x65)]
        let both = try await audit(corpus) {
            $0.tokenizer = counters[0]
            $0.furtherTokenizers = [counters[1]]
        }
        let single = try await audit(corpus) { $0.tokenizer = counters[1] }
        #expect(both.byFurtherTokenizer.first?.nearDuplicates == single.nearDuplicates)
        #expect(try Audit(parsing: Array(both.json.fileText().utf8)) == both)
    }

    @Test("Estimated tokens of what is left add up and are no more than what the sources own")
    func estimates() async throws {
        let corpus = try NearCorpus(seed: 7)
        let audit = try await audit(corpus) {
            $0.tokenizer = (try? ByteRatioCounter(bytesPerToken: 3.7)) ?? $0.tokenizer
        }
        let near = try #require(audit.nearDuplicates)
        for row in near.unique.indices {
            for (source, left) in zip(audit.sources, near.sources) {
                #expect(left.unique[row].tokens <= source.ownedUniqueTokens)
            }
            #expect(near.unique[row].tokens == near.sources.reduce(0) { $0 + $1.unique[row].tokens })
        }
    }

    @Test("After normalization copies are compared as they are fingerprinted, whichever comes first")
    func normalization() async throws {
        let folder = try TemporaryFolder()
        let words = "One two three four five six seven eight nine ten eleven twelve"
        let texts = [words, words.uppercased(), words.replacing(" ", with: "   ") + "  ", words + " thirteen"]
        for order in [texts, texts.reversed()] {
            for (number, text) in order.enumerated() {
                try folder.write(#"{"text": "\#(text)"}"#, to: "c/s/\(number).jsonl")
            }
            var options = try NearCorpus.options()
            options.normalization = [.lowercase, .whitespace]
            let near = try await Auditor(options: options).audit(Corpus(paths: [folder.path + "/c"])).nearDuplicates
            #expect(near?.unique[0].units == 1)
            #expect(near?.unique[0].tokens == words.utf8.count + " thirteen".utf8.count)
        }
    }

    @Test("Many copies of one text, and texts without words, are no near copies")
    func copies() async throws {
        let folder = try TemporaryFolder()
        let line = #"{"text": "the same six words of text"}"# + "\n"
        try folder.write(String(repeating: line, count: 20_000) + #"{"text": "?!"}"# + "\n", to: "c/s/0.jsonl")
        let audit = try await Auditor(options: NearCorpus.options()).audit(Corpus(paths: [folder.path + "/c"]))
        let near = try #require(audit.nearDuplicates)
        #expect(near.unique.allSatisfy { $0.units == 2 && $0.tokens == audit.totals.uniqueTokens })
        #expect((near.clusters, near.largestCluster, near.largestBucket) == ([], 0, 1))
    }

    @Test("A sample has the near copies among its texts, and is scaled to the whole")
    func sample() async throws {
        let corpus = try NearCorpus(seed: 8, documents: 600)
        let sampled = try await audit(corpus) { $0.nearDuplicates = NearOptions(sample: 0.5) }
        let near = try #require(sampled.nearDuplicates)
        let sample = try #require(near.sample)
        #expect((sampled.totals.uniqueUnits / 4)...(sampled.totals.uniqueUnits * 3 / 4) ~= sample.units)
        #expect(near.unique.allSatisfy { $0.tokens <= sampled.totals.uniqueTokens && $0.units <= sample.units })
        #expect(sampled.madeBy?.contains("--near-sample 0.5") == true)
        #expect(try Audit(parsing: Array(sampled.json.fileText().utf8)) == sampled)
        let all = try await audit(corpus) { $0.nearDuplicates = NearOptions(sample: 1) }
        #expect(all.json.fileText() == (try await audit(corpus).json.fileText()))
    }

    @Test("Pairs to look at are the same whatever the threads, and their texts share the bands that are named")
    func pairs() async throws {
        let corpus = try NearCorpus(seed: 13)
        let one = try await audit(corpus) { $0.nearDuplicates?.pairs = 2 }
        let four = try await audit(corpus) {
            $0.nearDuplicates?.pairs = 2
            ($0.threads, $0.memory) = (4, 1 << 16)
        }
        #expect(one.json.fileText() == four.json.fileText())
        #expect(try Audit(parsing: Array(one.json.fileText().utf8)) == one)
        #expect(one.madeBy?.contains("--near --near-pairs 2") == true)
        let texts = try await NearPairTexts(of: one, in: corpus.corpus(), options: NearCorpus.options())
        #expect(texts.pairs.count == one.nearDuplicates?.pairs?.count)
        #expect(texts.pairs.count > 5)
        for pair in texts.pairs {
            let keys = [pair.first, pair.second].map { text in
                let signature = NearSignature()
                Array(text.utf8).withUnsafeBufferPointer { signature.read($0) }
                return Set((0..<14).map(signature.key(ofBand:)))
            }
            #expect(keys[0].intersection(keys[1]).count == pair.pair.sharedBands)
            #expect(pair.first.utf8.count >= pair.second.utf8.count)
            let lines = corpus.texts[pair.pair.second.source] ?? []
            #expect(lines.contains(pair.second))
        }
    }

    @Test("Levels below documents, shares out of range and partitions are refused with the way out")
    func refusals() async throws {
        let corpus = try NearCorpus(seed: 9, documents: 30)
        func message(_ body: () async throws -> Void) async -> String {
            do { try await body() } catch { return "\(error)" }
            return "no error"
        }
        let level = await message { _ = try await audit(corpus) { $0.level = .line } }
        #expect(level.contains("found in documents, not in lines"))
        let share = await message { _ = try await audit(corpus) { $0.nearDuplicates = NearOptions(sample: 0) } }
        #expect(share.contains("0.0 is no share above 0"))
        let runs = corpus.folder.path + "/runs"
        _ = try await Auditor(options: try NearCorpus.options()).scan(corpus.corpus(), into: runs)
        let range = try #require(PartitionRange("0-1"))
        let part = await message { _ = try await RunMerger().reduce([runs], partitions: range) }
        #expect(part.contains("run the passes pairs, counts and copies first (--near-pass)"))
    }

    @Test("Runs with and without near copies, or of another sample, are not merged together")
    func mixed() async throws {
        let corpus = try NearCorpus(seed: 10, documents: 30)
        let kinds: [NearOptions?] = [NearOptions(), nil, NearOptions(sample: 0.5), NearOptions(sample: 0.25)]
        for (number, kind) in kinds.enumerated() {
            var options = try NearCorpus.options()
            options.nearDuplicates = kind
            let shard = "\(corpus.folder.path)/shards/web/\(number % 3).jsonl"
            let path = try corpus.folder.write("{\"text\": \"text \(number)\"}", to: "more/\(number).jsonl")
            _ = try await Auditor(options: options).scan(
                Corpus(paths: [number < 3 ? shard : path]), into: "\(corpus.folder.path)/runs\(number)")
        }
        for (pair, reason) in [([0, 1], "no --near"), ([1, 2], "--near"), ([2, 3], "another --near-sample")] {
            await #expect {
                try await RunMerger().merge(pair.map { "\(corpus.folder.path)/runs\($0)" })
            } throws: {
                "\($0)".contains(reason)
            }
        }
    }

    @Test("A list without near copies keeps what the audit counts as left", arguments: [1, 3, 5])
    func keep(threshold: Int) async throws {
        let corpus = try NearCorpus(seed: 11)
        let runs = corpus.folder.path + "/runs"
        _ = try await Auditor(options: try NearCorpus.options()).scan(corpus.corpus(), into: runs)
        var keeper = RecordKeeper(threads: 2)
        keeper.nearThreshold = threshold
        let list = try await keeper.keep([runs], into: corpus.folder.path + "/keep")
        let near = try #require(try await RunMerger().merge([runs]).nearDuplicates)
        #expect(list.kept == near.unique(atThreshold: threshold)?.units)
        #expect(list.nearThreshold == threshold)
    }

    @Test("A list of impossible thresholds, or of runs that know no near copies, is refused")
    func keepRefusals() async throws {
        let corpus = try NearCorpus(seed: 12, documents: 20)
        let runs = corpus.folder.path + "/runs"
        var options = try NearCorpus.options()
        options.nearDuplicates = nil
        _ = try await Auditor(options: options).scan(corpus.corpus(), into: runs)
        for (threshold, reason) in [
            (0, "not from 1 to 14"), (15, "not from 1 to 14"), (3, "scan the shards with --near"),
        ] {
            var keeper = RecordKeeper()
            keeper.nearThreshold = threshold
            await #expect {
                try await keeper.keep([runs], into: corpus.folder.path + "/keep")
            } throws: {
                "\($0)".contains(reason)
            }
        }
    }
}
