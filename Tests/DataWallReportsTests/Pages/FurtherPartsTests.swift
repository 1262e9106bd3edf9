import BuiltInModels
import ComputeOptimal
import DataMixing
import DataWallReports
import OrderedJSON
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct FurtherPartsTests {
    private func html(_ json: JSONValue, _ name: String) throws -> String {
        let part = try Report.Part(
            parsing: Array(json.fileText().utf8), name: name, forms: ModelCatalog.standard.laws)
        return Report(parts: [part]).html()
    }

    @Test("an upsampling is drawn by passes and by tokens, and what is left out is said")
    func upsampling() throws {
        let problem = try QualityUpsampling(bucketTokens: [100e9, 80e9, 50e9, 30e9])
        let report = UpsamplingReport(
            problem, try problem.solved(for: 150e9), names: ["<b>", "b", "c", "d"],
            madeBy: "datawall upsample b.csv --tokens 150B")
        let page = try html(report.json, "up.json")
        for part in [
            "150B tokens from 260B", "left out</text>", "&lt;b&gt;", "Tokens of each bucket, before and after",
            "datawall upsample b.csv --tokens 150B --json &gt; up.json",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(try UpsamplingFile(report.json).json == report.json)
    }

    @Test("a comparison is drawn as gaps with what each family says")
    func comparison() throws {
        let planner = Planner(
            laws: try ["chinchilla", "muennighoff"].map { try ModelCatalog.standard.laws.model(named: $0) },
            objective: MinimumLoss())
        let runs = [
            NamedRun(name: "small", parameters: 8e9, tokens: 15e12, source: "a paper"),
            NamedRun(name: "large", parameters: 70e9, tokens: 1.4e12),
        ]
        let report = ComparisonReport(try planner.compare(runs), madeBy: "datawall compare")
        let page = try html(report.json, "compare.json")
        let better = try ComparisonFile(report.json).duels.map(\.better)
        #expect(page.contains("\(better[0]) has the lower loss"))
        for part in ["Loss above the best run of at most the same compute", "a paper", "times the best D/N", "weight"] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(try ComparisonFile(report.json).json == report.json)
    }

    @Test("fragments of every kind of file are one element each")
    func fragments() throws {
        let problem = try QualityUpsampling(bucketTokens: [100e9, 80e9])
        let up = UpsamplingReport(problem, try problem.solved(for: 50e9), names: ["a", "b"]).json
        for (json, name) in [(up, "up"), (try SampleSweep.plane.get().json(), "sweep")] {
            let part = try Report.Part(
                parsing: Array(json.fileText().utf8), name: name, forms: ModelCatalog.standard.laws)
            let text = Report(parts: [part]).fragment()
            #expect(text.hasPrefix("<div class=\"datawall-report\">") && text.hasSuffix("</div>\n"))
            #expect(!text.contains("<script") && !text.contains("{{") && text.contains("<svg"))
        }
    }
}
