public import DataMixing
import ScalingLaws

/// Weights in proportion to U^(1/T): the higher the temperature, the closer the weights are to each other.
///
/// Epochs of two sources differ by (U_j/U_i)^((T − 1)/T), so the smallest source is repeated most. The method has no
/// limit on its epochs: check them.
///
/// Source: the exponent 1/T = 0.3 is that of Xue et al. 2021 (mT5, arXiv:2010.11934, section 3.2).
public struct TemperatureMixture: MixtureMethod {
    /// T; 1 is proportional, and infinity the same weight for every source.
    public let temperature: Double

    /// The temperature of mT5, 1/0.3.
    public static let defaultTemperature = 1 / 0.3

    /// Creates the method.
    ///
    /// - Parameter temperature: T, above 0.
    public init(temperature: Double = defaultTemperature) {
        self.temperature = temperature
    }

    /// `temperature`.
    public let identifier = "temperature"

    /// One line on how weights are chosen.
    public var summary: String { "in proportion to unique tokens to the power 1/T, unlimited" }

    /// U^(1/T), scaled to add up to 1.
    ///
    /// - Throws: ``MixtureError/unusableQuantity(_:value:expected:)`` for a temperature that is not above 0.
    public func weights(for question: MixtureQuestion) throws(MixtureError) -> [Double] {
        guard temperature > 0 else {
            throw .unusableQuantity("the temperature", value: temperature, expected: "above 0")
        }
        let largest = question.sources.reduce(0) { Swift.max($0, $1.uniqueTokens) }
        let raised = question.sources.map { Elementary.pow($0.uniqueTokens / largest, 1 / temperature) }
        let sum = raised.reduce(0, +)
        return raised.map { $0 / sum }
    }
}
