import DataWallKit
import Foundation
import TestSupport
import Testing

@Suite struct AcceleratorFileTests {
    @Test("a table adds accelerators, with quantities as people write them")
    func reading() throws {
        let file = try AcceleratorFile(
            parsing: "name,peak_flops,memory_bytes,memory_bandwidth\nours,1.2e15,96GB,4TB\nother,400T,,\n",
            name: "ours.csv")
        let first = try #require(file.accelerators.first)
        #expect(first.peakFLOPs == 1.2e15 && first.memoryBytes == 96e9 && first.memoryBandwidth == 4e12)
        #expect(first.source == "ours.csv")
        #expect(file.accelerators.last?.peakFLOPs == 4e14)
        #expect(file.accelerators.last?.memoryBytes == nil)
    }

    @Test("the dataset that ships reads to the table that ships")
    func dataset() throws {
        let path = PackageFolder.dataset("accelerators.csv").path
        #expect(try AcceleratorFile(path: path).accelerators == AcceleratorTable.standard.accelerators)
    }

    @Test(
        "what is wrong is said with line and reason",
        arguments: [
            ("name,peak\nx,1e15\n", "did you mean 'peak_flops'"), ("name\nx\n", "no column 'peak_flops'"),
            ("name,peak_flops\nx,989\n", "line 2: the peak of accelerator 'x'"),
            ("name,peak_flops\nx,fast\n", "line 2, column 'peak_flops': 'fast'"),
            ("name,peak_flops\n,1e15\n", "needs a name"),
            ("name,peak_flops\nx,1e15\nx,1e15\n", "line 3, column 'name': 'x' is in the table already"),
            ("name,peak_flops\n", "no accelerator"),
            ("name,peak_flops,memory_bytes\nx,1e15,-1\n", "line 2, column 'memory_bytes'"),
        ])
    func faults(text: String, part: String) {
        #expect {
            try AcceleratorFile(parsing: text, name: "t.csv")
        } throws: { "\($0)".hasPrefix("t.csv") && "\($0)".contains(part) }
    }

    @Test("a file that is not there is missing input")
    func missing() {
        #expect {
            try AcceleratorFile(path: "/nonexistent/accelerators.csv")
        } throws: { ($0 as? AcceleratorFile.Failure)?.isInputMissing == true }
    }
}
