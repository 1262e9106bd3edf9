import Bounded
import Chinchilla
import LawFitting
import ScalingLaws
import Testing

@Suite struct CoefficientBeliefTests {
    @Test("draws scatter as the terms of the card's prior say")
    func statements() throws {
        let law = SoftChinchillaLaw()
        let belief = try CoefficientBelief(law, count: 4_000, seed: 7)
        let names = law.card.coefficientNames
        func column(_ name: String) throws -> [Double] {
            let index = try #require(names.firstIndex(of: name))
            return belief.draws.map { $0[index] }
        }
        // englishText: log(E) 1.82 ± 10 %, alpha 0.35 ± 0.05, beta − alpha 0 ± 0.05. 4,000 draws: 1 % of a deviation.
        let floor = try column("E").map { Elementary.log($0) }
        #expect(abs(floor.reduce(0, +) / 4_000 - Elementary.log(1.82)) < 0.01)
        let alpha = try column("alpha")
        let mean = alpha.reduce(0, +) / 4_000
        #expect(abs(mean - 0.35) < 0.005)
        let deviation = (alpha.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3_999).squareRoot()
        #expect(abs(deviation / 0.05 - 1) < 0.05)
        let gap = zip(try column("beta"), alpha).map { $0 - $1 }
        let gapDeviation = (gap.reduce(0) { $0 + $1 * $1 } / 4_000).squareRoot()
        #expect(abs(gapDeviation / 0.05 - 1) < 0.05)
    }

    @Test("coefficients that a card holds and no prior speaks of stay where they are")
    func held() throws {
        let law = BoundedLogLaw()
        let belief = try CoefficientBelief(law, count: 50, seed: 1)
        let index = try #require(law.card.coefficientNames.firstIndex(of: "L0"))
        #expect(Set(belief.draws.map { $0[index] }) == [law.card.coefficients[index].value])
        #expect(!belief.isFitted[index])
    }

    @Test("a fitted law's own draws are the truths where it states no prior")
    func ensemble() throws {
        var card = SoftChinchillaLaw().card
        card.prior = nil
        let belief = try CoefficientBelief(Fitted(card: card), count: 30, seed: 1)
        #expect(belief.draws.allSatisfy(card.ensemble.contains))
    }

    private struct Fitted: ScalingLaw {
        let card: ModelCard
        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { SoftChinchillaLaw().loss(of: run, c) }
    }
}
