import ComputeOptimal
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct PlanSweepTests {
    private let planner = Planner(law: MuennighoffLaw().withoutSets, objective: MinimumLoss())

    @Test("an axis holds both ends and round values between")
    func values() throws {
        #expect(try SweepAxis(.flops, from: 1e20, to: 1e23, points: 4).values == [1e20, 1e21, 1e22, 1e23])
        #expect(try SweepAxis(.maxEpochs, from: 1, to: 4, spacing: .linear, points: 4).values == [1, 2, 3, 4])
        #expect(try SweepAxis(.flops, from: 1e20, to: 1e25).values.count == 26)
        // Their ratio is no finite number.
        for (from, to) in [(1e-307, 1e308), (1.7e308, .leastNormalMagnitude)] {
            let values = try SweepAxis(.flops, from: from, to: to).values
            #expect(values.count > 3_000 && values.allSatisfy { $0 > 0 && $0.isFinite })
            #expect(values.first == from && values.last == to)
        }
        #expect(throws: PlanningError.self) { try SweepAxis(.flops, from: .leastNonzeroMagnitude, to: 1e20) }
        for (from, to, points) in [(0, 1, 5), (1, .infinity, 5), (1, 2, 1), (1, 2, 1_000_000)]
            as [(Double, Double, Int)]
        {
            #expect(throws: PlanningError.self) { try SweepAxis(.flops, from: from, to: to, points: points) }
        }
    }

    @Test("each point is the plan for its values; one without a plan holds the reason")
    func points() throws {
        let axes = try [
            SweepAxis(.uniqueTokens, from: 1e9, to: 25e9, points: 2), SweepAxis(.flops, from: 1e3, to: 1e22, points: 2),
        ]
        let supply = try DataSupply(uniqueTokens: 7e9)
        let limits = PlanConstraints(minParameters: 1e6)
        let sweep = try planner.sweep(axes, of: supply, constraints: limits)
        #expect(sweep.points.map(\.values) == [[1e9, 1e3], [1e9, 1e22], [25e9, 1e3], [25e9, 1e22]])
        #expect(throws: PlanningError.self) { try sweep.points[0].result.get() }
        let last = try sweep.points[3].result.get().recommended
        let own = try planner.plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22), constraints: limits)
        #expect(last.parameters == own.recommended.parameters && last.loss == own.recommended.loss)
    }

    @Test("what fails everywhere is an error, and so is a quantity swept twice")
    func refuses() throws {
        let supply = try DataSupply(uniqueTokens: 7e9)
        let axis = try SweepAxis(.maxEpochs, from: 1, to: 4)
        #expect(throws: PlanningError.self) { try planner.sweep([axis, axis], of: supply, within: .flops(1e22)) }
        #expect(throws: PlanningError.self) {
            try planner.sweep([SweepAxis(.maxParameters, from: 1e9, to: 2e9)], of: supply)
        }
    }
}
