/// The shapes that quality-aware upsampling can give its curve over the quantiles of a source.
///
/// Both are 0 below the share that is discarded and rise from there, x being the share of tokens of lower quality.
public enum UpsamplingShape: String, Sendable, Hashable, CaseIterable {
    /// (x − a)^p with p from 0 to 2, in closed form, the steepest that the cap allows: the default.
    case power

    /// (x − a)^p·exp(λ(x − a)), the curve of OLMo 3: p on 20 points from 0.01 to 2, λ from 0 to 0.2.
    ///
    /// Source: OLMo 3 (arXiv:2512.13961, section 3.4.4 and appendix A.2) and the dolma3 repository; the range of λ is
    /// what reproduces the factors published there.
    case olmo3
}
