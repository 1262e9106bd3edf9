import DataWallKit
import Foundation
import TestSupport
import Testing

@Suite struct SupplyFileTests {
    private func file(_ text: String, named name: String = "sources.csv") throws -> SupplyFile {
        let folder = try TemporaryFolder()
        return try SupplyFile(path: folder.write(text, to: name))
    }

    @Test("a table of sources becomes a supply with caps and qualities around 1")
    func table() throws {
        let supply = try file("source,unique_tokens,quality,max_epochs\na,10B,3,4\nb,30B,1,2\n").supply()
        #expect(supply.uniqueTokens == 40e9)
        #expect(supply.sources.map(\.quality) == [2, 2.0 / 3])
        #expect(supply.mostTokens == 100e9)
    }

    @Test("what is no supply says so, with the file's name")
    func refuses() throws {
        for (text, part) in [("", "empty"), ("source,unique_tokens\na,0\n", "no unique token"), ("{}", "format")] {
            do {
                _ = try file(text).supply()
                Issue.record("'\(text)' was read")
            } catch {
                #expect("\(error)".contains("sources.csv") && "\(error)".contains(part), "\(error)")
            }
        }
        let error = #expect(throws: SupplyFile.Failure.self) { try SupplyFile(path: "none.csv") }
        #expect(error?.isInputMissing == true)
    }

    @Test("a table knows nothing of copies")
    func copies() throws {
        let file = try file("source,unique_tokens\na,10B\n")
        #expect(throws: MixtureError.self) { try file.supply(as: .asIs) }
    }
}
