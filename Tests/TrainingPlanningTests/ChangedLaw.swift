import ScalingLaws

/// A law with another card: other values, other sets of values that its data support, or none.
struct ChangedLaw: ScalingLaw {
    let card: ModelCard
    private let base: any ScalingLaw

    init(_ base: any ScalingLaw, _ change: (inout ModelCard) -> Void) {
        var card = base.card
        change(&card)
        self.card = card
        self.base = base
    }

    var repetitionCurve: (any RepetitionCurve)? { base.repetitionCurve }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { base.loss(of: run, c) }
}

extension ScalingLaw {
    /// The law without the further sets of values that its data support, and without their covariance.
    var withoutSets: ChangedLaw {
        ChangedLaw(self) {
            $0.ensemble = []
            $0.covariance = nil
        }
    }

    /// The law with further sets of values.
    func with(ensemble: [[Double]]) -> ChangedLaw { ChangedLaw(self) { $0.ensemble = ensemble } }

    /// The law with a covariance of its values.
    func with(covariance: [[Double]]) -> ChangedLaw { ChangedLaw(self) { $0.covariance = covariance } }

    /// The law with some of its coefficients replaced.
    func with(values: [String: Double]) -> ChangedLaw {
        ChangedLaw(self) { card in
            for index in card.coefficients.indices {
                if let value = values[card.coefficients[index].name] { card.coefficients[index].value = value }
            }
        }
    }
}
