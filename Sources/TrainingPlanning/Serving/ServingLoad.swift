/// The load that a model will serve over its life.
public struct ServingLoad: Sendable, Hashable {
    /// Tokens read and generated, over the model's life.
    public let tokens: Double

    /// A load in tokens.
    ///
    /// - Parameter tokens: Tokens read and generated, over the model's life; 0 for none.
    /// - Throws: A ``PlanningError`` for a number that is negative or not finite.
    public init(tokens: Double) throws(PlanningError) {
        guard tokens >= 0, tokens < .infinity else {
            throw .unusableQuantity("the inference tokens", value: tokens, expected: "0 or more and finite")
        }
        self.tokens = tokens
    }

    /// A load in requests: requests a day × tokens of each × days.
    ///
    /// - Parameters:
    ///   - requestsPerDay: Requests a day.
    ///   - tokensPerRequest: Tokens that a request reads and generates.
    ///   - months: How long the model serves, in twelfths of a year of 365 days.
    /// - Throws: A ``PlanningError`` for a quantity that is not positive and finite, or a life beyond a century.
    public init(
        requestsPerDay: Double, tokensPerRequest: Double, months: Double
    ) throws(PlanningError) {
        try PlanningError.check(requestsPerDay, "the requests a day")
        try PlanningError.check(tokensPerRequest, "the tokens of a request")
        guard months > 0, months <= 1_200 else {
            throw .unusableQuantity("the months of service", value: months, expected: "above 0 and at most 1200")
        }
        try self.init(tokens: requestsPerDay * tokensPerRequest * months * 365 / 12)
    }
}
