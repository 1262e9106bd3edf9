import CorpusAudit
import DataMixing
import LawFitting
public import OrderedJSON
import ScalingLaws

extension MixtureReport {
    /// The mixture file's value; write it with `fileText()`.
    ///
    /// - Complexity: O(*k*·*m*) for *k* sources and *m* methods.
    public var json: JSONValue { file.json }

    /// The content of the mixture file.
    var file: MixtureFile {
        let question = comparison.question
        let chosen = comparison.chosen
        return MixtureFile(
            datawallVersion: DataWallVersion.current, madeBy: madeBy, auditDigest: auditDigest,
            isComplete: isComplete, method: chosen.method, tokens: question.tokens,
            uniqueTokens: supply.uniqueTokens, isEstimated: isEstimated, treatment: supply.treatment,
            cap: question.cap, hasEqualSources: hasEqualSources, meanQuality: question.meanQuality,
            mostTokens: question.mostTokens.isFinite ? question.mostTokens : nil,
            curve: MixtureFile.Curve(
                name: question.curve.identifier,
                coefficients: JSONDictionary(question.curve.card.coefficientNames, question.curve.coefficients)),
            pull: MixtureFile.Pull(
                strength: question.pull.strength, nats: pullInNats,
                removedQualityEffect: comparison.removedQualityEffect), law: question.forecast?.law.identifier,
            parameters: question.forecast?.parameters ?? question.parameters,
            effectiveTokens: chosen.effectiveTokens, effectiveTokensAsGiven: effectiveTokensAsGiven,
            effectiveTokensAfterPull: chosen.effectiveTokensAfterPull, freshTokens: chosen.freshTokens,
            loss: chosen.loss, divergence: chosen.divergence, gap: chosen.gap,
            effectiveTokensWithoutCaps: comparison.effectiveTokensWithoutCaps,
            effectiveTokensWithoutCopies: comparison.effectiveTokensWithoutCopies,
            sources: chosen.sources.indices.map(share), emptySources: emptySources,
            methods: comparison.answers.map(method), warnings: comparison.warnings, pilots: pilots?.file, notes: notes)
    }

    private func share(_ index: Int) -> MixtureFile.Share {
        let item = comparison.chosen.sources[index]
        return MixtureFile.Share(
            source: item.source.name, uniqueTokens: item.source.uniqueTokens, quality: item.source.quality,
            weight: item.weight, tokens: item.tokens, epochs: item.epochs, cap: item.source.maxEpochs,
            floor: item.source.floor, isBinding: item.isBinding, exceedsCap: item.exceedsCap,
            missesFloor: item.missesFloor, effectiveTokens: item.effectiveTokens,
            uniqueTokenPrice: item.uniqueTokenPrice, capPrice: item.capPrice, rawWeight: rawWeights?.weights[index],
            passesOverFiles: rawWeights?.passes[index])
    }

    private func method(_ answer: MixtureComparison.Answer) -> MixtureFile.Method {
        switch answer.result {
        case .failure(let error): return MixtureFile.Method(name: answer.method, error: "\(error)")
        case .success(let allocation):
            let losses = pilots?.advice.map { advice in
                JSONDictionary(advice.fits.map(\.fit.target), advice.losses(of: allocation))
            }
            return MixtureFile.Method(
                name: answer.method,
                objective: allocation.objective.map {
                    MixtureFile.Objective(name: $0.name, value: $0.value, unit: $0.unit.rawValue)
                },
                effectiveTokens: allocation.effectiveTokens,
                effectiveTokensAfterPull: allocation.effectiveTokensAfterPull,
                freshTokens: allocation.freshTokens, loss: allocation.loss,
                pilotMean: pilots?.advice?.mean(of: allocation), pilotLosses: losses, divergence: allocation.divergence,
                keepsLimits: allocation.keepsLimits,
                sources: allocation.sources.map {
                    MixtureFile.MethodShare(
                        source: $0.source.name, weight: $0.weight, epochs: $0.epochs, isBinding: $0.isBinding,
                        exceedsCap: $0.exceedsCap)
                })
        }
    }
}

extension PilotEvidence {
    /// The pilots' part of a mixture file.
    fileprivate var file: MixtureFile.Pilots {
        switch self {
        case .laws(let advice):
            MixtureFile.Pilots(
                fit: "mixing-law", runs: advice.pilots.runs.count,
                targets: advice.fits.map { fit, importance in
                    MixtureFile.Target(
                        name: fit.target, importance: importance, spearman: fit.crossValidation?.spearman,
                        straightLineSpearman: fit.straightLine?.spearman, error: fit.crossValidation?.error,
                        fittedError: fit.error, floor: fit.law.floor,
                        slopes: JSONDictionary(fit.sources, fit.law.slopes))
                })
        case .values(let fit):
            MixtureFile.Pilots(
                fit: "values", runs: fit.crossValidation?.runs,
                targets: [
                    MixtureFile.Target(
                        name: fit.target, importance: 1, spearman: fit.crossValidation?.spearman,
                        error: fit.crossValidation?.error, fittedError: fit.error, floor: fit.floor,
                        exponent: fit.exponent, decay: fit.decay, values: JSONDictionary(fit.sources, fit.values))
                ])
        }
    }
}
