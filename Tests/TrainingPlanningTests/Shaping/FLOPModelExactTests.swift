import Chinchilla
import ComputeOptimal
import Kaplan
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct FLOPModelExactTests {
    private struct Count: ScalingLaw {
        let model: FLOPModel
        var card: ModelCard {
            ModelCard(
                identifier: "count", summary: "a count of FLOPs", coefficients: [],
                provenance: Provenance(kind: .user, source: "a test"))
        }
        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { model.perToken }
    }

    @Test(
        "the count over all sizes is that of the family's shapes", arguments: ModelArchitecture.allCases,
        [32_000, 128_256])
    func shapes(architecture: ModelArchitecture, vocabulary: Int) throws {
        let family = try ModelFamily(architecture, vocabularySize: vocabulary, contextLength: 8_192)
        let count = try Count(model: .exact(family)).compiled()
        var random = SeededGenerator(seed: 5)
        for _ in 0..<40 {
            let size = Elementary.exp(random.uniform(Elementary.log(1.5e9), Elementary.log(1e13)))
            let shape = try family.shape(parameters: size)
            let flops = try count.loss(parameters: Double(shape.parameters), tokens: 1)
            // Shapes are whole numbers near the family's proportions; attention and embeddings differ with them.
            #expect(abs(flops / shape.trainingFLOPsPerToken - 1) < 0.05, "\(shape)")
        }
    }

    @Test("the count rises with the size and comes to six for each parameter where context and vocabulary are small")
    func limits() throws {
        let count = try Count(model: .exact(ModelFamily(vocabularySize: 256, contextLength: 1))).compiled()
        var last = 0.0
        for step in 0..<60 {
            let size = Elementary.exp(12 + 0.4 * Double(step))
            let flops = try count.loss(parameters: size, tokens: 1)
            #expect(flops > last)
            last = flops
            if size > 1e9 { #expect(abs(flops / (6 * size) - 1) < 2e-3) }
        }
    }

    @Test("where the search ends is no optimum of the question")
    func openEnd() throws {
        // A model of one parameter costs the exact count nothing but its head: smaller and smaller ones read no more.
        let model = FLOPModel.exact(try ModelFamily(vocabularySize: 50_257, contextLength: 2_048))
        let plan = try Planner(law: MuennighoffLaw(), objective: MinimumLoss(), flopModel: model)
            .plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        #expect(plan.otherBasins.allSatisfy { $0.parameters > 1e6 })
    }

    @Test("a plan under the exact count spends the budget by it and is no worse than a grid along the budget")
    func plan() throws {
        let model = FLOPModel.exact(try ModelFamily(vocabularySize: 128_256, contextLength: 8_192))
        let count = try Count(model: model).compiled()
        let law = try ChinchillaLaw(.besiroglu).compiled()
        let plan = try Planner(law: ChinchillaLaw(.besiroglu), objective: MinimumLoss(), flopModel: model)
            .plan(DataSupply(uniqueTokens: 1e13), within: .flops(1e22))
        #expect(plan.flopModel == "exact")
        let found = plan.recommended
        let spent = try count.loss(parameters: found.parameters, tokens: 1) * found.tokens
        #expect(abs(spent / 1e22 - 1) < 1e-9 && abs(found.flops / 1e22 - 1) < 1e-9)
        var lowest = Double.infinity
        for step in 0...4_000 {
            let size = Elementary.exp(20 + 6 * Double(step) / 4_000)
            let tokens = 1e22 / (try count.loss(parameters: size, tokens: 1))
            lowest = Swift.min(lowest, try law.loss(parameters: size, tokens: tokens))
        }
        #expect(found.knownLoss <= lowest + 1e-12)
        #expect(found.knownLoss >= lowest - 1e-6)
        // Attention and embeddings take a share, so less is left than under 6ND.
        let simple = try Planner(law: ChinchillaLaw(.besiroglu), objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 1e13), within: .flops(1e22))
        #expect(found.knownLoss > simple.recommended.knownLoss)
    }

    @Test("where a law leaves embeddings out of N, their FLOPs are counted beside it")
    func withoutEmbeddings() throws {
        let family = try ModelFamily(vocabularySize: 50_257, contextLength: 1_024)
        let plan = try Planner(law: KaplanLaw(), objective: MinimumLoss(), flopModel: .exact(family))
            .plan(DataSupply(uniqueTokens: 1e13), within: .flops(1e20))
        let shape = try family.shape(parameters: plan.recommended.parameters, countsEmbeddings: false)
        #expect(abs(plan.recommended.flops / plan.recommended.tokens / shape.trainingFLOPsPerToken - 1) < 0.05)
    }
}
