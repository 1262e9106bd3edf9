public import ScalingLaws

/// The laws of Kaplan and others (2020), arXiv:2001.08361.
///
/// N leaves out embeddings of vocabulary and position; C ≈ 6·N·D leaves out the context term. The laws have no
/// irreducible term: they fall to zero loss.
public struct KaplanLaw: ScalingLaw {
    /// Which of the paper's laws this is.
    public let variant: Variant

    /// The laws of the paper.
    public enum Variant: Sendable, Hashable, CaseIterable {
        /// L(N, D) = ((N_c/N)^(α_N/α_D) + D_c/D)^α_D, Table 2.
        case joint

        /// L(N) = (N_c/N)^α_N, trained to convergence on ample data, Table 5.
        case parameters

        /// L(D) = (D_c/D)^α_D, a large model stopped early, Table 5.
        case tokens

        /// L(C) = (C_c/C)^α_C at a fixed batch size, Table 5.
        case compute

        /// L(C_min) = (C_c/C_min)^α_C with the compute needed at a small batch size, Table 5.
        case minimalCompute

        /// L(N, S) = (N_c/N)^α_N + (S_c/S_min)^α_S, a function of optimisation steps; its N_c comes from the user.
        case steps
    }

    /// Creates a law.
    ///
    /// - Parameter variant: Which of the paper's laws.
    public init(_ variant: Variant = .joint) {
        self.variant = variant
    }

    /// All of the paper's laws, in the order catalogs list them.
    public static var all: [KaplanLaw] {
        Variant.allCases.map { KaplanLaw($0) }
    }

    /// The feature that ``Variant/steps`` reads: S_min, the optimisation steps needed at a very large batch size.
    public static let stepsFeature = "minimal_steps"

    /// FLOPs in a petaflop-day, the unit of compute of the paper's constants.
    public static let petaflopDay = 8.64e19

    /// The loss in nats per token of WebText2.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let compute = run.compute / .constant(Self.petaflopDay)
        return switch variant {
        case .joint:
            pow(pow(c["Nc"] / run.parameters, c["alphaN"] / c["alphaD"]) + c["Dc"] / run.tokens, c["alphaD"])
        case .parameters: pow(c["Nc"] / run.parameters, c["alphaN"])
        case .tokens: pow(c["Dc"] / run.tokens, c["alphaD"])
        case .compute, .minimalCompute: pow(c["Cc"] / compute, c["alphaC"])
        case .steps:
            pow(c["Nc"] / run.parameters, c["alphaN"]) + pow(c["Sc"] / run.feature(Self.stepsFeature), c["alphaS"])
        }
    }
}
