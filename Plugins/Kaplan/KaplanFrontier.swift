public import ScalingLaws

/// The compute-efficient allocation of Kaplan and others (2020): model size, batch size and steps as powers of compute.
///
/// Source: arXiv:2001.08361, Table 6. Its constants count compute in petaflop-days; this takes FLOPs. Its tokens are
/// those at the critical batch size, so 6·N·D is about 1.8 times the compute.
public struct KaplanFrontier: Sendable, Hashable {
    /// Creates the frontier.
    public init() {}

    /// The allocation that the frontier advises for a compute budget.
    public struct Allocation: Sendable, Hashable {
        /// N, without embeddings.
        public var parameters: Double

        /// Batch size in tokens.
        public var batchTokens: Double

        /// Optimisation steps, the least that reach the loss.
        public var minimalSteps: Double

        /// Tokens processed at the critical batch size.
        public var tokens: Double
    }

    /// The allocation for a compute budget.
    ///
    /// N = 1.3e9·c^0.73, B = 2.0e6·c^0.24, S_min = 5.4e3·c^0.03 and D = 2e10·c^0.27, with c in petaflop-days.
    ///
    /// - Parameter minimalCompute: C_min in FLOPs, the compute needed at a batch size far below critical.
    /// - Returns: The allocation.
    /// - Throws: `LawError.unusableQuantity` for a budget that is not positive and finite.
    public func allocation(minimalCompute: Double) throws(LawError) -> Allocation {
        guard minimalCompute > 0, minimalCompute < .infinity else {
            throw .unusableQuantity("the compute budget (C)", value: minimalCompute)
        }
        let days = minimalCompute / KaplanLaw.petaflopDay
        return Allocation(
            parameters: 1.3e9 * Elementary.pow(days, 0.73), batchTokens: 2.0e6 * Elementary.pow(days, 0.24),
            minimalSteps: 5.4e3 * Elementary.pow(days, 0.03), tokens: 2e10 * Elementary.pow(days, 0.27))
    }
}
