import LawFitting
import ScalingLaws
import Testing

@Suite struct SourceValueFitTests {
    static let names = ["web", "code", "maths"]

    /// Losses of E + B/D_eff^α over mixtures that repeat a scarce source from never to thirty times.
    static func table(values: [Double], decay: Double, count: Int, repeats: Bool = true) -> String {
        var state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
        var lines = ["tokens,w_web,w_code,w_maths,unique_web,unique_code,unique_maths,loss"]
        for index in 0..<count {
            let tokens = [2e9, 5e9, 12e9][index % 3]
            let raw = [0.2 + next(), next(), 0.6 * next()]
            let sum = raw.reduce(0, +)
            let weights = raw.map { $0 / sum }
            let unique = repeats ? [20e9, 0.8e9, 0.1e9] : [200e9, 200e9, 200e9]
            var effective = 0.0
            for k in 0..<3 {
                let epochs = weights[k] * tokens / unique[k]
                let worth = epochs <= 1 ? epochs : 1 + decay * (1 - Elementary.exp(-(epochs - 1) / decay))
                effective += values[k] * unique[k] * worth
            }
            let loss = 1.8 + 300 / Elementary.pow(effective, 0.3)
            let weightsText = weights.map { "\($0)" }.joined(separator: ",")
            lines.append("\(tokens),\(weightsText),\(unique.map { "\($0)" }.joined(separator: ",")),\(loss)")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    @Test("values and the decay of repeats are found again from their own losses")
    func recovery() throws {
        let values = [1.0, 2.5, 4.0]
        let pilots = try MixturePilots(parsing: Self.table(values: values, decay: 8, count: 60))
        let fit = try SourceValueFit(pilots, folds: 0)
        for k in 1..<3 {
            #expect(abs(fit.values[k] / fit.values[0] / (values[k] / values[0]) - 1) < 0.02, "\(fit)")
        }
        #expect(abs(fit.decay / 8 - 1) < 0.05, "\(fit)")
        #expect(fit.error < 1e-4)
    }

    @Test("what pilots cannot tell is refused")
    func refusals() throws {
        let few = try MixturePilots(parsing: Self.table(values: [1, 1, 1], decay: 8, count: 5))
        #expect(throws: FittingError.self) { try SourceValueFit(few, folds: 0) }
        let fresh = try MixturePilots(parsing: Self.table(values: [1, 1, 1], decay: 8, count: 30, repeats: false))
        #expect(throws: FittingError.self) { try SourceValueFit(fresh, folds: 0) }
        let blind = try MixturePilots(
            parsing: "w_a,w_b,loss\n" + (0..<20).map { "0.\(10 + $0),0.\(90 - $0),2.\($0)\n" }.joined())
        #expect(throws: FittingError.self) { try SourceValueFit(blind, folds: 0) }
    }
}
