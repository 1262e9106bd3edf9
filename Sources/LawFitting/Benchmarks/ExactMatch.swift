import ScalingLaws

/// The reason why a benchmark of whole answers looks as if the model learnt it all at once.
///
/// An answer of k tokens is right only if all of them are. With a share p of tokens right, about p^k of the answers are
/// right. So a smooth gain per token gives a sudden gain per answer.
///
/// Source: Schaeffer, Miranda and Koyejo 2023, "Are Emergent Abilities of Large Language Models a Mirage?",
/// arXiv:2304.15004, section 2.
public enum ExactMatch {
    /// The share of answers that are right in every token.
    ///
    /// - Parameters:
    ///   - tokens: k, the tokens of an answer, 1 or more.
    ///   - share: p, the share of tokens that are right, from 0 to 1.
    /// - Returns: p^k.
    public static func accuracy(tokens: Int, share: Double) -> Double {
        guard share > 0 else { return 0 }
        return Elementary.exp(Double(tokens) * Elementary.log(share))
    }
}
