import Chinchilla
import DataWallReports
import LawFitting
import OrderedJSON
import ScalingLaws
import SchemaChecking
import Testing

@Suite struct FitFileTests {
    /// A fit of Chinchilla's form to losses made with it and a ripple of 0.2 %.
    static func fit() throws -> FitReport {
        let law = try ChinchillaLaw().compiled()
        var table = "params,tokens,loss\n"
        for (row, size) in [1e8, 3e8, 1e9, 3e9, 1e10].enumerated() {
            for (column, ratio) in [5.0, 20, 80, 320].enumerated() {
                let ripple = 1 + 0.002 * Double((row * 7 + column * 3) % 5 - 2) / 2
                table += "\(size),\(size * ratio),\(try law.loss(parameters: size, tokens: size * ratio) * ripple)\n"
            }
        }
        var report = try FitAnalysis(bootstrap: BootstrapOptions(samples: 20)).report(
            [ChinchillaLaw()], on: RunTableReader().read(table))
        report.inputs = [FitFile.Input(path: "runs.csv", sha256: "0")]
        report.madeBy = "datawall fit runs.csv --law chinchilla --where 'corpus=c4 && loss>0'"
        return report
    }

    @Test("what was fitted reads back, with the runs and their residuals")
    func roundTrip() throws {
        let report = try Self.fit()
        let file = try FitFile(parsing: Array(report.json.fileText().utf8))
        #expect(file.law == "chinchilla")
        #expect(file.coefficients == report.file.coefficients && file.residuals == report.file.residuals)
        #expect(file.warnings == report.warnings && file.lossUnit == .natsPerToken)
        #expect(file.inputs == report.inputs && file.madeBy == report.madeBy)
        #expect(file.runs == 20)
        #expect(file.coefficients.map(\.name) == ["E", "A", "alpha", "B", "beta"] || file.coefficients.count == 5)
        #expect(file.coefficients.map(\.value.value) == report.fit.coefficients.map { $0 })
        #expect(file.residuals.map(\.logResidual) == report.fit.residuals)
        #expect(file.residuals.first?.loss == report.fit.runs.runs.first?.loss)
        #expect(file.bootstrap?.samples == 20)
        #expect(file.range.parameters == 1e8...1e10)
    }

    @Test("a fit file with every study is what its schema says, key by key, and reads back")
    func schema() throws {
        #expect(try FileSchema.isCurrent(FitFile.schemaFile, of: "fit"))
        let law = try ChinchillaLaw().compiled()
        var table = "params,tokens,unique_tokens,loss,group\n"
        for (row, compute) in [1e18, 1e19, 1e20, 1e21, 1e22].enumerated() {
            for (column, factor) in [0.25, 0.4, 0.6, 1, 1.6, 2.5, 4].enumerated() {
                let size = (compute / 120).squareRoot() * factor
                let tokens = compute / 6 / size
                let ripple = 1 + 0.002 * Double((row * 7 + column * 3) % 5 - 2) / 2
                let loss = try law.loss(parameters: size, tokens: tokens) * ripple
                table += "\(size),\(tokens),1e8,\(loss),\(column % 2 == 0 ? "dense" : "moe")\n"
            }
        }
        var analysis = FitAnalysis(bootstrap: BootstrapOptions(samples: 20))
        analysis.holdOut = .largestCompute(share: 0.3)
        analysis.triesSensitivity = true
        analysis.estimatesAllocation = true
        analysis.setups = ("dense", "moe")
        analysis.regretFrom = 0
        analysis.flight = FitAnalysis.Flight(log: [(1e10, 2.6), (2e10, 2.4)], parameters: 1e9, tokens: 4e10)
        let report = try analysis.report([ChinchillaLaw()], on: RunTableReader().read(table))
        #expect(report.backtest != nil && report.regret != nil && report.setups != nil && report.watch != nil)
        #expect(try FileSchema(of: "fit").violations(of: report.json) == [])
        let read = try FitFile(report.json)
        #expect(read.allocation?.estimates.map(\.points) == report.allocation?.estimates.map(\.points))
        #expect(read.allocation?.estimates.map(\.parameters) == report.allocation?.estimates.map(\.parameters))
        #expect(read.holdOut?.scores == report.holdOut?.scores)
    }

    @Test(
        "what cannot be used is refused with its place",
        arguments: [
            ("\"version\": 2", "\"version\": 3", "datawall-fit of version 3, made by a later datawall"),
            ("\"version\": 2", "\"version\": 1", "make the file again with 'datawall fit --json'"),
            ("\"version\": 2", "\"version\": 2.5", "version must be an integer from 1 up"),
            ("\"format\": \"datawall-fit\"", "\"format\": \"datawall-plan\"", "the file's format is \"datawall-plan\""),
            ("\"runs\": 20,", "\"runs\": 20, \"runs\": 20,", "the key \"runs\" occurs twice"),
            ("\"runs\": 20", "\"runs\": 20.5", "runs must be an integer, not 20.5"),
            ("\"runs\": 20", "\"rows\": 20", "runs is missing"),
            ("\"runs\": 20", "\"runs\": 1e400", "a number too large to hold"),
            ("\"row\": 1,", "\"row\": \"1\",", "residuals[0].row must be an integer, not a string"),
            ("\"loss_unit\": \"nats/token\"", "\"loss_unit\": \"nats\"", "loss_unit must be one of nats/token"),
            ("\"interval_level\": 0.9", "\"interval_level\": 9", "interval_level must be from 0 to 1"),
            ("\"fitted\": true", "\"fitted\": null", "coefficients.E.fitted must be true or false"),
        ])
    func unusable(sound: String, damaged: String, reason: String) throws {
        let text = try Self.shared.get()
        #expect(text.contains(sound))
        let error = #expect(throws: ReportFileError.self) {
            try FitFile(parsing: Array(text.replacing(sound, with: damaged, maxReplacements: 1).utf8))
        }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    private static let shared = Result { try fit().json.fileText() }

    @Test("a fit's page has its coefficients with intervals and its errors run by run")
    func page() throws {
        let page = Report(parts: [.fit(try FitFile(try Self.fit().json), name: "fit.json")]).html()
        #expect(page.contains("Errors against model size"))
        #expect(page.contains("How sure each coefficient is"))
        #expect(page.contains("Hoffmann et al. 2022"))
        #expect(
            page.contains(
                "datawall fit runs.csv --law chinchilla --where &#39;corpus=c4 &amp;&amp; loss&gt;0&#39; --json &gt; fit.json"
            ))
        // A circle for each run, in two widths and two charts.
        #expect(page.ranges(of: "<circle class=\"mark f1 halo\"").count >= 2 * 2 * 20)
    }
}
