import Chinchilla
import DataWallReports
import LawFitting
import OrderedJSON
import ScalingLaws
import Testing

@Suite struct FitFileTests {
    /// A fit of Chinchilla's form to losses made with it and a ripple of 0.2 %.
    private static func fit() throws -> FitReport {
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
        report.source = "runs.csv sha256 0"
        report.madeBy = "datawall fit runs.csv --law chinchilla --where 'corpus=c4 && loss>0'"
        return report
    }

    @Test("what was fitted reads back, with the runs and their residuals")
    func roundTrip() throws {
        let report = try Self.fit()
        let file = try FitFile(parsing: Array(report.json.fileText().utf8))
        #expect(file.law == "chinchilla")
        #expect(file.source == "runs.csv sha256 0")
        #expect(file.runs == 20)
        #expect(file.coefficients.map(\.name) == ["E", "A", "alpha", "B", "beta"] || file.coefficients.count == 5)
        #expect(file.coefficients.map(\.value) == report.fit.coefficients.map { $0 })
        #expect(file.residuals.map(\.logResidual) == report.fit.residuals)
        #expect(file.residuals.first?.loss == report.fit.runs.runs.first?.loss)
        #expect(file.resamples == 20)
        #expect(file.range.contains { $0.quantity == "parameters" && $0.range == 1e8...1e10 })
    }

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
