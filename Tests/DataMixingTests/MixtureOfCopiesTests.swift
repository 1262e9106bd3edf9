import DataMixing
import EffectiveData
import InfoLaw
import Muennighoff
import Sampling
import ScalingLaws
import Testing

@Suite struct MixtureOfCopiesTests {
    static let curve = Result { try CompiledCurve(MuennighoffCurve(), coefficients: [15.387756]) }

    /// Nine tenths of the texts are there once, a tenth 20 times.
    static let hidden = [CopyBucket(copies: 1, uniqueTokens: 0.9), CopyBucket(copies: 20, uniqueTokens: 0.1)]

    static func sources(copies: [CopyBucket]) -> [SourceSupply] {
        [
            SourceSupply(name: "web", uniqueTokens: 100e9, copies: copies),
            SourceSupply(name: "books", uniqueTokens: 100e9),
        ]
    }

    /// What tokens read of a source's files are worth, text by text.
    static func worth(_ source: SourceSupply, tokens: Double) throws -> Double {
        let buckets = source.copies.isEmpty ? [CopyBucket(copies: 1, uniqueTokens: 1)] : source.copies
        let unit = source.uniqueTokens / buckets.reduce(0) { $0 + $1.uniqueTokens }
        let passes = tokens / (unit * buckets.reduce(0) { $0 + $1.fileTokens })
        return try buckets.reduce(0) {
            $0 + source.quality * unit * $1.uniqueTokens * (try curve.get().value(epochs: passes * $1.copies))
        }
    }

    static func solved(_ sources: [SourceSupply], tokens: Double, pull: NaturalPull = .none) throws -> MixtureSolution {
        try MixtureProblem(sources: sources, tokens: tokens, curve: curve.get(), pull: pull).solved()
    }

    @Test("a source whose texts lie there many times gets less than its like without copies", arguments: [0, 0.05])
    func lessWeight(pull: Double) throws {
        let solution = try Self.solved(Self.sources(copies: Self.hidden), tokens: 300e9, pull: NaturalPull(pull))
        #expect(solution.weights[0] < solution.weights[1] - 0.01, "\(solution.weights)")
        #expect(solution.gap < 1e-9)
        let plain = try Self.solved(Self.sources(copies: []), tokens: 300e9, pull: NaturalPull(pull))
        #expect(abs(plain.weights[0] - 0.5) < 1e-9)
        #expect(solution.effectiveTokens < plain.effectiveTokens)
    }

    @Test("texts that all lie there equally often change nothing")
    func equalCopies() throws {
        let same = [CopyBucket(copies: 3, uniqueTokens: 5)]
        let copied = try Self.solved(Self.sources(copies: same), tokens: 300e9)
        let plain = try Self.solved(Self.sources(copies: []), tokens: 300e9)
        #expect(copied == plain)
    }

    @Test("no split of the tokens is worth more, by the worth of every text", arguments: [20e9, 150e9, 300e9, 1500e9])
    func bruteForce(tokens: Double) throws {
        var sources = Self.sources(copies: Self.hidden)
        sources[1].copies = [
            CopyBucket(copies: 1, uniqueTokens: 2), CopyBucket(copies: 3, uniqueTokens: 1),
            CopyBucket(copies: 400, uniqueTokens: 0.01),
        ]
        sources[1].quality = 1.3
        let solution = try Self.solved(sources, tokens: tokens)
        let own = try zip(sources, solution.weights).reduce(0) { $0 + (try Self.worth($1.0, tokens: $1.1 * tokens)) }
        #expect(abs(own / solution.effectiveTokens - 1) < 1e-12)
        for step in 0...1000 {
            let weight = Double(step) / 1000
            let other =
                try Self.worth(sources[0], tokens: weight * tokens)
                + Self.worth(sources[1], tokens: (1 - weight) * tokens)
            #expect(other <= own * (1 + 1e-12))
        }
    }

    @Test(
        "random supplies with copies are solved with a gap near rounding, also on a curve with kinks", arguments: 1...20
    )
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = 2 + Int(random.uniform(0, 30))
        let sources = (0..<count).map { index in
            SourceSupply(
                name: "\(index)", uniqueTokens: 1e9 * Elementary.exp(random.uniform(0, 6)),
                quality: random.uniform(0.3, 2), maxEpochs: random.uniform(0, 1) < 0.5 ? random.uniform(1, 9) : nil,
                copies: random.uniform(0, 1) < 0.3
                    ? []
                    : (0..<8).map { CopyBucket(copies: Double(1 << $0), uniqueTokens: random.uniform(0, 1)) })
        }
        let tokens = random.uniform(0.1, 0.9) * sources.reduce(0) { $0 + ($1.maxEpochs ?? 4) * $1.uniqueTokens }
        for curve in [try Self.curve.get(), try InfoLawCurve().compiled()] {
            for pull in [NaturalPull.none, NaturalPull(0.05)] {
                let solution = try MixtureProblem(
                    sources: sources, tokens: tokens, curve: curve, parameters: 7e9, pull: pull
                ).solved()
                #expect(solution.gap < 1e-9, "seed \(seed), \(curve.identifier): \(solution.gap)")
                #expect(abs(solution.weights.reduce(0, +) - 1) < 1e-12)
                #expect(solution.uniqueTokenPrices.allSatisfy { $0 >= -1e-9 })
            }
        }
    }

    @Test("copies out of range are refused by the source's name")
    func refused() throws {
        for bucket in [CopyBucket(copies: 0.5, uniqueTokens: 1), CopyBucket(copies: .nan, uniqueTokens: 1)] {
            let error = #expect(throws: MixtureError.self) {
                try Self.solved(Self.sources(copies: [bucket]), tokens: 1e9)
            }
            #expect("\(String(describing: error))".contains("source 'web'"))
        }
    }
}
