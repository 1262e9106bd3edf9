import Testing
import TrainingPlanning

@Suite struct ServingLoadTests {
    @Test("a hundred million queries a day of 500 tokens are 1.8e13 tokens a year")
    func requests() throws {
        let load = try ServingLoad(requestsPerDay: 100e6, tokensPerRequest: 500, months: 12)
        #expect(load.tokens == 100e6 * 500 * 365)
    }

    @Test("quantities that are zero, negative or not finite are refused", arguments: [0, -1, .nan, .infinity])
    func outOfRange(value: Double) {
        #expect(throws: PlanningError.self) {
            try ServingLoad(requestsPerDay: value, tokensPerRequest: 1, months: 1)
        }
        #expect(throws: PlanningError.self) {
            try ServingLoad(requestsPerDay: 1, tokensPerRequest: value, months: 1)
        }
        #expect(throws: PlanningError.self) {
            try ServingLoad(requestsPerDay: 1, tokensPerRequest: 1, months: value)
        }
        if value != 0 { #expect(throws: PlanningError.self) { try ServingLoad(tokens: value) } }
    }
}
