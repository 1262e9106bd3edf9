import LawFitting
import OrderedJSON
import ScalingLaws

extension PilotEvidence {
    /// What a mixture file says of the pilots.
    var json: JSONValue {
        switch self {
        case .laws(let advice):
            .object([
                "fit": "mixing-law", "runs": .integer(advice.pilots.runs.count),
                "targets": .array(
                    advice.fits.map { fit, importance in
                        .object([
                            "target": .string(fit.target), "importance": .number(importance),
                            "spearman": .number(optional: fit.crossValidation?.spearman),
                            "straight_line_spearman": .number(optional: fit.straightLine?.spearman),
                            "error": .number(optional: fit.crossValidation?.error), "fitted_error": .number(fit.error),
                            "floor": .number(fit.law.floor),
                            "slopes": .object(
                                zip(fit.sources, fit.law.slopes).map { JSONMember(key: $0, value: .number($1)) }),
                        ])
                    }),
            ])
        case .values(let fit):
            .object([
                "fit": "values", "runs": .number(optional: fit.crossValidation.map { Double($0.runs) }),
                "targets": .array([
                    .object([
                        "target": .string(fit.target), "importance": .number(1),
                        "spearman": .number(optional: fit.crossValidation?.spearman),
                        "error": .number(optional: fit.crossValidation?.error), "fitted_error": .number(fit.error),
                        "floor": .number(fit.floor), "exponent": .number(fit.exponent), "r1": .number(fit.decay),
                        "values": .object(
                            zip(fit.sources, fit.values).map { JSONMember(key: $0, value: .number($1)) }),
                    ])
                ]),
            ])
        }
    }
}
