import ScalingLaws

/// A scarce target source mixed with a generic one that never runs out: how often to repeat the target.
///
/// A run of D tokens reads a share h of them from the target's U, so r = h·D/U passes. With D_T = U·ρ(r) the effective
/// tokens are D_eff = (1 − h)·D + τ·D_T, where τ is what a target token is worth in generic ones, and the loss on the
/// target's domain is E + A/D_eff^α + γ·h.
///
/// Form: Sedova and others 2026, arXiv:2605.12715. Its constants could not be obtained, so every number comes from the
/// user; one answer without a range of τ would be a guess.
public struct ScarceTarget: Sendable, Hashable {
    /// D, the training tokens.
    public var tokens: Double

    /// U, the target's unique tokens.
    public var uniqueTokens: Double

    /// τ, what a target token is worth in generic tokens.
    public var value: Double

    /// r₁, the repeats after which more are worth a factor e less.
    public var decay: Double

    /// γ, what the target's share costs in loss by itself, in nats per unit of share.
    public var shareCost: Double

    /// A of the loss; only asked with a share's cost.
    public var scale: Double

    /// α of the loss; only asked with a share's cost.
    public var exponent: Double

    /// Creates a question; `nil` where a quantity is not positive and finite.
    ///
    /// - Parameters:
    ///   - tokens: D, the training tokens.
    ///   - uniqueTokens: U, the target's unique tokens.
    ///   - value: τ, what a target token is worth in generic tokens.
    ///   - decay: r₁, the repeats after which more are worth a factor e less.
    ///   - shareCost: γ, what the target's share costs in loss by itself; 0 for nothing.
    ///   - scale: A of the loss.
    ///   - exponent: α of the loss.
    public init?(
        tokens: Double, uniqueTokens: Double, value: Double, decay: Double, shareCost: Double = 0, scale: Double = 1,
        exponent: Double = 1
    ) {
        for quantity in [tokens, uniqueTokens, value, decay, scale, exponent] {
            guard quantity > 0, quantity < .infinity else { return nil }
        }
        guard shareCost >= 0, shareCost < .infinity else { return nil }
        self.tokens = tokens
        self.uniqueTokens = uniqueTokens
        self.value = value
        self.decay = decay
        self.shareCost = shareCost
        self.scale = scale
        self.exponent = exponent
    }

    /// The passes over the target that make the lowest loss.
    ///
    /// Without a share's cost r = 1 + r₁·ln τ, whatever D, U and α; with one, the root of
    /// α·A·D·D_eff^(−α−1)·(τ·exp(−(r − 1)/r₁) − 1) = γ below that, by bisection. Never more than all of D.
    public var bestEpochs: Double {
        let most = tokens / uniqueTokens
        // A target token that is worth no more than a generic one has nothing to offer beyond its natural share.
        guard value > 1 else { return 0 }
        let free = Swift.min(most, 1 + decay * Elementary.log(value))
        guard shareCost > 0 else { return free }
        if slope(at: 0) <= 0 { return 0 }
        var (low, high) = (0.0, free)
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if slope(at: middle) > 0 { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }

    /// The target's share of the training tokens at ``bestEpochs``.
    public var bestShare: Double { bestEpochs * uniqueTokens / tokens }

    /// What one more unit of share saves in loss, at a number of passes: it falls with them.
    private func slope(at epochs: Double) -> Double {
        let decayed = Elementary.exp(-Swift.max(0, epochs - 1) / decay)
        let target =
            epochs <= 1 ? uniqueTokens * epochs : uniqueTokens * (1 + decay * (1 - decayed))
        let effective = tokens - epochs * uniqueTokens + value * target
        let gain = exponent * scale * tokens * Elementary.pow(effective, -exponent - 1)
        return gain * (value * decayed - 1) - shareCost
    }
}
