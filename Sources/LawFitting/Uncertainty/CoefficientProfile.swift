/// The objective as a function of one coefficient, the others fitted anew at each value.
public struct CoefficientProfile: Sendable, Hashable {
    /// One value of the coefficient.
    public struct Point: Sendable, Hashable {
        /// The value at which the coefficient was held.
        public let value: Double

        /// The least objective at that value.
        public let objective: Double

        /// The coefficients of that fit, in the order of the law's card.
        public let coefficients: [Double]
    }

    /// The coefficient's name.
    public let name: String

    /// The profile, by ascending value.
    public let points: [Point]

    /// The objective that the interval reaches up to.
    public let threshold: Double

    /// The values that the runs allow: from the first to the last whose objective is below the threshold.
    public let interval: Interval

    /// How well the runs determine the coefficient.
    public let verdict: Identifiability
}
