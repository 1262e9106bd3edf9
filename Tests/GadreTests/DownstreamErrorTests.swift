import Gadre
import ScalingLaws
import Testing

@Suite struct DownstreamErrorTests {
    @Test("error falls with loss, and loss follows from error")
    func relation() throws {
        let relation = try DownstreamError(ceiling: 0.86, drop: 2.6, rate: 0.9)
        #expect(try relation.error(atLoss: 2) < relation.error(atLoss: 3))
        // 0.86 − 2.6·exp(−2.7)
        #expect(abs(try relation.error(atLoss: 3) - 0.685265666876651) < 1e-14)
        for loss in [2.0, 2.5, 4] {
            #expect(abs(try relation.loss(atError: relation.error(atLoss: loss)) - loss) < 1e-12)
        }
    }

    @Test("numbers that no relation has are refused, and errors that no loss reaches")
    func refusals() throws {
        #expect(throws: LawError.self) { try DownstreamError(ceiling: 1.2, drop: 1, rate: 1) }
        #expect(throws: LawError.self) { try DownstreamError(ceiling: 0.8, drop: 0, rate: 1) }
        #expect(throws: LawError.self) { try DownstreamError(ceiling: 0.8, drop: 1, rate: .nan) }
        let relation = try DownstreamError(ceiling: 0.8, drop: 2, rate: 1)
        #expect(throws: LawError.self) { try relation.loss(atError: 0.9) }
        #expect(throws: LawError.self) { try relation.error(atLoss: -1) }
        #expect(try relation.error(atLoss: 0.1) == 0)
    }
}
