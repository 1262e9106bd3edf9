import BuiltInModels
import ComputeOptimal
import Kaplan
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct ModelProposalTests {
    private func plan(
        _ law: any ScalingLaw, flops: Double = 1e22, vocabulary: Int = 32_000
    ) throws -> Plan {
        var planner = Planner(law: law, objective: MinimumLoss())
        planner.family = try ModelFamily(vocabularySize: vocabulary)
        planner.hyperparameterLaws = ModelCatalog.standard.hyperparameters.models
        return try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(flops))
    }

    @Test("a plan proposes a model of the recommended size, with each published rule's suggestion")
    func proposal() throws {
        let plan = try plan(MuennighoffLaw())
        let model = try #require(plan.model)
        #expect(abs(Double(model.shape.parameters) / plan.recommended.parameters - 1) <= 0.02)
        #expect(abs(model.sizeError) <= 0.02)
        #expect(model.hyperparameters.map(\.law) == ["step-law", "kaplan-critical-batch"])
        for suggestion in model.hyperparameters {
            #expect(suggestion.provenance.kind == .published)
            #expect(suggestion.extrapolation > 1)
        }
        #expect(abs(model.timesChinchilla - model.tokensPerParameter / 20) < 1e-12)
    }

    @Test("where a law leaves embeddings out of N, the shape has that size without them, and the plan says so")
    func kaplan() throws {
        let plan = try plan(KaplanLaw(), flops: 1e20)
        let model = try #require(plan.model)
        #expect(abs(Double(model.shape.nonEmbeddingParameters) / plan.recommended.parameters - 1) <= 0.02)
        #expect(plan.warnings.contains { $0.code == "parameters_without_embeddings" })
    }

    @Test("a model that no shape fits leaves the plan without one, with the reason")
    func none() throws {
        let plan = try plan(MuennighoffLaw(), flops: 1e14, vocabulary: 256_000)
        #expect(plan.model == nil)
        #expect(plan.warnings.contains { $0.code == "no_shape" })
    }

    @Test("without a family of models a plan proposes none")
    func off() throws {
        let plan = try Planner(law: KaplanLaw(), objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e20))
        #expect(plan.model == nil)
    }
}
