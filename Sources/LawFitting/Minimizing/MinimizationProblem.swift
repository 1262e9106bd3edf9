/// A function of several variables between bounds, with its slopes.
protocol MinimizationProblem: AnyObject {
    /// The smallest value allowed of each variable.
    var lowerBounds: [Double] { get }

    /// The largest value allowed of each variable.
    var upperBounds: [Double] { get }

    /// The value at a point and, in `gradient`, its slopes; infinite where it has none, with any slopes.
    func evaluate(_ x: [Double], gradient: inout [Double]) -> Double
}
