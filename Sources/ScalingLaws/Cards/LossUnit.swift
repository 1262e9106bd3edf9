/// The unit that losses are given in.
///
/// A card's ``ModelSetup/lossUnit`` is the raw value of one.
public enum LossUnit: String, Sendable, Hashable, CaseIterable {
    /// Nats per token, as training frameworks log it.
    case natsPerToken = "nats/token"

    /// Binary logarithms per token.
    case bitsPerToken = "bits/token"

    /// Binary logarithms per byte of text, which do not depend on the tokenizer.
    case bitsPerByte = "bits/byte"
}
