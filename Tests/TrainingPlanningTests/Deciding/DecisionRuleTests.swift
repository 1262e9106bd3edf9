import Testing
import TrainingPlanning

@Suite struct DecisionRuleTests {
    @Test("mean, mean of the worst tenth, and worst, by hand")
    func values() {
        let excesses = [0.0, 0.1, 0.2, 0.4]
        let weights = [0.5, 0.3, 0.15, 0.05]
        #expect(abs(DecisionRule.expected.value(of: excesses, weights: weights) - 0.08) < 1e-12)
        // The worst tenth: 0.05 at 0.4 and 0.05 at 0.2.
        #expect(abs(DecisionRule.tail.value(of: excesses, weights: weights) - 0.3) < 1e-12)
        #expect(DecisionRule.worst.value(of: excesses, weights: weights) == 0.4)
    }
}
