/// The kinds of decoder whose parameters are counted here, weight by weight.
public enum ModelArchitecture: String, Sendable, Hashable, CaseIterable {
    /// Gated feed-forward layers of about 8/3 of the width, RMS norms, rotary positions, no biases, and separate
    /// embeddings at the output unless tied.
    ///
    /// Source: Touvron et al. 2023, arXiv:2302.13971, section 2.2.
    case llama

    /// Feed-forward layers of 4 times the width, layer norms with biases, learned positions, biases everywhere; the
    /// output shares the input's embeddings.
    ///
    /// Source: Radford et al. 2019 (GPT-2) and Brown et al. 2020, arXiv:2005.14165, section 2.1.
    case gpt

    /// Whether the output shares the input's embeddings by default.
    public var usuallyTiesEmbeddings: Bool { self == .gpt }

    /// The usual width of the feed-forward layers.
    ///
    /// - Parameter width: The model's width.
    /// - Returns: 4 times the width, or 8/3 of it rounded up to a multiple of 256 (of 32 in narrow models).
    public func feedForwardWidth(forWidth width: Int) -> Int {
        switch self {
        case .gpt: return 4 * width
        case .llama:
            let step = width < 1_024 ? 32 : 256
            return (8 * width / 3 + step - 1) / step * step
        }
    }
}
