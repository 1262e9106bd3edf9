import Testing
import TrainingPlanning

@Suite struct ModelShapeTests {
    @Test("parameters are those of the checkpoint, weight by weight", arguments: PublishedModel.checkpoints)
    func exact(published: PublishedModel) {
        #expect(published.shape.parameters == published.parameters)
        #expect(published.shape.nonEmbeddingParameters + published.shape.embeddingParameters == published.parameters)
    }

    @Test("GPT-3's shapes have about the sizes they are named for", arguments: PublishedModel.gpt3)
    func gpt3(_ row: (size: Double, layers: Int, width: Int, heads: Int, headSize: Int)) {
        let shape = ModelShape(
            architecture: .gpt, layers: row.layers, width: row.width, heads: row.heads, headSize: row.headSize,
            vocabularySize: 50_257, contextLength: 2_048)
        #expect(abs(Double(shape.parameters) / row.size - 1) < 0.025)
    }

    @Test("Kaplan's count leaves out embeddings: 12·layers·width² up to biases and norms")
    func nonEmbedding() {
        // Kaplan et al. 2020, arXiv:2001.08361, equation 2.1.
        let shape = ModelShape(
            architecture: .gpt, layers: 48, width: 1_600, heads: 25, vocabularySize: 50_257, contextLength: 1_024)
        #expect(abs(Double(shape.nonEmbeddingParameters) / (12 * 48 * 1_600 * 1_600) - 1) < 1e-3)
    }

    @Test("FLOPs for a token are six for each parameter that is multiplied with, and attention's")
    func flops() {
        let tied = ModelShape(
            architecture: .gpt, layers: 96, width: 12_288, heads: 96, vocabularySize: 50_257, contextLength: 2_048)
        let attention = 12.0 * 96 * 12_288 * 2_048
        // With tied embeddings all but positions, biases and norms are multiplied with.
        #expect(abs((tied.trainingFLOPsPerToken - attention) / (6 * Double(tied.parameters)) - 1) < 1e-3)
        // Brown et al. 2020, Table D.1: 3.14e23 FLOPs on 300 billion tokens, attention left out.
        #expect(abs((tied.trainingFLOPsPerToken - attention) * 300e9 / 3.14e23 - 1) < 5e-3)
    }
}
