import LawFitting
import ScalingLaws
import Testing

@Suite struct RunWatchTests {
    static func watch(_ factor: Double, allowance: Double = 0) throws -> RunWatch {
        let fit = try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.synthetic("epochs<=1"))
        let ensemble = try fit.bootstrap(BootstrapOptions(samples: 60))
        let log = try (1...10).map { step in
            let tokens = 2e9 * Double(step)
            return (tokens: tokens, loss: try fit.compiled.loss(parameters: 1e9, tokens: tokens) * factor)
        }
        return try RunWatch(log, parameters: 1e9, tokens: 4e10, ensemble: ensemble, allowance: allowance)
    }

    @Test("a run on its forecast is inside, one off it is not")
    func positions() throws {
        let on = try Self.watch(1)
        #expect(on.verdict == .inside)
        #expect(on.points.allSatisfy { $0.position == .inside && $0.band.contains($0.forecast) })
        #expect(on.finalBand.contains(on.finalForecast))
        #expect(on.finalForecast < on.points[9].forecast)
        #expect(on.notes.first?.contains("learning rate") == true)
        #expect(try Self.watch(1.06).verdict == .above)
        #expect(try Self.watch(1.06, allowance: 0.08).verdict == .inside)
        #expect(try Self.watch(0.94).verdict == .below)
    }

    @Test("an empty or impossible log is refused")
    func bad() throws {
        let fit = try LawFitter(SampleTables.law("chinchilla")).fit(SampleTables.synthetic("epochs<=1"))
        let ensemble = try fit.bootstrap(BootstrapOptions(samples: 20))
        #expect(throws: FittingError.noRuns) { try RunWatch([], parameters: 1e9, tokens: 1e10, ensemble: ensemble) }
        #expect(throws: FittingError.self) {
            try RunWatch([(tokens: 1e9, loss: .nan)], parameters: 1e9, tokens: 1e10, ensemble: ensemble)
        }
    }
}
