import DataWallKit
import TestSupport
import Testing

@Suite struct FitRequestTests {
    /// A table of runs on Chinchilla's form, without noise, for the time that a test takes.
    private static func table() -> String {
        var rows = ["params,tokens,loss"]
        for size in [5e7, 2e8, 8e8] {
            for tokens in [1e9, 1e10, 1e11] {
                let loss = 1.82 + 482 / Elementary.pow(size, 0.348) + 2085 / Elementary.pow(tokens, 0.366)
                rows.append("\(size),\(tokens),\(loss)")
            }
        }
        return rows.joined(separator: "\n")
    }

    @Test("a request fits the law and names the runs in the law file")
    func fits() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.table(), to: "runs.csv")
        var request = FitRequest(runs: path, laws: ["chinchilla"])
        request.analysis = FitAnalysis(bootstrap: nil)
        request.analysis.profilesCoefficients = false
        request.name = "ours"
        let answer = try request.run(madeBy: "datawall fit")
        #expect(answer.law.card.identifier == "ours")
        #expect(answer.report.inputs.map(\.path) == [path])
        #expect(answer.report.madeBy == "datawall fit")
        let exponent = try #require(answer.law.card.coefficients.first { $0.name == "alpha" }?.value)
        #expect(abs(exponent - 0.348) < 0.01)
    }

    @Test("the page of a fit draws runs of equal compute with their parabolas, and loss against compute with a band")
    func page() throws {
        var rows = ["params,tokens,loss"]
        for flops in [1e18, 1e19, 1e20] {
            for step in -2...2 {
                let size = 8e7 * Elementary.pow(flops / 1e18, 0.51) * Elementary.pow(2, Double(step))
                let tokens = flops / (6 * size)
                let loss = 1.82 + 482 / Elementary.pow(size, 0.348) + 2085 / Elementary.pow(tokens, 0.366)
                rows.append("\(size),\(tokens),\(loss)")
            }
        }
        let folder = try TemporaryFolder()
        var request = FitRequest(
            runs: try folder.write(rows.joined(separator: "\n"), to: "runs.csv"), laws: ["chinchilla"])
        request.analysis = FitAnalysis(bootstrap: nil)
        request.analysis.profilesCoefficients = false
        request.analysis.estimatesAllocation = true
        let file = try request.run().report.file
        let page = Report(title: "fit", parts: [.fit(file, name: "fit.json")], laws: []).html()
        for text in ["Runs of equal compute", "1e19 FLOPs", "Loss against compute", "nine tenths of the fit"] {
            #expect(page.contains(text), "\(text)")
        }
        let plain = try FitRequest(runs: folder.write(Self.table(), to: "other.csv"), laws: ["chinchilla"]).run()
        let other = Report(title: "fit", parts: [.fit(plain.report.file, name: "fit.json")], laws: []).html()
        #expect(!other.contains("Runs of equal compute"))
    }

    @Test("values out of range are refused before anything is read")
    func refusals() {
        func sentence(_ change: (inout FitRequest) -> Void) -> String? {
            var request = FitRequest(runs: "nowhere.csv", laws: ["chinchilla"])
            change(&request)
            return #expect(throws: RequestError.self) { try request.run() }?.description
        }
        #expect(sentence { $0.laws = [] }?.contains("Name a law with --law") == true)
        #expect(sentence { $0.analysis.bootstrap = BootstrapOptions(samples: 3) }?.contains("--bootstrap is 0") == true)
        #expect(sentence { $0.analysis.bootstrap = BootstrapOptions(samples: -3) }?.contains("--bootstrap") == true)
        for level in [0, 1, -1, .nan] {
            #expect(sentence { $0.analysis.level = level }?.contains("--level must be between 0 and 1") == true)
        }
        #expect(sentence { $0.analysis.options.dependence = .nan }?.contains("--prior-strength") == true)
        #expect(
            sentence { request in
                request.prior = "card"
                request.laws = ["chinchilla", "muennighoff"]
            }?.contains("--prior card fits one law") == true)
    }

    @Test("a file that is not there is named")
    func missing() {
        let error = #expect(throws: InputFailure.self) {
            try FitRequest(runs: "nowhere.csv", laws: ["chinchilla"]).run()
        }
        #expect(error?.isInputMissing == true && error?.description.contains("nowhere.csv") == true)
    }

    @Test("coefficients fitted to losses in bits per byte are in bits per byte, and the answer gives the unit")
    func unit() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.table(), to: "runs.csv")
        var request = FitRequest(runs: path, laws: ["chinchilla"])
        request.table.lossUnit = .bitsPerByte
        request.table.bytesPerToken = 4
        request.analysis = FitAnalysis(bootstrap: nil)
        request.analysis.profilesCoefficients = false
        let answer = try request.run()
        let units = answer.law.card.coefficients.map(\.unit)
        #expect(units.contains("bits/byte") && units.contains("bits/byte·N^alpha"))
        #expect(!units.contains { $0.hasPrefix("nats") })
        #expect(answer.report.text().joined(separator: " ").contains("are in bits/byte"))
    }
}
