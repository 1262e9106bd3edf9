import CorpusAudit
import DataMixing
import Quantities
import RunDesign
import ScalingLaws
import TrainingPlanning

extension DesignReport {
    /// Small runs that find the mixture, next to those that find the law.
    public struct Pilots: Sendable {
        /// How many there are.
        public let runs: Int

        /// Their size.
        public let parameters: Double

        /// Their tokens, each.
        public let tokens: Double

        /// The compute of all pilots together, in FLOPs.
        public let flops: Double

        /// The command that plans them and writes their table.
        public let command: String

        /// How many times fewer tokens than the big run pilots have, in ascending order: 16, as in Repetition Mismatch
        /// 2026 (arXiv:2606.07597), and more.
        private static let divisors: [Double] = [16, 32, 64, 128, 256, 512, 1_024]

        /// The most tokens for each parameter of a pilot: beyond it a model is too small to learn from the mixture.
        private static let mostTokensPerParameter = 100.0

        /// Chooses the largest share of the big run's tokens at which the budget allows models with 20 to 100 tokens
        /// per parameter; if no share does, the models with the fewest tokens per parameter.
        ///
        /// - Parameters:
        ///   - supply: The sources.
        ///   - path: Their file.
        ///   - target: The big run.
        ///   - budget: The compute of all pilots together, at most, in FLOPs.
        ///   - family: The models that can be built.
        /// - Throws: ``RequestError`` if the budget does not allow any pilots, and the `MixtureError`s of `PilotPlan`.
        init(
            for supply: DataSupply, path: String, target: TrainingRun, budget: Double, family: ModelFamily
        ) throws {
            let least = try PilotPlan(for: supply, tokens: target.tokens, horizon: 1 / Self.divisors[0]).runs.count
            var found: (shape: ModelShape, tokens: Double, divisor: Double)?
            for divisor in Self.divisors {
                let tokens = (target.tokens / divisor).rounded()
                // A model that sees 20 tokens for each parameter at most; larger ones hardly learn.
                let size = Swift.min(budget / (6 * tokens * Double(least)), tokens / 20)
                guard let shape = try? family.shape(parameters: size), shape.layers >= 2 else { continue }
                let ratio = tokens / Double(shape.parameters)
                guard ratio < found.map({ $0.tokens / Double($0.shape.parameters) }) ?? .infinity else { continue }
                found = (shape, tokens, divisor)
                if ratio <= Self.mostTokensPerParameter { break }
            }
            guard let found else {
                throw RequestError(
                    "--pilots leaves \(Quantity.flops(budget)) FLOPs, which is too little for \(least) pilots of models "
                        + "that can be built: raise --pilots or the budget.")
            }
            runs = least
            parameters = Double(found.shape.parameters)
            tokens = found.tokens
            flops = 6 * parameters * tokens * Double(least)
            command = ShellWords.joined([
                "datawall", "pilots", path, "--tokens", Quantity.exact(target.tokens.rounded()), "--horizon",
                "1/\(Int(found.divisor))", "-o", "pilots.csv",
            ])
        }
    }
}
