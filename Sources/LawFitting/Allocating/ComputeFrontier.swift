public import ScalingLaws

/// The best model size for a compute budget under a law, every token unique.
public enum ComputeFrontier {
    /// The size and tokens of least loss with 6·N·D equal to a budget.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - compute: The budget in FLOPs.
    /// - Returns: The allocation, or `nil` where the law has no finite loss or no minimum between 1,000 parameters and
    ///   1,000 tokens.
    /// - Complexity: Some 150 evaluations.
    public static func best(_ law: CompiledLaw, compute: Double) -> ComputeAllocation? {
        guard compute > 6e6, compute < .infinity else { return nil }
        let total = Elementary.log(compute / 6)
        let low = Elementary.log(1e3)
        let high = total - Elementary.log(1e3)
        func loss(_ logN: Double) -> Double {
            do {
                return try law.loss(parameters: Elementary.exp(logN), tokens: Elementary.exp(total - logN))
            } catch {
                return .infinity
            }
        }
        let steps = 80
        let grid = (0...steps).map { low + (high - low) * Double($0) / Double(steps) }
        let values = grid.map(loss)
        guard let index = values.indices.min(by: { values[$0] < values[$1] }), values[index].isFinite, index > 0,
            index < steps
        else { return nil }
        // Golden sections between the neighbours.
        let ratio = 0.618_033_988_749_894_9
        var (a, b) = (grid[index - 1], grid[index + 1])
        var (x, y) = (b - ratio * (b - a), a + ratio * (b - a))
        var (fx, fy) = (loss(x), loss(y))
        for _ in 0..<48 {
            if fx < fy {
                (b, y, fy) = (y, x, fx)
                x = b - ratio * (b - a)
                fx = loss(x)
            } else {
                (a, x, fx) = (x, y, fy)
                y = a + ratio * (b - a)
                fy = loss(y)
            }
        }
        let logN = 0.5 * (a + b)
        return ComputeAllocation(parameters: Elementary.exp(logN), tokens: Elementary.exp(total - logN))
    }
}
