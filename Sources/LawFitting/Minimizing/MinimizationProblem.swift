/// A function of several variables between bounds, with its slopes.
protocol MinimizationProblem: AnyObject {
    /// The smallest value allowed of each variable.
    var lowerBounds: [Double] { get }

    /// The largest value allowed of each variable.
    var upperBounds: [Double] { get }

    /// The value at a point, with its slopes in `gradient`; infinite, with arbitrary slopes, if there is no value.
    func evaluate(_ x: [Double], gradient: inout [Double]) -> Double
}
