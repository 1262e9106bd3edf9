import BuiltInModels
import ScalingLaws
import Testing

/// What the laws with a logarithmic penalty on repeats promise next to what all laws do.
@Suite struct LogPenaltyLawTests {
    static let laws = ["bounded-log", "lovelace-log"]

    @Test("the loss has one minimum in D at every size and supply, under every draw", arguments: Self.laws)
    func oneMinimum(name: String) throws {
        let law = try ModelCatalog.standard.laws.model(named: name).compiled()
        var generator = SeededGenerator(seed: 19)
        for member in try [law] + law.ensemble() {
            for _ in 0..<4 {
                let unique = generator.logUniform(1e8...1e13)
                let parameters = generator.logUniform(1e7...1e13)
                var losses: [Double] = []
                for step in 0...160 {
                    let tokens = 1e7 * Elementary.pow(10, 0.06 * Double(step))
                    losses.append(try member.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique))
                }
                var turns = 0
                for index in 1..<(losses.count - 1)
                where losses[index] < losses[index - 1] && losses[index] <= losses[index + 1] { turns += 1 }
                #expect(turns <= 1, "N \(parameters), U \(unique), seed 19")
            }
        }
    }

    @Test("where nothing repeats there is no penalty, and the first repeat costs little", arguments: Self.laws)
    func repeats(name: String) throws {
        let law = try ModelCatalog.standard.laws.model(named: name).compiled()
        let fresh = try law.loss(parameters: 1e9, tokens: 2e10)
        #expect(try fresh == law.loss(parameters: 1e9, tokens: 2e10, uniqueTokens: 1e12))
        let once = try law.gradient(parameters: 1e9, tokens: 2e10 * 1.0001, uniqueTokens: 2e10)
        #expect(once.byTokens.isFinite && once.byTokens < 0)
    }
}
