import Kaplan
import ScalingLaws
import Testing

@Suite struct KaplanBatchTests {
    @Test("the rule is the critical batch at the loss that the paper's own law predicts", arguments: [1e7, 1e8, 1.5e9])
    func critical(parameters: Double) throws {
        let loss = try KaplanLaw(.joint).compiled().loss(parameters: parameters, tokens: 22e9)
        let expected = try CriticalBatch().tokens(atLoss: loss)
        let suggestion = try KaplanBatch().suggestion(parameters: parameters, tokens: 22e9)
        #expect(abs(try #require(suggestion.batchTokens) / expected - 1) < 1e-12)
        #expect(suggestion.learningRate == nil)
        #expect(suggestion.extrapolation == 1)
    }
}
