import ScalingLaws

/// Why a benchmark that asks for whole answers looks as if it were learnt all at once.
///
/// An answer of k tokens is right only where each of them is: with a share p of tokens right, about p^k of the answers are.
/// So a smooth gain by the token gives a sudden one by the answer.
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
