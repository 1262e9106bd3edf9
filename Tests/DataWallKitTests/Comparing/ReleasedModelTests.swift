import DataWallKit
import Foundation
import Testing

@Suite struct ReleasedModelTests {
    @Test("the table that ships is the dataset, and every row has a source")
    func dataset() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Datasets/released_models.csv").standardizedFileURL
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(lines.count == NamedRun.released.count)
        for (line, run) in zip(lines, NamedRun.released) {
            let cells = line.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
            #expect(cells[0] == run.name)
            #expect(Double(cells[1]) == run.parameters)
            #expect(Double(cells[2]) == run.tokens)
            #expect(Double(cells[3]) == run.uniqueTokens)
            let source = try #require(run.source)
            #expect(!source.isEmpty && cells[4].contains(source))
        }
    }

    @Test(
        "tokens per parameter are those published",
        arguments: [("Llama 3 8B", 1_875.0), ("llama-3-70b", 214.3), ("Chinchilla", 20), ("Gopher", 1.071)])
    func ratios(name: String, ratio: Double) throws {
        #expect(abs(try NamedRun.released(name).tokensPerParameter / ratio - 1) < 1e-3)
    }

    @Test("an unknown model is answered with the nearest names")
    func unknown() {
        #expect {
            try NamedRun.released("Llama 3 9B")
        } throws: { "\($0)".contains("Llama 3 8B") }
    }

    @Test("runs are read as people write them")
    func reading() throws {
        let mine = try NamedRun(reading: "mine: 8B, 15T, U=4T")
        #expect(mine == NamedRun(name: "mine", parameters: 8e9, tokens: 15e12, uniqueTokens: 4e12))
        let bare = try NamedRun(reading: "10B, 2T")
        #expect(bare.name == "10B on 2T" && bare.uniqueTokens == nil && bare.flops == 1.2e23)
        for text in ["", "8B", "mine: 8B, 15T, 4T", "mine: eight, 15T", "a: b: 8B, 15T"] {
            #expect(throws: RequestError.self) { try NamedRun(reading: text) }
        }
        let error = #expect(throws: RequestError.self) { try NamedRun(reading: "llama-3-8b") }
        #expect("\(error.map { "\($0)" } ?? "")".contains("without --run"))
    }

    @Test("a table of runs is read, and a row without tokens is refused by line")
    func table() throws {
        let text = "name,parameters,tokens,unique_tokens\nours,8B,15T,4T\nold,\"1,000,000,000\",20e9,\n"
        let runs = try NamedRun.table(Array(text.utf8))
        #expect(runs.map(\.name) == ["ours", "old"] && runs[1].parameters == 1e9 && runs[1].uniqueTokens == nil)
        #expect {
            try NamedRun.table(Array("name,parameters,tokens\nours,8B,\n".utf8))
        } throws: { "\($0)".contains("2") }
    }

    @Test("a request compares released models with one's own, and says what training takes")
    func request() throws {
        var request = CompareRequest()
        #expect(throws: RequestError.self) { try request.validate() }
        request.released = ["Chinchilla"]
        request.runs = ["mine: 10B, 2T, U=1T"]
        request.laws = ["chinchilla-soft"]
        request.hardware.gpu = "h100"
        request.hardware.mfu = 0.4
        request.hardware.gpus = 64
        request.hardware.dollarsPerGPUHour = 2
        let report = try request.run()
        let text = report.text().joined(separator: "\n")
        // 6 · 10e9 · 2e12 FLOPs at 0.4 of 989.4e12 FLOP/s: 84,226 hours, 54.83 days on 64, twice as many dollars.
        for part in ["mine", "Chinchilla", "84.23k", "54.83", "$168.5k", "its D/N"] {
            #expect(text.contains(part), "\(part) is not in\n\(text)")
        }
    }

    @Test("hardware without effect and runs that nobody trains are refused")
    func refusals() throws {
        func sentence(_ change: (inout CompareRequest) -> Void) -> String? {
            var request = CompareRequest()
            request.laws = ["chinchilla-soft"]
            change(&request)
            return #expect(throws: RequestError.self) { try request.run() }?.description
        }
        #expect(
            sentence {
                $0.runs = ["mine: 10B, 2T"]
                $0.hardware.gpu = "h100"
            }?.hasPrefix("--gpu says nothing of training without --mfu") == true)
        #expect(
            sentence { $0.runs = ["mine: 7e300, 2T"] }
                == "The parameters of run 'mine' must be from 1 to 1e18, not 7e300.")
        // The same accelerator serves.
        var served = CompareRequest()
        served.runs = ["mine: 10B, 2T"]
        (served.hardware.gpu, served.serving.gpus) = ("h100", 1)
        try served.validate()
    }

    @Test("a best run that leaves compute unspent says so, with the compute it takes")
    func unspent() throws {
        var request = CompareRequest()
        request.runs = ["long: 1B, 100T, U=10B", "usual: 1B, 20B, U=1T"]
        let text = try request.run().text(explained: true).joined(separator: " ").split(separator: " ")
            .joined(separator: " ")
        #expect(text.contains("the best run of at most the same compute"))
        #expect(text.contains("long: the best run takes"), "\(text)")
        #expect(!text.contains("usual: the best run takes"))
    }
}
