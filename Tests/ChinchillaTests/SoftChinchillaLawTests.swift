import Chinchilla
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct SoftChinchillaLawTests {
    @Test("the law keeps the promises of laws, with draws, prior and measured error")
    func conformance() throws {
        #expect(LawConformance().violations(of: SoftChinchillaLaw()).isEmpty)
        let card = SoftChinchillaLaw().card
        #expect(card.ensemble.count == 100)
        #expect(card.prior?.isDefault == true)
        #expect(card.family == ChinchillaLaw(.besiroglu).card.family)
        #expect(SoftChinchillaLaw().formula == ChinchillaLaw().formula)
    }

    @Test("the best size at Gopher's compute is some 74 billion parameters")
    func frontier() throws {
        let law = try SoftChinchillaLaw().compiled()
        var best = (size: 0.0, loss: Double.infinity)
        for step in 0...400 {
            let size = 1e10 * Elementary.pow(10, Double(step) / 200)
            let loss = try law.loss(parameters: size, tokens: 5.76e23 / 6 / size)
            if loss < best.loss { best = (size, loss) }
        }
        #expect((72e9...76e9).contains(best.size))
    }
}
