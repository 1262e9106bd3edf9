import Chinchilla
import Kaplan
import ScalingLaws
public import TrainingPlanning

extension AllocationRule {
    /// The rules that are most often quoted: 20 tokens per parameter, Kaplan's, and the three approaches of Hoffmann.
    public static let published: [AllocationRule] = [
        AllocationRule("20 tokens per parameter", source: "rule of thumb after Hoffmann et al. 2022, arXiv:2203.15556")
        {
            (compute: Double) throws(LawError) -> Double in (compute / 120).squareRoot()
        },
        AllocationRule("Kaplan", source: "Kaplan et al. 2020, arXiv:2001.08361, Table 6; N without embeddings") {
            (compute: Double) throws(LawError) -> Double in
            try KaplanFrontier().allocation(minimalCompute: compute).parameters
        },
        AllocationRule("Hoffmann 1", source: "Hoffmann et al. 2022, arXiv:2203.15556, approach 1 (Table 3)") {
            (compute: Double) throws(LawError) -> Double in
            try ChinchillaApproach.trainingCurves.allocation(compute: compute).parameters
        },
        AllocationRule("Hoffmann 2", source: "Hoffmann et al. 2022, arXiv:2203.15556, approach 2 (Table A3)") {
            (compute: Double) throws(LawError) -> Double in
            try ChinchillaApproach.isoFLOP.allocation(compute: compute).parameters
        },
        AllocationRule("Hoffmann 3", source: "Hoffmann et al. 2022, arXiv:2203.15556, approach 3 (equation 10)") {
            (compute: Double) throws(LawError) -> Double in
            try ChinchillaLaw(.hoffmann).optimalAllocation(compute: compute).parameters
        },
    ]
}
