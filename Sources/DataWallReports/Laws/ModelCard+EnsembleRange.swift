import ScalingLaws

extension ModelCard {
    /// The range of the middle nine tenths of the ensemble's values of a coefficient, by its index in the card; `nil`
    /// without an ensemble.
    func ensembleRange(of index: Int) -> ClosedRange<Double>? {
        guard !ensemble.isEmpty else { return nil }
        return OrderStatistics.central(0.9, sorted: ensemble.map { $0[index] }.sorted())
    }
}
