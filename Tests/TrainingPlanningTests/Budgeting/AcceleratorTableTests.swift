import Foundation
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct AcceleratorTableTests {
    private let table = AcceleratorTable.standard

    @Test("the table that ships is the dataset")
    func dataset() throws {
        let file = PackageFolder.dataset("accelerators.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(lines.count == table.accelerators.count)
        for (line, accelerator) in zip(lines, table.accelerators) {
            // The source is the last column, in quotes.
            let cells = line.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
            #expect(cells[0] == accelerator.name)
            #expect(cells[1].split(separator: " ").map(String.init) == accelerator.aliases)
            #expect(Double(cells[2]) == accelerator.peakFLOPs)
            #expect(Double(cells[3]) == accelerator.memoryBytes)
            #expect(Double(cells[4]) == accelerator.memoryBandwidth)
            #expect(cells[5].dropFirst().dropLast() == accelerator.source)
        }
    }

    @Test("no name stands for two accelerators")
    func names() throws {
        let names = table.accelerators.flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
        for accelerator in table.accelerators {
            for name in [accelerator.name] + accelerator.aliases {
                #expect(try table.accelerator(named: name) == accelerator)
            }
        }
    }

    @Test(
        "case, hyphens and blanks do not matter", arguments: ["H100", "h100 SXM5", "H100_SXM", "TPU v5p", "A100-80GB"])
    func spelling(name: String) throws {
        #expect(throws: Never.self) { try table.accelerator(named: name) }
    }

    @Test("an unknown name is answered with the nearest")
    func unknown() {
        #expect {
            try table.accelerator(named: "h10")
        } throws: { "\($0)".contains("no accelerator named 'h10'") && "\($0)".contains("'h100'") }
    }

    @Test("a user's own accelerator comes in, and one of the same name replaces")
    func adding() throws {
        var table = table
        table.add(try Accelerator(name: "ours", peakFLOPs: 1e15, source: "measured"))
        table.add(try Accelerator(name: "H100", peakFLOPs: 7e14, source: "measured"))
        #expect(try table.accelerator(named: "ours").peakFLOPs == 1e15)
        #expect(try table.accelerator(named: "h100").peakFLOPs == 7e14)
        #expect(table.accelerators.count == self.table.accelerators.count + 1)
    }
}
