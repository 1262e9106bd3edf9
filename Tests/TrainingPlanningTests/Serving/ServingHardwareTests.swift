import Testing
import TrainingPlanning

@Suite struct ServingHardwareTests {
    private let unit: Accelerator

    init() throws { unit = try Accelerator(name: "unit", peakFLOPs: 1e15, source: "a unit") }

    @Test("an hour's price over what the hour does is the price of a FLOP")
    func price() throws {
        let hardware = try ServingHardware(unit, utilization: 0.1, dollarsPerHour: 3.6)
        #expect(abs(try #require(hardware.dollarsPerFLOP) / 1e-17 - 1) < 1e-12)
    }

    @Test("reading and generating are weighed by their shares of the tokens")
    func shares() throws {
        let mixed = try ServingHardware(
            unit, promptUtilization: 0.5, generationUtilization: 0.01, generatedShare: 0.25, dollarsPerHour: 1)
        let reading = try ServingHardware(unit, utilization: 0.5, dollarsPerHour: 1)
        let generating = try ServingHardware(unit, utilization: 0.01, dollarsPerHour: 1)
        let expected = 0.75 * reading.hoursPerFLOP + 0.25 * generating.hoursPerFLOP
        #expect(abs(mixed.hoursPerFLOP / expected - 1) < 1e-12)
    }

    @Test("utilisations, shares and prices out of range are refused", arguments: [-0.1, 1.1, .nan])
    func outOfRange(value: Double) {
        #expect(throws: PlanningError.self) { try ServingHardware(unit, utilization: value) }
        #expect(throws: PlanningError.self) {
            try ServingHardware(unit, promptUtilization: 0.5, generationUtilization: 0.1, generatedShare: value)
        }
        if value != 1.1 {
            #expect(throws: PlanningError.self) {
                try ServingHardware(unit, utilization: 0.1, dollarsPerHour: value)
            }
        }
    }
}
