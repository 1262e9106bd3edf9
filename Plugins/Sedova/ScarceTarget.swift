import ScalingLaws

/// A scarce target source mixed with a generic one that never runs out: how often to repeat the target.
///
/// A run of D tokens reads a share h of them from the target's U, so r = h·D/U passes. With D_T = U·ρ(r) the effective
/// tokens are D_eff = (1 − h)·D + τ·D_T, where τ is the worth of a target token in generic ones, and the loss on the
/// target's domain is E + A/D_eff^α + γ·h.
///
/// Form: Sedova and others 2026, arXiv:2605.12715. Its constants could not be obtained, so every number comes from the
/// user. A single answer without a range of τ would be a guess.
public struct ScarceTarget: Sendable, Hashable {
    /// D, the training tokens.
    public var tokens: Double

    /// U, the target's unique tokens.
    public var uniqueTokens: Double

    /// τ, the worth of a target token in generic tokens.
    public var value: Double

    /// r₁, the repeats after which more are worth a factor e less.
    public var decay: Double

    /// γ, the cost in loss of the target's share itself, in nats per unit of share.
    public var shareCost: Double

    /// A of the loss; used only with a share's cost.
    public var scale: Double

    /// α of the loss; used only with a share's cost.
    public var exponent: Double

    /// Creates a question; `nil` if a quantity is not positive and finite.
    ///
    /// - Parameters:
    ///   - tokens: D, the training tokens.
    ///   - uniqueTokens: U, the target's unique tokens.
    ///   - value: τ, the worth of a target token in generic tokens.
    ///   - decay: r₁, the number of repeats over which their worth falls by a factor e.
    ///   - shareCost: γ, the cost in loss of the target's share itself; 0 for none.
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

    /// The passes over the target that give the lowest loss.
    ///
    /// Without a share's cost they are r = 1 + r₁·ln τ, whatever D, U and α. With one, they are the root of
    /// α·A·D·D_eff^(−α−1)·(τ·exp(−(r − 1)/r₁) − 1) = γ below that, by bisection. They never take more than all of D.
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

    /// The loss that one more unit of share saves, at a number of passes; it falls as the passes grow.
    private func slope(at epochs: Double) -> Double {
        let age = Swift.max(0, epochs - 1) / decay
        let decayed = Elementary.exp(-age)
        let target =
            epochs <= 1 ? uniqueTokens * epochs : uniqueTokens * (1 - decay * Elementary.expMinusOne(-age))
        let effective = tokens - epochs * uniqueTokens + value * target
        let gain = exponent * scale * tokens * Elementary.pow(effective, -exponent - 1)
        return gain * (value * decayed - 1) - shareCost
    }
}
