import DataMixing
import Muennighoff
import Sampling
import ScalingLaws
import Testing

@Suite struct SamplingTests {
    @Test("proportional sampling keeps the promises of methods")
    func proportionalConformance() throws {
        #expect(
            try MixtureConformance(curve: MuennighoffCurve().compiled()).violations(of: ProportionalMixture()) == [])
    }

    @Test("sampling by temperature keeps the promises of methods", arguments: [0.5, 1, 1 / 0.3, 5, .infinity])
    func temperatureConformance(temperature: Double) throws {
        let method = TemperatureMixture(temperature: temperature)
        #expect(try MixtureConformance(curve: MuennighoffCurve().compiled()).violations(of: method) == [])
    }

    static func question(_ sizes: [Double], _ tokens: Double) throws -> MixtureQuestion {
        let sources = sizes.enumerated().map { SourceSupply(name: "\($0.offset)", uniqueTokens: $0.element) }
        return try MixtureQuestion(
            supply: try DataSupply(sources: sources), tokens: tokens, curve: MuennighoffCurve().compiled(), cap: 4)
    }

    // Worked by hand from w ~ U^0.3; the small source is read 77 times.
    @Test("a high temperature reads a small source without limit, and the allocation says so")
    func warningCase() throws {
        let question = try Self.question([1000e9, 100e9, 1e9], 1000e9)
        let allocation = try TemperatureMixture(temperature: 1 / 0.3).allocation(for: question)
        for (weight, expected) in zip(allocation.weights, [0.6146, 0.3080, 0.0774]) {
            #expect(abs(weight - expected) < 5e-5)
        }
        for (source, expected) in zip(allocation.sources, [0.615, 3.08, 77.4]) {
            #expect(abs(source.epochs / expected - 1) < 1e-3)
        }
        #expect(allocation.sources.map(\.exceedsCap) == [false, false, true])
        #expect(!allocation.keepsLimits)
    }

    @Test("temperature 1 is proportional")
    func one() throws {
        let question = try Self.question([7e9, 3e9, 2.5e9], 5e9)
        let (first, second) = (
            try TemperatureMixture(temperature: 1).weights(for: question), ProportionalMixture().weights(for: question)
        )
        for (a, b) in zip(first, second) { #expect(abs(a - b) < 1e-15) }
    }

    @Test("a temperature of 0 or less is refused", arguments: [0, -1, .nan])
    func unusable(temperature: Double) throws {
        let question = try Self.question([7e9, 3e9], 5e9)
        #expect(throws: MixtureError.self) { try TemperatureMixture(temperature: temperature).weights(for: question) }
    }
}
