import CorpusAudit
import LawFitting
public import OrderedJSON
import ScalingLaws
import TrainingPlanning

extension MixtureReport {
    /// The mixture file: keys in the order of the format, unknown numbers `null`.
    ///
    /// - Complexity: O(*k*·*m*) for *k* sources and *m* methods.
    public var json: JSONValue {
        let question = comparison.question
        let chosen = comparison.chosen
        var members: [JSONMember] = []
        func add(_ key: String, _ value: JSONValue) { members.append(JSONMember(key: key, value: value)) }
        add("format", .string(MixtureFile.formatName))
        add("version", .integer(MixtureFile.version))
        add("datawall_version", .string(DataWallVersion.current))
        add("audit_digest", auditDigest.map { .string($0) } ?? .null)
        add("method", .string(chosen.method))
        add("tokens", .number(question.tokens))
        add("unique_tokens", .number(supply.uniqueTokens))
        add("estimated_tokens", .bool(isEstimated))
        add("as", .string(supply.treatment.rawValue))
        add("default_cap", .number(optional: question.defaultCap))
        add("most_tokens", .number(optional: question.mostTokens))
        add(
            "curve",
            .object([
                "name": .string(question.curve.identifier),
                "coefficients": .object(
                    zip(question.curve.card.coefficientNames, question.curve.coefficients).map {
                        JSONMember(key: $0, value: .number($1))
                    }),
            ]))
        add("pull", pull)
        add("law", question.forecast.map { .string($0.law.identifier) } ?? .null)
        add("parameters", .number(optional: question.forecast?.parameters ?? question.parameters))
        add("effective_tokens", .number(chosen.effectiveTokens))
        add("fresh_tokens", .number(chosen.freshTokens))
        add("loss", .number(optional: chosen.loss))
        add("kl_to_natural", .number(chosen.divergence))
        add("duality_gap", .number(optional: chosen.gap))
        add("effective_tokens_without_caps", .number(optional: comparison.effectiveTokensWithoutCaps))
        add("effective_tokens_without_copies", .number(optional: comparison.effectiveTokensWithoutCopies))
        add("mixture", .array(chosen.sources.indices.map(source)))
        add("empty_sources", .array(emptySources.map { .string($0) }))
        add("methods", .array(comparison.answers.map(answer)))
        add("warnings", .array(comparison.warnings.map(\.json)))
        add("pilots", pilots?.json ?? .null)
        add("notes", .array(notes.map { .string($0) }))
        return .object(members)
    }

    private var pull: JSONValue {
        switch comparison.question.pull {
        case .none: .object(["against": .null, "multiple": .number(0)])
        case .logarithm(let multiple): .object(["against": "ln_effective_tokens", "multiple": .number(multiple)])
        case .loss(let multiple, let loss):
            .object([
                "against": "loss", "multiple": .number(multiple), "law": .string(loss.law.identifier),
                "parameters": .number(loss.parameters),
            ])
        }
    }

    private func source(_ index: Int) -> JSONValue {
        let item = comparison.chosen.sources[index]
        return .object([
            "source": .string(item.source.name), "unique_tokens": .number(item.source.uniqueTokens),
            "quality": .number(item.source.quality), "weight": .number(item.weight), "tokens": .number(item.tokens),
            "epochs": .number(item.epochs), "cap": .number(optional: item.source.maxEpochs),
            "floor": .number(item.source.floor), "binding": .bool(item.isBinding),
            "exceeds_cap": .bool(item.exceedsCap), "misses_floor": .bool(item.missesFloor),
            "effective_tokens": .number(item.effectiveTokens), "shadow_price": .number(item.uniqueTokenPrice),
            "cap_price": .number(optional: item.capPrice),
            "raw_weight": .number(optional: rawWeights?.weights[index]),
            "passes_over_files": .number(optional: rawWeights?.passes[index]),
        ])
    }

    private func pilotLosses(_ allocation: MixtureAllocation) -> JSONValue {
        guard let advice = pilots?.advice else { return .null }
        return .object(
            zip(advice.fits, advice.losses(of: allocation)).map {
                JSONMember(key: $0.0.fit.target, value: .number($0.1))
            })
    }

    private func answer(_ answer: MixtureComparison.Answer) -> JSONValue {
        switch answer.result {
        case .failure(let error):
            .object(["method": .string(answer.method), "error": .string("\(error)")])
        case .success(let allocation):
            .object([
                "method": .string(answer.method), "effective_tokens": .number(allocation.effectiveTokens),
                "fresh_tokens": .number(allocation.freshTokens), "loss": .number(optional: allocation.loss),
                "pilot_losses": pilotLosses(allocation), "kl_to_natural": .number(allocation.divergence),
                "keeps_limits": .bool(allocation.keepsLimits),
                "sources": .array(
                    allocation.sources.map {
                        .object([
                            "source": .string($0.source.name), "weight": .number($0.weight),
                            "epochs": .number($0.epochs), "binding": .bool($0.isBinding),
                            "exceeds_cap": .bool($0.exceedsCap),
                        ])
                    }),
            ])
        }
    }
}
