import ScalingLaws

extension ModelCard {
    /// Where the middle nine tenths of the ensemble's values of a coefficient lie, by its place in the card; `nil` without
    /// an ensemble.
    func ensembleRange(of index: Int) -> ClosedRange<Double>? {
        guard !ensemble.isEmpty else { return nil }
        return OrderStatistics.central(0.9, sorted: ensemble.map { $0[index] }.sorted())
    }
}
