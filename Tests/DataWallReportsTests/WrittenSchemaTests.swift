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
        #expect(try FileSchema.isCurrent(UpsamplingReport.schemaFile, of: "upsampling"))
        #expect(try FileSchema.isCurrent(PlanSweepFile.schemaFile, of: "sweep"))
        #expect(try FileSchema.isCurrent(PredictionReport.schemaFile, of: "prediction"))
        #expect(try FileSchema.isCurrent(LawListing.schemaFile, of: "laws"))
    }

    @Test("the list of accelerators is what its schema says")
    func accelerators() throws {
        let json = AcceleratorListing(.standard).json
        #expect(try FileSchema(of: "accelerators").violations(of: json) == [])
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

    @Test("an upsampling is what its schema says")
    func upsampling() throws {
        let problem = try QualityUpsampling(bucketTokens: [10e9, 20e9, 5e9])
        let report = UpsamplingReport(problem, try problem.solved(for: 20e9), names: ["a", "b", "c"])
        #expect(try FileSchema(of: "upsampling").violations(of: report.json) == [])
    }
}
