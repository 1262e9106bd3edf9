import BuiltInModels
import ScalingLaws
import Testing

@Suite struct CovarianceTests {
    @Test("a covariance that ships is that of its ensemble: symmetric, one row for each coefficient, none negative")
    func covariances() throws {
        let cards = ModelCatalog.standard.laws.models.map(\.card).filter { $0.covariance != nil }
        #expect(
            cards.map(\.identifier) == [
                "bounded-overfitting", "lovelace", "bounded-log", "lovelace-log", "chinchilla-soft", "muennighoff-soft",
                "chinchilla-log", "besiroglu-huber",
            ])
        for card in cards {
            let covariance = try #require(card.covariance)
            let count = card.coefficients.count
            #expect(covariance.count == count && covariance.allSatisfy { $0.count == count })
            let ofEnsemble = try #require(ModelCard.covariance(of: card.ensemble))
            for row in 0..<count {
                #expect(covariance[row][row] >= 0)
                for column in 0..<count {
                    let scale = (covariance[row][row] * covariance[column][column]).squareRoot()
                    #expect(abs(covariance[row][column] - covariance[column][row]) <= 1e-5 * scale)
                    // Besiroglu's is over all resamples, of which the ensemble holds half; B's tail is heavy.
                    let isSampled = card.identifier == "besiroglu-huber"
                    guard !isSampled || ![row, column].contains(card.coefficientNames.firstIndex(of: "B")) else {
                        continue
                    }
                    #expect(abs(covariance[row][column] - ofEnsemble[row][column]) <= (isSampled ? 0.3 : 1e-9) * scale)
                }
            }
        }
    }

    /// The standard errors of the notebook of arXiv:2404.10102 (Besiroglu and others 2024), and its 95 % intervals.
    ///
    /// Their fit is one of absolute errors, so the two agree nearly, not exactly.
    @Test(
        "the refits of Besiroglu's points scatter as the paper's own do",
        arguments: [
            ("E", 0.02566, 1.769, 1.871), ("A", 124.522, 285, 744), ("alpha", 0.01540, 0.317, 0.373),
            ("B", 1_293.284, 1_042, 5_810), ("beta", 0.02060, 0.331, 0.415),
        ])
    func besiroglu(name: String, error: Double, low: Double, high: Double) throws {
        let card = try ModelCatalog.standard.laws.model(named: "besiroglu-huber").card
        let index = try #require(card.coefficientNames.firstIndex(of: name))
        let coefficient = card.coefficients[index]
        #expect(abs(try #require(coefficient.standardError) / error - 1) < 0.05)
        let values = card.ensemble.map { $0[index] }.sorted()
        let inside = values.filter { $0 > low && $0 < high }.count
        #expect(Double(inside) / Double(values.count) >= 0.9)
    }
}
