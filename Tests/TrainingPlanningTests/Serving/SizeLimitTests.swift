import ComputeOptimal
import Muennighoff
import Testing
import TrainingPlanning

@Suite struct SizeLimitTests {
    @Test("weights of 2 bytes in 80 GB are 40 billion parameters")
    func memory() throws {
        #expect(try SizeLimit.memory(devices: 1, bytesEach: 80e9, bytesPerParameter: 2).parameters == 40e9)
        let eight = try SizeLimit.memory(devices: 8, bytesEach: 80e9, bytesPerParameter: 1, share: 0.75)
        #expect(eight.parameters == 480e9)
    }

    @Test("a token within 20 ms lets 3.35 TB/s read 33.5 billion parameters of 2 bytes")
    func latency() throws {
        let limit = try SizeLimit.latency(
            secondsPerToken: 0.02, devices: 1, bandwidthEach: 3_350e9, bytesPerParameter: 2)
        #expect(abs(limit.parameters / 33.5e9 - 1) < 1e-12)
    }

    @Test("a plan keeps the tightest limit and says where it comes from")
    func binding() throws {
        let limits = [
            try SizeLimit.memory(devices: 1, bytesEach: 80e9, bytesPerParameter: 2),
            try SizeLimit.latency(secondsPerToken: 1e-3, devices: 1, bandwidthEach: 3_350e9, bytesPerParameter: 2),
        ]
        let plan = try Planner(law: MuennighoffLaw(), objective: MinimumLoss()).plan(
            DataSupply(uniqueTokens: 25e9), within: .flops(1e22),
            constraints: PlanConstraints(maxParameters: 5e9, sizeLimits: limits))
        #expect(abs(plan.recommended.parameters / 1.675e9 - 1) < 1e-9)
        #expect(plan.status == .capped)
        let warning = try #require(plan.warnings.first { $0.code == "latency" })
        #expect(warning.message.contains("1 ms for a token") && warning.message.contains("Without it"))
    }

    @Test("a limit below the smallest size allowed is infeasible, with what it allows")
    func infeasible() throws {
        let limit = try SizeLimit.memory(devices: 1, bytesEach: 16e9, bytesPerParameter: 2)
        #expect {
            try Planner(law: MuennighoffLaw(), objective: MinimumLoss()).plan(
                DataSupply(uniqueTokens: 25e9), within: .flops(1e22),
                constraints: PlanConstraints(minParameters: 70e9, sizeLimits: [limit]))
        } throws: { error in
            guard case .infeasible(let message, let nearest)? = error as? PlanningError else { return false }
            return nearest == 8e9 && message.contains("16 GB")
        }
    }

    @Test("quantities out of range are refused", arguments: [0, -1, .nan, .infinity])
    func outOfRange(value: Double) {
        #expect(throws: PlanningError.self) {
            try SizeLimit.memory(devices: value, bytesEach: 1e9, bytesPerParameter: 2)
        }
        #expect(throws: PlanningError.self) {
            try SizeLimit.memory(devices: 1, bytesEach: value, bytesPerParameter: 2)
        }
        #expect(throws: PlanningError.self) {
            try SizeLimit.memory(devices: 1, bytesEach: 1e9, bytesPerParameter: value)
        }
        #expect(throws: PlanningError.self) {
            try SizeLimit.latency(secondsPerToken: value, devices: 1, bandwidthEach: 1e12, bytesPerParameter: 2)
        }
    }
}
