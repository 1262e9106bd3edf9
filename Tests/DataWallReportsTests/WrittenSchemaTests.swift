import BuiltInModels
import ComputeOptimal
import DataWallReports
import OrderedJSON
import ScalingLaws
import SchemaChecking
import Testing
import TrainingPlanning

/// Formats that are written and never read.
@Suite struct WrittenSchemaTests {
    @Test("the schemas in the datasets are those that the tables of fields make")
    func areGenerated() throws {
        #expect(try FileSchema.isCurrent(AcceleratorListing.schemaFile, of: "accelerators"))
        #expect(try FileSchema.isCurrent(SupplyListing.schemaFile, of: "supplies"))
        #expect(try FileSchema.isCurrent(ComparisonFile.schemaFile, of: "comparison"))
        #expect(try FileSchema.isCurrent(UpsamplingFile.schemaFile, of: "upsampling"))
        #expect(try FileSchema.isCurrent(SweepFile.schemaFile, of: "sweep"))
        #expect(try FileSchema.isCurrent(PredictionReport.schemaFile, of: "prediction"))
        #expect(try FileSchema.isCurrent(LawListing.schemaFile, of: "laws"))
        #expect(try FileSchema.isCurrent(PilotReport.schemaFile, of: "pilots"))
        #expect(try FileSchema.isCurrent(ScarceTargetReport.schemaFile, of: "scarce-target"))
        #expect(try FileSchema.isCurrent(MixtureTableReport.schemaFile, of: "mixture-check"))
        #expect(try FileSchema.isCurrent(ErrorCurveFile.schemaFile, of: "error-curve"))
    }

    @Test("the list of accelerators is what its schema says")
    func accelerators() throws {
        let json = AcceleratorListing(.standard).json
        #expect(try FileSchema(of: "accelerators").violations(of: json) == [])
    }

    @Test("the list of supplies is what its schema says")
    func supplies() throws {
        #expect(try FileSchema(of: "supplies").violations(of: SupplyListing().json) == [])
    }

    @Test("a comparison of runs is what its schema says")
    func comparison() throws {
        let planner = Planner(
            law: try ModelCatalog.standard.laws.model(named: "chinchilla"), objective: MinimumLoss())
        let runs = [
            NamedRun(name: "a", parameters: 10e9, tokens: 2e12, uniqueTokens: 1e12, source: "a test"),
            NamedRun(name: "b", parameters: 70e9, tokens: 3e11),
        ]
        let cluster = try TrainingCluster(
            AcceleratorTable.standard.accelerator(named: "h100"), count: 8, utilization: 0.4, dollarsPerHour: 2)
        for report in [
            ComparisonReport(try planner.compare(runs), cluster: cluster, madeBy: "datawall compare"),
            ComparisonReport(try planner.compare([runs[1]])),
        ] {
            #expect(try FileSchema(of: "comparison").violations(of: report.json) == [])
        }
    }

    @Test("predictions and the list of models are what their schemas say")
    func laws() throws {
        let models = ModelCatalog.standard
        let laws = try ["lovelace", "chinchilla-soft", "chinchilla"].map { try models.laws.model(named: $0).compiled() }
        let report = try PredictionReport(of: TrainingRun(parameters: 1e9, tokens: 1e11, uniqueTokens: 1e10), by: laws)
        #expect(try FileSchema(of: "prediction").violations(of: report.json) == [])
        let listing = LawListing(
            laws: models.laws.models, curves: models.curves.models, objectives: models.objectives.models,
            hyperparameters: models.hyperparameters.models, mixtures: models.mixtures.models)
        #expect(try FileSchema(of: "laws").violations(of: listing.json) == [])
    }

    @Test(
        "a sweep is what its schema says, over whatever is swept",
        arguments: [SweepAxis.Quantity.flops, .uniqueTokens, .maxParameters])
    func sweep(quantity: SweepAxis.Quantity) throws {
        let law = try ModelCatalog.standard.laws.model(named: "muennighoff")
        let sweep = try Planner(law: law, objective: MinimumLoss()).sweep(
            [SweepAxis(quantity, from: 1, to: 1e22, points: 3)], of: DataSupply(uniqueTokens: 25e9),
            within: .flops(1e21))
        #expect(try FileSchema(of: "sweep").violations(of: sweep.json(madeBy: "datawall plan")) == [])
    }

    @Test("studies of a scarce source, with their pilots, and checks of a table are what their schemas say")
    func mixtures() throws {
        let supply = try DataSupply(sources: [
            SourceSupply(name: "web", uniqueTokens: 100e9), SourceSupply(name: "maths", uniqueTokens: 1e9),
        ])
        let curve = try #require(ModelCatalog.standard.curves.models.first).compiled()
        let question = try MixtureQuestion(supply: supply, tokens: 200e9, curve: curve, parameters: 1e9, cap: nil)
        let pilots = try PilotPlan(for: supply, tokens: 200e9, horizon: 1.0 / 16)
        let study = ScarceTargetReport(try ScarceTargetStudy(of: "maths", in: question), pilots: pilots)
        #expect(try FileSchema(of: "scarce-target").violations(of: study.json) == [])
        #expect(try FileSchema(of: "pilots").violations(of: PilotReport(pilots).json) == [])
        let table = MixtureTable(rows: [
            MixtureTable.Row(source: "web", weight: PrintedNumber(0.7), epochs: PrintedNumber(2)),
            MixtureTable.Row(source: "code", weight: PrintedNumber(0.2)),
        ])
        let check = MixtureTableReport(table, title: "a table")
        #expect(!check.findings.isEmpty)
        #expect(try FileSchema(of: "mixture-check").violations(of: check.json) == [])
    }

    @Test("an upsampling is what its schema says")
    func upsampling() throws {
        let problem = try QualityUpsampling(bucketTokens: [10e9, 20e9, 5e9])
        let report = UpsamplingReport(problem, try problem.solved(for: 20e9), names: ["a", "b", "c"])
        #expect(try FileSchema(of: "upsampling").violations(of: report.json) == [])
    }
}
