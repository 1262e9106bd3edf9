import DataMixing
import Foundation
import Testing

@Suite struct PublishedSupplyTests {
    @Test("the table that ships is the dataset, and every row has a source")
    func dataset() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Datasets/supplies.csv").standardizedFileURL
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(lines.count == PublishedSupply.all.count)
        for (line, supply) in zip(lines, PublishedSupply.all) {
            // The last two columns may be quoted; the numbers come before them.
            let cells = line.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
            #expect(cells[0] == supply.name)
            #expect(cells[1].split(separator: " ").map(String.init) == supply.aliases)
            #expect(Double(cells[2]) == supply.tokens)
            #expect(Double(cells[3]) == supply.exactUniqueTokens)
            #expect(Double(cells[4]) == supply.nearUniqueTokens)
            #expect(supply.note.isEmpty || cells[5].contains(supply.note))
            #expect(!supply.source.isEmpty && cells[5].contains(supply.source))
        }
    }

    @Test("counts fall from raw to exact to near, and plans take the strictest")
    func counts() throws {
        for supply in PublishedSupply.all {
            let counts = [supply.tokens, supply.exactUniqueTokens, supply.nearUniqueTokens].compactMap { $0 }
            #expect(counts == counts.sorted(by: >), "\(supply.name)")
            #expect(supply.uniqueTokens == counts.last)
        }
        let edu = try PublishedSupply.named("FineWeb Edu")
        #expect(edu.count == .near && edu.uniqueTokens == 200e9 && edu.exactUniqueTokens == 375e9)
        #expect(try PublishedSupply.named("dolma").count == .raw)
    }

    @Test("no name stands for two corpora, and an unknown one is answered with the nearest")
    func names() throws {
        let names = PublishedSupply.all.flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
        for name in names { #expect(throws: Never.self) { try PublishedSupply.named(name) } }
        #expect {
            try PublishedSupply.named("fineweb-edo")
        } throws: { "\($0)".contains("no supply named 'fineweb-edo'") && "\($0)".contains("'fineweb-edu'") }
    }
}
