public import BuiltInModels
public import LawFitting
public import ScalingLaws

extension SourceValueFit {
    /// The curve of the worth of repeats, with the fitted r₁.
    ///
    /// - Parameter models: The models; the curve `sedova` is the one that was fitted.
    /// - Returns: The curve.
    /// - Throws: `LawError` if the catalog has no such curve, or r₁ is out of its bounds.
    public func curve(among models: ModelCatalog) throws(LawError) -> CompiledCurve {
        try CompiledCurve(try models.curves.model(named: "sedova"), coefficients: [decay])
    }
}
