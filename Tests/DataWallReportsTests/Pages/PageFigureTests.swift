import BuiltInModels
import DataWallReports
import Foundation
import OrderedJSON
import ScalingLaws
import TestSupport
import Testing
import TrainingPlanning

/// Every number on a page is the file's own: tables are read again and held against the JSON of the files.
@Suite struct PageFigureTests {
    /// One number of a page, with the way to it in the file.
    private struct Check {
        var figure: String
        var row: String
        var column: Int
        var path: String
        var factor = 1.0
    }

    private static func value(_ json: JSONValue, _ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(json) { (found: JSONValue?, part) -> JSONValue? in
            guard let found else { return nil }
            if let index = Int(part) {
                guard case .array(let elements) = found, index < elements.count else { return nil }
                return elements[index]
            }
            return found[String(part)]
        }
    }

    /// Holds each number against the file; returns how many there were.
    @discardableResult
    private func compare(_ checks: [Check], of json: JSONValue, name: String, least: Int) throws -> Int {
        let part = try Report.Part(
            parsing: Array(json.fileText().utf8), name: name, forms: ModelCatalog.standard.laws)
        let page = PageReader(Report(parts: [part], laws: ModelCatalog.standard.laws.models).html())
        for check in checks {
            let text = try #require(page.cell("part1-\(check.figure)", check.row, check.column), "\(check)")
            let shown = try #require(PageReader.number(text), "\(check): \(text)")
            let held = try #require(Self.value(json, check.path)?.number, "\(check.path)") * check.factor
            #expect(abs(shown.value - held) <= shown.slack, "\(check): \(text) on the page, \(held) in the file")
        }
        #expect(checks.count >= least)
        return checks.count
    }

    @Test("numbers of a plan under one law are the file's")
    func plan() throws {
        let json = PlanFile(try SamplePlan.oneLaw.get(), madeBy: "datawall plan").json
        var checks = [
            Check(figure: "run", row: "parameters (N)", column: 1, path: "recommended.parameters"),
            Check(figure: "run", row: "training tokens (D)", column: 1, path: "recommended.tokens"),
            Check(figure: "run", row: "unique tokens used", column: 1, path: "recommended.unique_tokens"),
            Check(figure: "run", row: "epochs", column: 1, path: "recommended.epochs"),
            Check(figure: "run", row: "training FLOPs (6ND)", column: 1, path: "recommended.flops"),
            Check(figure: "run", row: "loss under the law, nats/token", column: 1, path: "recommended.loss"),
            Check(figure: "prices", row: "1 % more unique tokens", column: 1, path: "shadow_prices.unique_tokens"),
            Check(figure: "prices", row: "1 % more compute", column: 1, path: "shadow_prices.flops"),
        ]
        for (index, epochs) in [1, 2, 4, 8].enumerated() {
            for (column, key) in ["parameters", "tokens", "loss"].enumerated() {
                checks.append(
                    Check(figure: "frontier", row: "\(epochs)", column: column + 1, path: "frontier.\(index).\(key)"))
            }
        }
        try compare(checks, of: json, name: "plan.json", least: 20)
    }

    @Test("numbers of a plan under several families are the file's")
    func families() throws {
        let plan = try SamplePlan.twoLaws.get()
        var checks = [
            Check(
                figure: "run", row: "expected excess over the families' own best", column: 1,
                path: "decision.expected_excess"),
            Check(figure: "run", row: "excess under the worst draw", column: 1, path: "decision.worst_excess"),
        ]
        for (index, family) in plan.families.enumerated() {
            for (column, key) in [
                (2, "weight"), (6, "parameters"), (7, "tokens"), (8, "epochs"), (9, "excess"), (10, "loss"),
            ] {
                checks.append(
                    Check(figure: "families", row: family.family, column: column, path: "families.\(index).\(key)"))
            }
        }
        try compare(checks, of: PlanFile(plan, madeBy: nil).json, name: "plan.json", least: 14)
    }

    @Test("numbers of an audit are the file's")
    func audit() throws {
        let json = try JSONValue(parsing: Array(SampleAudit.text(sources: 3).utf8))
        var checks = [
            Check(figure: "all-sources", row: "all", column: 1, path: "totals.documents"),
            Check(figure: "all-sources", row: "all", column: 2, path: "totals.tokens"),
            Check(figure: "all-sources", row: "all", column: 7, path: "totals.hidden_epochs"),
            Check(figure: "copies", row: "2", column: 2, path: "copies.0.tokens"),
        ]
        let keys = ["documents", "tokens", "unique_tokens", "owned_unique_tokens", "exclusive_tokens"]
        for index in 0..<3 {
            for (column, key) in keys.enumerated() {
                checks.append(
                    Check(
                        figure: "all-sources", row: "source-\(index)", column: column + 1,
                        path: "sources.\(index).\(key)"))
            }
            checks.append(
                Check(
                    figure: "sources", row: "source-\(index)", column: 4, path: "sources.\(index).repeated_tokens"))
        }
        try compare(checks, of: json, name: "audit.json", least: 20)
    }

    @Test("numbers of a mixture are the file's")
    func mixture() throws {
        let file = try SampleMixture.file(sources: 3)
        let json = file.json
        var checks: [Check] = []
        for (index, source) in file.sources.enumerated() {
            for (column, key) in [(1, "unique_tokens"), (4, "weight"), (5, "tokens"), (6, "epochs")] {
                checks.append(
                    Check(figure: "sources", row: source.source, column: column, path: "mixture.\(index).\(key)"))
            }
        }
        try compare(checks, of: json, name: "mixture.json", least: 12)
    }

    @Test("numbers of a fit are the file's")
    func fit() throws {
        let golden = GoldenFile("fit.json", in: "DataWallReportsTests/Golden")
        let json = try JSONValue(parsing: Array(Data(contentsOf: golden.url)))
        let names = try FitFile(json).coefficients.map(\.0)
        let checks = names.map {
            Check(figure: "coefficients", row: $0, column: 1, path: "coefficients.\($0).value")
        }
        try compare(checks, of: json, name: "fit.json", least: 4)
    }

    @Test("numbers of a sweep are the file's")
    func sweep() throws {
        let sweep = try SampleSweep.plane.get()
        var checks: [Check] = []
        for (column, key) in [(2, "parameters"), (3, "tokens"), (4, "epochs"), (6, "loss")] {
            checks.append(Check(figure: "points", row: "1e21", column: column, path: "points.0.\(key)"))
        }
        try compare(checks, of: sweep.json(madeBy: "datawall plan"), name: "sweep.json", least: 4)
    }

    @Test("numbers are read again with the rounding that they were written with")
    func reader() throws {
        for (text, value, slack) in [
            ("7.026B", 7.026e9, 0.0005e9), ("33.8 %", 0.338, 0.0005), ("1e22", 1e22, 5e18), ("1.372e13", 1.372e13, 5e9),
            ("$17.55k", 17_550, 5), ("1,234", 1_234, 0.617),
        ] {
            let number = try #require(PageReader.number(text))
            #expect(abs(number.value / value - 1) < 1e-12 && abs(number.slack / slack - 1) < 1e-4, "\(text): \(number)")
        }
    }
}
