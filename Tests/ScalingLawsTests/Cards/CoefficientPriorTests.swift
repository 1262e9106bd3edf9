import ScalingLaws
import Testing

@Suite struct CoefficientPriorTests {
    static let names = ["E", "A", "alpha"]

    static func fault(_ term: CoefficientPrior.Term) -> String? {
        do {
            try CoefficientPrior([term], source: "a test").validate(coefficients: names, model: "mine")
            return nil
        } catch {
            return error.description
        }
    }

    @Test("a sum of coefficients and logarithms of coefficients is a usable quantity")
    func usable() {
        #expect(Self.fault(CoefficientPrior.Term("log(A) - 19.5*alpha", center: -0.6, width: 0.5)) == nil)
    }

    @Test("a width of zero is refused with the way out", arguments: [0, -1, .infinity, .nan])
    func width(_ width: Double) throws {
        let fault = try #require(Self.fault(CoefficientPrior.Term("alpha", center: 0.3, width: width)))
        #expect(fault.contains("the prior on 'alpha'"))
        #expect(fault.contains("hold the coefficient"))
    }

    @Test("a coefficient that the law does not have is named")
    func unknown() throws {
        let fault = try #require(Self.fault(CoefficientPrior.Term("kappa", center: 0.3, width: 1)))
        #expect(fault.contains("kappa") && fault.contains("'mine'"))
    }

    @Test("a center that is no number and a quantity without a coefficient are refused")
    func others() {
        #expect(Self.fault(CoefficientPrior.Term("alpha", center: .nan, width: 1)) != nil)
        #expect(Self.fault(CoefficientPrior.Term("3", center: 0, width: 1)) != nil)
    }

    @Test("another recipe spreads one coefficient of the draws and nothing else")
    func recipe() throws {
        let card = ModelCard(
            identifier: "x", summary: "", coefficients: [Coefficient("E", value: 2), Coefficient("P", value: 1)],
            provenance: Provenance(kind: .user, source: ""),
            ensemble: (0..<400).map { _ in [2, 1] }, recipeDoubt: RecipeDoubt(coefficient: "P", logWidth: 0.75))
        let spread = card.forAnotherRecipe()
        #expect(spread.ensemble.allSatisfy { $0[0] == 2 })
        let logs = spread.ensemble.map { Elementary.log($0[1]) }
        #expect(abs(OrderStatistics.deviation(logs) - 0.75) < 0.08)
        #expect(spread.recipeDoubt == nil)
        #expect(card.forAnotherRecipe() == spread)
    }
}
