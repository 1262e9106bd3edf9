import BuiltInModels
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct FamilyVoteTests {
    private func card(_ name: String, _ validity: ValidityRange, error: Double?) -> ModelCard {
        ModelCard(
            identifier: name, summary: "a test", coefficients: [], validity: validity,
            provenance: Provenance(kind: .user, source: "a test"),
            evidence: error.map {
                [LawEvidence(regime: .oneEpoch, contrastError: $0, runs: 2, data: "a test", command: "none")]
            } ?? [])
    }

    @Test("a family's weight is 1/error², halved a factor of ten outside its compute and 10^0.25 outside its epochs")
    func formula() throws {
        let wide = ValidityRange(uniqueTokens: 1...1e15, epochs: 0...1e6, compute: 1e10...1e30)
        var near = wide
        near.compute = 1e10...1e21
        let cards = [
            card("inside", wide, error: 0.02), card("twice the error", wide, error: 0.04),
            card("a decade away", near, error: 0.02),
            card("unknown", ValidityRange(uniqueTokens: 1...1e15, epochs: 0...1e6), error: 0.02),
        ]
        let votes = FamilyVote.votes(of: cards, compute: 1e22, uniqueTokens: 1e9)
        #expect(abs(votes.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
        #expect(abs(votes[1].weight / votes[0].weight - 0.25) < 1e-12)
        #expect(abs(votes[2].weight / votes[0].weight - 0.5) < 1e-12)
        #expect(abs((votes[2].distance.compute ?? 0) - 1) < 1e-12)
        // A range that nobody states counts as a factor of ten away.
        #expect(abs(votes[3].weight / votes[0].weight - 0.5) < 1e-12)
        #expect(votes[3].distance.compute == nil && !votes[3].distance.isInside)
    }

    @Test("weights change smoothly with unique tokens and compute")
    func smooth() throws {
        let cards = ModelCatalog.standard.decidingLaws.map(\.card)
        var before: [FamilyVote]?
        for step in 0...400 {
            let share = Double(step) / 400
            let votes = FamilyVote.votes(
                of: cards, compute: Elementary.pow(10, 18 + 9 * share),
                uniqueTokens: Elementary.pow(10, 13.5 - 5.5 * share))
            if let before {
                for (a, b) in zip(before, votes) { #expect(abs(a.weight - b.weight) < 0.03) }
            }
            before = votes
        }
    }

    @Test("the cards that decide state family, evidence with its command, and every range")
    func cards() {
        let laws = ModelCatalog.standard.decidingLaws
        #expect(Set(laws.compactMap(\.card.family)).count == laws.count)
        for card in laws.map(\.card) {
            #expect(!card.evidence.isEmpty && card.ensemble.count == 100)
            #expect(card.evidence.allSatisfy { $0.command.contains("measure-laws") && $0.runs > 1 })
            #expect(card.validity.compute != nil && card.validity.epochs != nil && card.validity.parameters != nil)
            #expect(card.validity.tokensPerParameter != nil)
        }
    }
}
