import ScalingLaws

extension LawFit {
    /// The indices of the runs that the law misses most, the worst first.
    ///
    /// - Parameter count: How many at most.
    /// - Returns: Their indices.
    public func worstRuns(_ count: Int = 5) -> [Int] {
        Array(
            runs.runs.indices.filter { runs.runs[$0].weight > 0 }
                .sorted { (abs(residuals[$0]), -$0) > (abs(residuals[$1]), -$1) }.prefix(count))
    }

    /// The range of tokens per parameter, if it is too narrow to separate A from B: less than a factor of 2 between its
    /// 5 % and 95 % quantiles.
    public var singleRay: ClosedRange<Double>? {
        let ratios = runs.runs.filter { $0.weight > 0 }.map { $0.tokens / $0.parameters }.sorted()
        guard ratios.count > 2 else { return nil }
        let central = OrderStatistics.central(0.9, sorted: ratios)
        return central.upperBound < 2 * central.lowerBound ? central : nil
    }
}
