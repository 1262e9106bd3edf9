import Foundation
import Testing

@testable import CorpusAudit

@Suite struct SampleFolderTests {
    private static let long = String(repeating: "a", count: 300)

    @Test("names that differ only in what a file name cannot contain get different file names")
    func differentNames() {
        let names = [
            "a/b", "a_b", "a%2Fb", ".x", "_.x", "%2Ex", "x", "", "%", "%25", "_", ".", "..", "a\nb", "a b", "\u{E9}",
            "e\u{301}", Self.long, Self.long + "a", Self.long + "/", "\u{7F}", "\u{0}",
        ]
        let files = names.map { SampleFolder.fileName($0) }
        #expect(Set(files.map { Array($0.utf8) }).count == names.count)
        for file in files {
            #expect(!file.contains("/") && !file.hasPrefix(".") && !file.isEmpty && file.utf8.count <= 200)
            #expect(file.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        }
    }

    @Test(
        "usual names stay as they are, and a short escaped name can be read back",
        arguments: ["web", "cc-2024.10", "wiki é"])
    func usualNames(name: String) {
        #expect(SampleFolder.fileName(name) == name)
        for odd in ["/" + name, "." + name, name + "%41", name + "\t\n"] {
            #expect(SampleFolder.fileName(odd).removingPercentEncoding == odd)
        }
    }

    @Test("a long name of wide characters is cut between characters")
    func longNames() {
        for shift in 0..<4 {
            let name = String(repeating: "x", count: shift) + String(repeating: "\u{10348}", count: 100)
            let file = SampleFolder.fileName(name)
            #expect(file.utf8.count <= 200 && !file.contains("\u{FFFD}"))
        }
    }

    @Test("sources whose names collide in a file name, or are composed differently, keep all their documents")
    func collidingSources() async throws {
        let folder = try TemporaryFolder()
        let names = ["a/b", "a_b", ".x", "_.x", "caf\u{E9}", "cafe\u{301}"]
        let lines = (0..<600).map { "{\"text\": \"text \($0)\", \"s\": \"\(names[$0 % names.count])\"}\n" }
        try folder.write(lines.joined(), to: "in/x.jsonl")
        let fields = FieldSelection(source: try FieldPath("s"))
        let sample = try await CorpusSampler(share: 0.5).write(
            Corpus(paths: [folder.path + "/in"], fields: fields), to: folder.path + "/out")
        #expect(sample.sources.count == names.count)
        var written: [[UInt8]: Int] = [:]
        for file in try CorpusSamplerTests.files(folder, "out") {
            for line in try CorpusSamplerTests.text(folder, "out/" + file).split(separator: "\n") {
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
                written[Array((object["s"] ?? "").utf8), default: 0] += 1
            }
        }
        for source in sample.sources { #expect(written[Array(source.name.utf8)] == source.documents) }
        #expect(written.values.reduce(0, +) == sample.taken && sample.taken > 200)
    }
}
