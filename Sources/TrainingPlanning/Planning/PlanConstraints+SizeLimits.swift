import Quantities

extension PlanConstraints {
    /// The tightest upper limit on parameters: its code, the most parameters, and its name in messages.
    var mostParameters: (code: String, parameters: Double, name: String)? {
        var limits = sizeLimits.map { ($0.code, $0.parameters, "the limit from \($0.reason)") }
        if let maxParameters {
            limits.append(
                ("max_parameters", maxParameters, "the limit of \(Quantity.short(maxParameters)) parameters"))
        }
        return limits.min { $0.1 < $1.1 }.map { (code: $0.0, parameters: $0.1, name: $0.2) }
    }
}
