/// The unit that losses are given in.
public enum LossUnit: String, Sendable, Hashable, CaseIterable {
    /// Natural logarithms per token: what training frameworks log.
    case natsPerToken = "nats/token"

    /// Binary logarithms per token.
    case bitsPerToken = "bits/token"

    /// Binary logarithms per byte of text, which do not depend on the tokenizer.
    case bitsPerByte = "bits/byte"
}
