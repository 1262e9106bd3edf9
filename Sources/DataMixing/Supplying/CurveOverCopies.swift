import ScalingLaws

/// A repetition curve adapted to a source whose copies stay in its files.
///
/// ρ(r) = Σ (U_b/U)·ρ₀(c_b·r/H), where r is the mean number of reads of the source's texts, and H the number of file
/// tokens per unique token. A text that occurs c times in the files is read c/H times as often as the mean. So a mean
/// of r reads is worth less than r reads of every text. The curve is ρ(r) = r up to ``SourceSupply/onset``, the mean at
/// which the texts with most copies are read once, which is below 1.
///
/// Shares U_b/U and reads c_b/H are coefficients, so that one compiled curve serves all sources with the same number of
/// buckets.
struct CurveOverCopies: RepetitionCurve {
    let card: ModelCard
    private let base: Formula
    private let buckets: Int

    /// Adapts a curve to this number of buckets.
    private init(_ curve: CompiledCurve, buckets: Int) {
        var card = curve.card
        card.ensemble = []
        card.covariance = nil
        card.coefficients += (0..<buckets).flatMap { [Coefficient("share_\($0)"), Coefficient("reads_\($0)")] }
        self.card = card
        // The curve as it was compiled, whose coefficients are set when this one is.
        base = curve.compiledFormula.formula
        self.buckets = buckets
    }

    func value(epochs: Formula, in run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        Formula.worth(
            of: (0..<buckets).map { (tokens: c["share_\($0)"], copies: c["reads_\($0)"]) }, passes: epochs
        ) { base.replacing(.epochs, by: $0) }
    }

    /// The values of the coefficients for a source's copies, after those of the curve.
    private static func values(_ copies: [CopyBucket]) -> [Double] {
        let (unique, inFiles) = (copies.uniqueTokens, copies.fileTokens)
        return copies.flatMap { [$0.uniqueTokens / unique, $0.copies * unique / inFiles] }
    }

    /// The curves of sources, each adapted to the copies of its source.
    ///
    /// - Parameters:
    ///   - curves: One for all sources, or one for each.
    ///   - sources: The sources.
    /// - Returns: The given curves if no source has copies, else one for each source.
    /// - Throws: ``MixtureError/law(_:)`` if a curve cannot be adapted to copies.
    static func curves(
        _ curves: [CompiledCurve], over sources: [SourceSupply]
    ) throws(MixtureError) -> [CompiledCurve] {
        guard sources.contains(where: { $0.onset < 1 }) else { return curves }
        var own: [CompiledCurve] = []
        own.reserveCapacity(sources.count)
        // Compiled versions of the curve that all sources share, by the number of buckets.
        var compiled: [Int: CompiledCurve] = [:]
        for (index, source) in sources.enumerated() {
            let curve = curves.count == 1 ? curves[0] : curves[index]
            guard source.onset < 1 else {
                own.append(curve)
                continue
            }
            let values = curve.coefficients + values(source.copies)
            do throws(LawError) {
                if curves.count == 1, let known = compiled[source.copies.count] {
                    own.append(try known.with(coefficients: values))
                } else {
                    let new = try CompiledCurve(
                        CurveOverCopies(curve, buckets: source.copies.count), coefficients: values)
                    compiled[source.copies.count] = new
                    own.append(new)
                }
            } catch { throw .law(error) }
        }
        return own
    }
}
