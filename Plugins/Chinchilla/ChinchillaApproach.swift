public import ScalingLaws

/// The allocations that Hoffmann and others (2022) print for two approaches, as power laws of compute.
///
/// The paper gives exponents and tables of sizes, no prefactors; the lines here are drawn through the tables' rows by
/// least squares in logarithms, rounded to four digits, and meet the rows to 1.5 % (5 % at 67 billion parameters).
///
/// Sources: arXiv:2203.15556, Table 3 (approach 1) and Table A3 (approach 2); lines by
/// `Datasets/refits/chinchilla_allocations.py`. For approach 3 use ``ChinchillaLaw/optimalAllocation(compute:)``.
public enum ChinchillaApproach: String, Sendable, CaseIterable {
    /// Minimum over training curves: for each compute, the best point of any run.
    case trainingCurves

    /// IsoFLOP profiles: a parabola through the runs of each budget.
    case isoFLOP

    /// The source of the allocation's numbers.
    public var provenance: Provenance {
        let table =
            switch self {
            case .trainingCurves: "Table 3"
            case .isoFLOP: "Table A3"
            }
        return Provenance(
            kind: .refitHere, source: "Hoffmann et al. 2022, arXiv:2203.15556, \(table)",
            method: "power laws through the printed rows: Datasets/refits/chinchilla_allocations.py")
    }

    /// The exponent of model size in compute that the paper prints, with its 10 % and 90 % quantiles.
    public var publishedExponent: (value: Double, low: Double, high: Double) {
        switch self {
        case .trainingCurves: (0.50, 0.488, 0.502)
        case .isoFLOP: (0.49, 0.462, 0.534)
        }
    }

    /// The best model size and tokens for a compute budget.
    ///
    /// - Parameter compute: C = 6·N·D in FLOPs. The rows span 2e19 to 2e28.
    /// - Returns: The allocation.
    /// - Throws: `LawError.unusableQuantity` for a budget that is not positive and finite.
    public func allocation(compute: Double) throws(LawError) -> ComputeAllocation {
        guard compute > 0, compute < .infinity else {
            throw .unusableQuantity("the compute budget (C)", value: compute)
        }
        let log = Elementary.log(compute)
        return switch self {
        case .trainingCurves:
            ComputeAllocation(
                parameters: 0.0992 * Elementary.exp(0.4981 * log),
                tokens: 1.696 * Elementary.exp(0.5019 * log))
        case .isoFLOP:
            ComputeAllocation(
                parameters: 0.1449 * Elementary.exp(0.4899 * log),
                tokens: 1.153 * Elementary.exp(0.5100 * log))
        }
    }
}
