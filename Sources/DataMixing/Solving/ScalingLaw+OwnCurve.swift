public import ScalingLaws

extension ScalingLaw {
    /// The law's repetition curve with the law's own values for the coefficients that are in both; `nil` without one.
    ///
    /// - Throws: A `LawError` where a coefficient has no value in either.
    public func ownCurve() throws(LawError) -> CompiledCurve? {
        guard let curve = repetitionCurve else { return nil }
        var values: [Double] = []
        for coefficient in curve.card.coefficients {
            let own = card.coefficients.first { $0.name == coefficient.name }
            // The curve itself refuses a coefficient that has no value in either.
            guard let value = own?.value ?? coefficient.value else { return try curve.compiled() }
            values.append(value)
        }
        return try CompiledCurve(curve, coefficients: values)
    }
}
