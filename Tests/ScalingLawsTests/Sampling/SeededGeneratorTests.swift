import ScalingLaws
import Testing

@Suite struct SeededGeneratorTests {
    /// Rosetta Code, "Pseudo-random numbers/Splitmix64": the first five numbers of seed 1234567.
    @Test("numbers are those that other implementations draw from the same seed")
    func published() {
        var generator = SeededGenerator(seed: 1_234_567)
        let drawn = (0..<5).map { _ in generator.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("normal numbers have a mean of 0 and a deviation of 1, even ones stay in their range")
    func moments() {
        var generator = SeededGenerator(seed: 7)
        let count = 20_000
        let normal = (0..<count).map { _ in generator.normal() }
        let mean = normal.reduce(0, +) / Double(count)
        let variance = normal.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        // Five deviations of the mean and of the variance over as many draws.
        #expect(abs(mean) < 5 / Double(count).squareRoot())
        #expect(abs(variance - 1) < 5 * (2 / Double(count)).squareRoot())
        var seen = Set<Int>()
        for _ in 0..<1_000 {
            #expect((0..<1).contains(generator.unit()))
            #expect((1e3...1e9).contains(generator.logUniform(1e3...1e9)))
            seen.insert(generator.index(below: 7))
        }
        #expect(seen == Set(0..<7))
    }
}
