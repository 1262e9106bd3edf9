import ScalingLaws

extension Question {
    /// What 1 % more unique tokens and 1 % more compute would buy.
    func shadowPrices(at best: Candidate) throws(PlanningError) -> ShadowPrices {
        let more = 0.01
        func gain(_ question: Question) -> Double? {
            // More of what is scarce never raises the cost: what is below zero is rounding.
            question.lowest().map { Swift.max(0, best.cost - $0.cost) }
        }
        return ShadowPrices(
            uniqueTokens: gain(try asked(of: supply.scaled(by: 1 + more))),
            flops: budget == nil ? nil : gain(varied { $1.logBudget += Elementary.log(1 + more) }))
    }
}
