/// What can be wrong with a tokenizer.
public enum TokenCountingError: Error, Equatable {
    /// A ratio of bytes per token that no text could have.
    case unusableByteRatio(Double)
}

extension TokenCountingError: CustomStringConvertible {
    /// One sentence: what is wrong and what to do.
    public var description: String {
        switch self {
        case .unusableByteRatio(let ratio):
            "\(ratio) bytes per token is not usable: give a ratio from 0.1 to 1000, such as 4"
        }
    }
}
