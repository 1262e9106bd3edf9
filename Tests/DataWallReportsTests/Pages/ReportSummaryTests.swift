import BuiltInModels
import CorpusAudit
import DataWallReports
import OrderedJSON
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct ReportSummaryTests {
    private func html(_ parts: Report.Part...) -> String {
        Report(parts: parts, laws: ModelCatalog.standard.laws.models).html()
    }

    private func plan(_ plan: Result<Plan, any Error>) throws -> PlanFile {
        try PlanFile(PlanFile(plan.get(), madeBy: "datawall plan").json)
    }

    @Test("the summary says in three sentences what there is, what to train and what to doubt")
    func sentences() throws {
        let page = html(
            .audit(try SampleAudit.make(sources: 3), name: "a.json"),
            .plan(try plan(SamplePlan.twoLaws), name: "p.json"))
        for part in [
            "<dt>What you have</dt><dd>3.667M tokens (est.) in 3 sources; 1.833M (50.0 %) are unique",
            "<dt>What to train</dt><dd>A model of ", "epochs of 25B unique tokens, for 1e22 FLOPs.",
            "<dt>What to doubt</dt><dd>The audit is of version 1: datawall 0.1 did not list the files it skipped",
        ] {
            #expect(page.contains(part), "\(part)")
        }
    }

    @Test("a report without a plan says how to make one, and one audit without doubt says what every audit leaves open")
    func auditAlone() throws {
        var audit = try SampleAudit.make(sources: 2)
        audit.listsSkippedFiles = true
        let page = html(.audit(audit, name: "a.json"))
        #expect(page.contains("This report contains no plan"))
        #expect(page.contains("Only exact copies were looked for, so the unique tokens are an upper bound"))
    }

    @Test("several plans and mixtures are compared in one table, a single one is not")
    func scenarios() throws {
        let (one, two) = (try plan(SamplePlan.oneLaw), try plan(SamplePlan.twoLaws))
        let page = html(
            .plan(one, name: "one.json"), .plan(two, name: "two.json"),
            .mixture(try SampleMixture.file(sources: 3), name: "mix.json"))
        let table = PageReader(page)
        #expect(table.cell("scenarios", "one.json", 3) == "7.026B")
        #expect(table.cell("scenarios", "one.json", 7)?.hasSuffix(" nats/token") == true)
        #expect(table.cell("scenarios", "two.json", 7)?.hasSuffix(" expected excess") == true)
        #expect(table.cell("scenarios", "mix.json", 9) == "mixture")
        #expect(page.contains("the table compares 2 plans"))
        #expect(!html(.plan(one, name: "one.json")).contains("id=\"scenarios\""))
    }

    @Test("the contents name every section and figure of the page")
    func contents() throws {
        let page = html(.plan(try plan(SamplePlan.twoLaws), name: "p.json"))
        let nav = try #require(page.split(separator: "<nav ").last).split(separator: "</nav>")[0]
        for figure in page.split(separator: "<figure id=\"").dropFirst().map({ $0.prefix { $0 != "\"" } }) {
            #expect(nav.contains("href=\"#\(figure)\""), "\(figure)")
        }
    }

    @Test("what a plan costs is in its own unit: the chart and the tables of a plan in dollars have dollars")
    func dollars() throws {
        let text = """
            {"format": "datawall-plan", "version": 2, "status": "optimal", "objective": "min-dollars", "cost_unit": "$",
             "law": "elsewhere", "laws": [{"name": "elsewhere"}], "families": [], "supply": {"unique_tokens": 1e9},
             "frontier": [{"epochs": 1, "parameters": 1e9, "tokens": 1e9, "loss": 2.5, "cost": 52000, "next_epoch_gain": 1500},
                          {"epochs": 2, "parameters": 8e8, "tokens": 2e9, "loss": 2.5, "cost": 50500, "next_epoch_gain": null}],
             "recommended": {"parameters": 1e9, "tokens": 2e9, "tokens_per_parameter": 2.0, "epochs": 2.0, "loss": 2.5,
                             "cost": 50500, "gpu_hours": 20000, "days": 3.5, "training_dollars": 50000, "serving_dollars": 500}}
            """
        let page = html(.plan(try PlanFile(parsing: Array(text.utf8)), name: "p.json"))
        let table = PageReader(page)
        #expect(page.contains("min-dollars against epochs"))
        #expect(!page.contains("Loss against epochs"))
        #expect(table.cell("part1-cost", "1", 3) == "$52k")
        #expect(table.cell("part1-frontier", "1", 5) == "$1.5k")
        #expect(table.cell("part1-spending", "training and serving", 1) == "$50.5k")
        #expect(page.contains("for $50k of training, $500 of serving, 3.5 days, 20k accelerator-hours"))
    }
}
