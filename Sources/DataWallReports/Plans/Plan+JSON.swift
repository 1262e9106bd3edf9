import CorpusAudit
public import OrderedJSON
import ScalingLaws
public import TrainingPlanning

extension Plan {
    /// The plan as a plan file's value: keys in the order of the format, unknown numbers `null`.
    ///
    /// - Parameters:
    ///   - auditDigest: The digest of the audit file that the supply was read from, or `nil`.
    ///   - mixture: The mixture of the supply's sources, where they are known.
    /// - Returns: The value; write it with `fileText()`.
    public func json(auditDigest: String? = nil, mixture: PlanMixture? = nil) -> JSONValue {
        var members: [JSONMember] = []
        func add(_ key: String, _ value: JSONValue) { members.append(JSONMember(key: key, value: value)) }
        add("format", .string(PlanFile.formatName))
        add("version", .integer(PlanFile.version))
        add("datawall_version", .string(DataWallVersion.current))
        add("status", .string(status.rawValue))
        add("objective", .string(objective))
        add("law", .string(law))
        add("laws", .array(laws.map(\.json)))
        add("audit_digest", auditDigest.map { .string($0) } ?? .null)
        add("flop_model", .string(flopModel))
        if let intervalSource {
            add("interval_level", .number(intervalLevel))
            add("interval_source", .string(intervalSource.rawValue))
        }
        add("supply", supply.json)
        add("budget", budgetJSON)
        add("constraints", constraints.json(with: terms).adding(constraints.servingMembers(with: terms)))
        add("recommended", recommended.json.adding(expenseMembers))
        members += mixture?.members ?? []
        add("other_basins", .array(otherBasins.map(\.briefJSON)))
        add("by_law", .array(byLaw.map(\.json)))
        if let decidingLaw { add("deciding_law", .string(decidingLaw)) }
        if byLaw.count > 1 || !leftOut.isEmpty { add("laws_left_out", .array(leftOut.map(\.json))) }
        add("frontier", .array(frontier.map(\.json)))
        members += prospectMembers
        add("token_sensitivity", .array(tokenSensitivity.map(\.json)))
        add("warnings", .array(warnings.map(\.json)))
        if let modelJSON { add("model", modelJSON) }
        return .object(members)
    }
}

extension JSONValue {
    /// A number, or `null` where there is none or it is not finite.
    static func number(optional value: Double?) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        return .number(value)
    }

    /// The two ends of an interval, or `null` where there is none.
    static func interval(_ range: ClosedRange<Double>?) -> JSONValue {
        range.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
    }
}

extension DataSupply {
    fileprivate var json: JSONValue {
        .object([
            "unique_tokens": .number(uniqueTokens), "as": .string(treatment.rawValue),
            "bytes_per_token": .number(optional: bytesPerToken),
            "file_tokens": .number(fileTokens), "unique_factor": .interval(uniqueFactor),
            "sources": .array(
                sources.map {
                    .object([
                        "name": .string($0.name), "unique_tokens": .number($0.uniqueTokens),
                        "quality": .number($0.quality), "max_epochs": .number(optional: $0.maxEpochs),
                        "floor": .number($0.floor),
                    ])
                }),
        ])
    }
}

extension PlanConstraints {
    fileprivate func json(with terms: PlanTerms) -> JSONValue {
        var members: [JSONMember] = []
        for (key, value) in [
            ("max_parameters", maxParameters), ("min_parameters", minParameters), ("max_epochs", maxEpochs),
            ("min_tokens_per_parameter", minTokensPerParameter), ("target_loss", targetLoss),
            ("inference_tokens", terms.inferenceTokens), ("training_price", terms.dollarsPerTrainingFLOP),
            ("serving_price", terms.dollarsPerServingFLOP), ("cost_weight", terms.costWeight),
        ] {
            if let value { members.append(JSONMember(key: key, value: .number(value))) }
        }
        if !sizes.isEmpty { members.append(JSONMember(key: "sizes", value: .array(sizes.map { .number($0) }))) }
        return .object(members)
    }
}

extension Recommendation {
    fileprivate var json: JSONValue {
        .object([
            "parameters": .number(parameters), "tokens": .number(tokens), "unique_tokens": .number(uniqueTokens),
            "epochs": .number(epochs), "passes_over_files": .number(passesOverFiles),
            "tokens_per_parameter": .number(tokensPerParameter), "flops": .number(flops),
            "budget_used": .number(optional: budgetUsed), "loss": .number(optional: loss),
            "loss_interval": .interval(lossInterval), "parameters_interval": .interval(parametersInterval),
            "epochs_interval": .interval(epochsInterval),
            "effective_tokens": .number(optional: effectiveTokens),
            "law_tokens": .number(optional: lawTokens),
            "extrapolation": .object([
                "flops": .number(optional: extrapolation.flops),
                "parameters": .number(optional: extrapolation.parameters),
                "unique_tokens": .number(optional: extrapolation.uniqueTokens),
                "epochs": .number(optional: extrapolation.epochs),
            ]),
        ])
    }
}

extension FrontierPoint {
    fileprivate var json: JSONValue {
        .object([
            "epochs": .number(epochs), "parameters": .number(parameters), "tokens": .number(tokens),
            "loss": .number(optional: loss), "cost": .number(optional: cost),
            "next_epoch_gain": .number(optional: nextEpochGain),
        ])
    }
}

extension TokenSensitivity {
    fileprivate var json: JSONValue {
        .object([
            "token_scale": .number(tokenScale), "parameters": .number(parameters), "tokens": .number(tokens),
            "epochs": .number(epochs), "loss": .number(optional: loss),
        ])
    }
}
