import DataMixing

extension Plan {
    /// The plan for ample data: every token is fresh, so there are no epochs to report, and more data save nothing.
    func readingEachTokenOnce() -> Plan {
        guard supply.isAmple else { return self }
        var plan = self
        plan.recommended = recommended.readingEachTokenOnce()
        plan.otherBasins = otherBasins.map { $0.readingEachTokenOnce() }
        plan.frontier = []
        plan.epochSteps = []
        plan.qualityCuts = []
        for index in families.indices {
            plan.families[index].epochs = 1
            plan.families[index].epochsInterval = nil
            plan.families[index].wallFLOPs = nil
            plan.families[index].otherBasins = families[index].otherBasins.map { $0.readingEachTokenOnce() }
        }
        plan.decision?.epochDisagreement = 1
        for index in baselines.indices { plan.baselines[index].epochs = 1 }
        for index in tokenSensitivity.indices { plan.tokenSensitivity[index].epochs = 1 }
        plan.prospects = prospects.filter { $0.quantity != .uniqueTokens }
        for index in plan.prospects.indices { plan.prospects[index].epochs = 1 }
        plan.shadowPrices.uniqueTokens = nil
        plan.shadowPrices.uniqueTokensInFLOPs = nil
        for index in shadowPrices.limits.indices {
            plan.shadowPrices.limits[index].lifted = shadowPrices.limits[index].lifted?.readingEachTokenOnce()
        }
        plan.dataWall = DataWall(
            tokensPerParameter: dataWall.tokensPerParameter,
            largestModel: plan.recommended.tokens / dataWall.tokensPerParameter,
            largestModelAtPlanEpochs: plan.recommended.tokens / dataWall.tokensPerParameter)
        plan.warnings.append(
            PlanWarning(
                code: "ample_data", severity: .info,
                message:
                    "No supply was given, so data are taken to be ample: every token is read once, and the plan has no "
                    + "frontier over epochs. Name an audit, --supply or --unique-tokens to plan epochs."))
        return plan
    }
}

extension Recommendation {
    /// The run with as many unique tokens as training tokens.
    func readingEachTokenOnce() -> Recommendation {
        var run = self
        run.epochs = 1
        run.passesOverFiles = 1
        run.uniqueTokens = tokens
        run.epochsInterval = nil
        return run
    }
}
