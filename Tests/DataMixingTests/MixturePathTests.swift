import Bounded
import DataMixing
import EffectiveData
import Muennighoff
import ScalingLaws
import Testing

@Suite struct MixturePathTests {
    static func path(_ sources: [SourceSupply], pull: NaturalPull = .standard) throws -> MixturePath {
        MixturePath(
            try MixtureQuestion(
                supply: try DataSupply(sources: sources), tokens: 1e12, curve: MuennighoffCurve().compiled(), pull: pull
            ),
            method: EffectiveDataMixture())
    }

    @Test("worth rises smoothly with D, and no source has a cap that nobody set")
    func smooth() throws {
        let path = try Self.path(SixSources.sources)
        #expect(path.mostTokens == .infinity)
        var last: MixtureWorth?
        for step in 0...280 {
            let tokens = 1e9 * Elementary.exp(0.05 * Double(step))
            let allocation = try path.allocation(tokens: tokens)
            #expect(try #require(allocation.gap) < 1e-11)
            if let last {
                #expect(allocation.worth.effectiveTokens > last.effectiveTokens)
                #expect(allocation.worth.freshTokens > last.freshTokens)
                #expect(allocation.worth.repeats >= last.repeats)
                #expect(abs(allocation.worth.repeats - last.repeats) < 0.06 * (1 + last.repeats))
            }
            last = allocation.worth
        }
        #expect(try path.allocation(tokens: 1e14).sources.contains { $0.epochs > 4 })
    }

    @Test("one source, and equal sources, are the pool that they make under every kind of law")
    func pool() throws {
        let laws: [any ScalingLaw] = [MuennighoffLaw(), BoundedOverfittingLaw()]
        for sources in [[25e9], [20e9, 4e9, 1e9]] {
            let path = try Self.path(
                sources.enumerated().map { SourceSupply(name: "\($0)", uniqueTokens: $1, quality: 3) })
            for law in laws {
                let compiled = try law.compiled()
                let forecast = try MixtureForecast(compiled, parameters: 3e9, curve: try law.ownCurve())
                for tokens in [1e9, 25e9, 30e9, 400e9] {
                    let loss = try forecast.loss(worth: path.worth(tokens: tokens))
                    let own = try compiled.loss(parameters: 3e9, tokens: tokens, uniqueTokens: min(tokens, 25e9))
                    #expect(abs(loss / own - 1) < 1e-9, "\(compiled.identifier) at \(tokens)")
                }
            }
        }
    }

    @Test("more tokens than the caps that were set allow are an error with the most that they do")
    func caps() throws {
        var sources = SixSources.sources
        for index in sources.indices { sources[index].maxEpochs = 2 }
        let path = try Self.path(sources)
        #expect(abs(path.mostTokens / 20.07e12 - 1) < 1e-12)
        _ = try path.allocation(tokens: path.mostTokens)
        #expect {
            try path.worth(tokens: 21e12)
        } throws: { error in
            guard case .infeasible(_, let nearest?) = error as? MixtureError else { return false }
            return abs(nearest / 20.07e12 - 1) < 1e-12
        }
    }
}
