import DataMixing
import Quantities

/// The counts that a training run can have.
///
/// A number outside is a slip of the hand, and would give infinite figures.
enum RunLimits {
    /// N.
    static let parameters = 1.0...1e18

    /// D, repeats included.
    static let tokens = 1.0...1e21

    /// U, from a page of text to more than there is.
    static let uniqueTokens = SupplyRequest.pageOfText...DataSupply.mostUniqueTokens

    /// Bytes of text per token, as for an audit.
    static let bytesPerToken = 0.1...1_000.0

    /// Refuses a number outside its range, if it is given.
    ///
    /// - Parameters:
    ///   - name: The option or the quantity, at the beginning of the sentence.
    ///   - value: The number.
    ///   - range: Its range.
    /// - Returns: The rule.
    static func rule(_ name: String, _ value: Double?, _ range: ClosedRange<Double>) -> RequestError.Rule {
        guard let value, !range.contains(value) else { return (false, "") }
        return (
            true,
            "\(name) must be from \(Quantity.flops(range.lowerBound)) to \(Quantity.flops(range.upperBound)), not "
                + "\(Quantity.exact(value))."
        )
    }
}
