import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct ModelFamilyTests {
    @Test("a shape has the size asked for within 2 %, whole heads and usual proportions, at random sizes")
    func random() throws {
        var random = SeededGenerator(seed: 41)
        for _ in 0..<300 {
            let architecture = random.uniform(0, 1) < 0.5 ? ModelArchitecture.llama : .gpt
            let vocabulary = [256, 32_000, 50_257, 128_256][Int(random.uniform(0, 3.999))]
            let family = try ModelFamily(architecture, vocabularySize: vocabulary)
            let countsEmbeddings = random.uniform(0, 1) < 0.7
            // Below this, embeddings are most of the model.
            let least = 1e7 + 4_000 * Double(vocabulary)
            let size = Elementary.exp(random.uniform(Elementary.log(least), Elementary.log(1e14)))
            let shape = try family.shape(parameters: size, countsEmbeddings: countsEmbeddings)
            let context = Comment(rawValue: "\(size) of \(family) gives \(shape), seed 41")
            let counted = countsEmbeddings ? shape.parameters : shape.nonEmbeddingParameters
            #expect(abs(Double(counted) / size - 1) <= ModelFamily.tolerance, context)
            #expect(shape.heads * shape.headSize == shape.width, context)
            #expect(shape.headSize == 128 || shape.width < 2_048, context)
            #expect(shape.width.isMultiple(of: 32), context)
            let usual = Double(architecture.feedForwardWidth(forWidth: shape.width))
            #expect(abs(Double(shape.feedForwardWidth) / usual - 1) <= 0.25, context)
            let aspect = shape.aspectRatio / ModelFamily.usualAspectRatio(parameters: size)
            #expect(aspect > 0.6 && aspect < 1.7, context)
        }
    }

    @Test(
        "asked for a published model's size, the shape is much like the published one",
        arguments: PublishedModel.checkpoints)
    func published(_ model: PublishedModel) throws {
        let family = try ModelFamily(
            model.shape.architecture, vocabularySize: model.shape.vocabularySize,
            contextLength: model.shape.contextLength)
        let shape = try family.shape(parameters: Double(model.parameters))
        #expect(abs(Double(shape.parameters) / Double(model.parameters) - 1) <= ModelFamily.tolerance)
        // GPT-2's models are deeper than what came after them: 33 at its largest.
        let factor = shape.aspectRatio / model.shape.aspectRatio
        #expect(factor > 0.6 && factor < (model.shape.architecture == .gpt ? 3.5 : 1.5), "\(shape)")
    }

    @Test("LLaMA's own shape comes back for its size and vocabulary")
    func llama() throws {
        let shape = try ModelFamily(vocabularySize: 32_000).shape(parameters: 6_738_415_616)
        #expect(shape.layers == 32 && shape.width == 4_096 && shape.heads == 32 && shape.feedForwardWidth == 11_008)
    }

    @Test("a model too small for its vocabulary is refused with what would help")
    func tooSmall() throws {
        let family = try ModelFamily(vocabularySize: 128_256)
        #expect {
            try family.shape(parameters: 4e6)
        } throws: { error in
            (error as? PlanningError)?.isInfeasible == true && "\(error)".contains("smaller vocabulary or tied")
        }
        #expect(throws: Never.self) { try ModelFamily(vocabularySize: 256).shape(parameters: 4e6) }
    }

    @Test("sizes out of range are refused", arguments: [0, -1, .nan, .infinity, 1e30])
    func outOfRange(size: Double) throws {
        #expect(throws: PlanningError.self) { try ModelFamily().shape(parameters: size) }
        #expect(throws: PlanningError.self) { try ModelFamily(vocabularySize: 1) }
        #expect(throws: PlanningError.self) { try ModelFamily(vocabularySize: .max) }
        #expect(throws: PlanningError.self) { try ModelFamily(contextLength: 0) }
    }
}
