import TestSupport
import Testing

@testable import TokenCounting

/// The golden counts, and where the vocabularies are that they belong to.
enum GoldenCounts {
    struct Golden: Sendable {
        let strings: [String]
        /// By tokenizer: the vocabulary file's path under the folder, and a count for each string.
        let tokenizers: [(name: String, file: String, counts: [UInt32])]
    }

    static let folder =
        FileBytes.environment("DATAWALL_VOCABULARIES")
        ?? (FileBytes.environment("HOME") ?? "") + "/.cache/datawall/vocabularies"

    static let golden: Golden? = {
        let path =
            "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
            + "/Benchmarks/tokenizers/golden.json"
        guard let (bytes, _) = try? FileBytes.read(path), let (root, _) = try? JSONText.read(bytes, path: path) else {
            return nil
        }
        let counts = root["counts"]?.members ?? []
        return Golden(
            strings: root["strings"]?.elements?.compactMap(\.text) ?? [],
            tokenizers: counts.map { name, value in
                let name = String(decoding: name, as: UTF8.self)
                return (name, root["vocabularies"]?[name]?.text ?? "", value.elements?.compactMap(\.index) ?? [])
            })
    }()

    static let present = (golden?.tokenizers ?? []).filter { FileBytes.isFile(folder + "/" + $0.file) }.map(\.name)

    /// Reading a large vocabulary takes half a minute without optimisation, so that a debug build reads the small ones
    /// unless `DATAWALL_SOAK` is set.
    static let checked = present.filter { name in
        #if DEBUG
            let file = golden?.tokenizers.first { $0.name == name }?.file ?? ""
            return file == "botchan_bpe.model" || isSoak
        #else
            return true
        #endif
    }
    static let absent = (golden?.tokenizers ?? []).filter { !FileBytes.isFile(folder + "/" + $0.file) }.map(\.name)
}

/// Counts of real vocabularies against those that the reference implementations made (`make_golden.py`).
///
/// The vocabularies are not part of the repository; without them these tests say so and are skipped.
@Suite struct GoldenCountsTests {
    @Test("The golden counts are there")
    func golden() throws {
        let golden = try #require(GoldenCounts.golden)
        #expect(golden.strings.count > 150)
        #expect(golden.tokenizers.count == 19)
        #expect(golden.tokenizers.allSatisfy { $0.counts.count == golden.strings.count })
    }

    @Test("Every count is the reference implementation's", arguments: GoldenCounts.checked)
    func counts(name: String) throws {
        let golden = try #require(GoldenCounts.golden)
        let tokenizer = try #require(golden.tokenizers.first { $0.name == name })
        let session = try VocabularyCounter(file: GoldenCounts.folder + "/" + tokenizer.file).makeSession()
        for (text, expected) in zip(golden.strings, tokenizer.counts) {
            #expect(VocabularyCounterTests.counts(session, Array(text.utf8)) == [expected], "\(text.debugDescription)")
        }
    }

    @Test(
        "No vocabulary is left unchecked",
        .enabled(
            if: GoldenCounts.checked.count == GoldenCounts.present.count,
            "\(GoldenCounts.present.count - GoldenCounts.checked.count) of \(GoldenCounts.present.count) vocabularies are left to a release build, or to DATAWALL_SOAK=1"
        ))
    func unabridged() {
        #expect(GoldenCounts.checked == GoldenCounts.present)
    }

    @Test(
        "All vocabularies are present",
        .enabled(
            if: GoldenCounts.absent.isEmpty,
            "\(GoldenCounts.absent.count) of \(GoldenCounts.absent.count + GoldenCounts.present.count) vocabularies are absent, their counts unchecked: \(GoldenCounts.absent.joined(separator: ", ")). Benchmarks/tokenizers/fetch_vocabularies.py fetches them"
        ))
    func complete() {
        #expect(GoldenCounts.absent.isEmpty)
    }
}
