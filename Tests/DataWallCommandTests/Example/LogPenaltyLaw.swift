import DataWallKit

/// Chinchilla's form with a penalty that grows with the logarithm of the repetitions.
struct LogPenaltyLaw: ScalingLaw {
    var card: ModelCard {
        ModelCard(
            identifier: "log-penalty",
            summary: "Chinchilla with a logarithmic penalty on repeats",
            coefficients: [
                Coefficient("E", value: 1.82, lowerBound: 0, start: 1...3, unit: "nats/token"),
                Coefficient("A", value: 482, lowerBound: 0, start: 10...10_000),
                Coefficient("alpha", value: 0.348, lowerBound: 0, upperBound: 2, start: 0.1...0.8),
                Coefficient("B", value: 2085, lowerBound: 0, start: 10...100_000),
                Coefficient("beta", value: 0.366, lowerBound: 0, upperBound: 2, start: 0.1...0.8),
                Coefficient("P", value: 0.02, lowerBound: 0, start: 0.001...1, unit: "nats/token"),
            ],
            repetition: .penalty,
            validity: ValidityRange(parameters: 50e6...16e9, tokens: 1e9...500e9, epochs: 1...16),
            setup: ModelSetup(corpus: "ours", tokenizer: "cl100k"),
            provenance: Provenance(kind: .user, source: "runs.csv of March", method: "by hand"))
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
            + c["P"] * log(1 + run.repetitions)
    }
}
