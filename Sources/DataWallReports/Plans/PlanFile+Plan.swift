import CorpusAudit
import OrderedJSON
import ScalingLaws
public import TrainingPlanning

extension PlanFile {
    /// The file of a plan.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - auditDigest: The digest of the audit file that the supply was read from, or `nil`.
    ///   - madeBy: The command line that makes the file again, or `nil`.
    public init(_ plan: Plan, auditDigest: String? = nil, madeBy: String? = nil) {
        self.init()
        datawallVersion = DataWallVersion.current
        self.madeBy = madeBy
        status = plan.status
        furtherStatuses = plan.furtherStatuses
        objective = plan.objective
        costUnit = plan.costUnit
        law = plan.law
        laws = plan.laws.map(Law.init)
        self.auditDigest = auditDigest
        flopModel = plan.flopModel
        intervalLevel = plan.intervalSource?.level
        intervalSource = plan.intervalSource
        supply = Supply(plan.supply)
        budget = Budget(plan)
        constraints = Constraints(plan)
        recommended = Run(plan)
        decision = plan.decision
        families = plan.families
        otherBasins = plan.otherBasins
        leftOut = plan.leftOut
        frontier = plan.frontier
        epochSteps = plan.epochSteps
        shadowPrices = plan.shadowPrices
        prospects = plan.prospects
        baselines = plan.baselines
        dataWall = plan.supply.isAmple ? nil : plan.dataWall
        epochGain = plan.epochGain
        qualityCuts = plan.qualityCuts
        tokenSensitivity = plan.tokenSensitivity
        warnings = plan.warnings
        model = plan.model.map(Model.init)
        recipes = plan.recipes.map(Rule.init)
        derived = plan.derived.map(Derived.init)
        fixedData = plan.fixedDataStudy.map(FixedData.init)
    }
}

extension PlanFile.Law {
    init(_ reference: LawReference) {
        name = reference.name
        digest = Array(reference.definition.utf8).withUnsafeBufferPointer { "xxh3_128:\(Fingerprint(of: $0))" }
        provenance = reference.card.provenance.words
    }
}

extension PlanFile.Supply {
    init(_ supply: DataSupply) {
        uniqueTokens = supply.uniqueTokens
        isAmple = supply.isAmple
        treatment = supply.treatment
        bytesPerToken = supply.bytesPerToken
        fileTokens = supply.fileTokens
        uniqueFactor = supply.uniqueFactor
        sources = supply.sources.map { source in
            var file = PlanFile.Source()
            file.name = source.name
            file.uniqueTokens = source.uniqueTokens
            file.quality = source.quality
            file.maxEpochs = source.maxEpochs
            file.floor = source.floor
            return file
        }
    }
}

extension PlanFile.Budget {
    init?(_ plan: Plan) {
        guard plan.budget != nil || plan.terms.cluster != nil else { return nil }
        flops = plan.budget?.flops
        switch plan.budget?.limit {
        case .days(let days): self.days = days
        case .dollars(let dollars): self.dollars = dollars
        case .flops, nil: break
        }
        guard let cluster = plan.terms.cluster else { return }
        accelerator = cluster.accelerator.name
        peakFLOPs = cluster.accelerator.peakFLOPs
        accelerators = cluster.count
        utilization = cluster.utilization
        dollarsPerHour = cluster.dollarsPerHour
    }
}

extension PlanFile.Constraints {
    init(_ plan: Plan) {
        limits = plan.constraints
        terms = PlanTerms(
            inferenceTokens: plan.terms.inferenceTokens, trainingPrice: plan.terms.dollarsPerTrainingFLOP,
            servingPrice: plan.terms.dollarsPerServingFLOP, costWeight: plan.terms.costWeight)
        serving = plan.terms.serving.map { hardware in
            var serving = PlanFile.Serving()
            serving.accelerator = hardware.accelerator.name
            serving.utilization = hardware.generationUtilization
            serving.promptUtilization = hardware.promptUtilization
            serving.generatedShare = hardware.generatedShare
            serving.dollarsPerHour = hardware.dollarsPerHour
            return serving
        }
    }
}

extension PlanFile.Run {
    init(_ plan: Plan) {
        run = plan.recommended
        acceleratorHours = plan.expense?.acceleratorHours
        days = plan.expense?.days
        trainingDollars = plan.trainingDollars
        servingDollars = plan.servingDollars
        noMixture = plan.noMixture
        guard let allocation = plan.mixture else { return }
        mixtureMethod = allocation.method
        meanRepeats = allocation.worth.repeats
        mixture = allocation.sources.map { item in
            var share = PlanFile.Share()
            share.source = item.source.name
            share.weight = item.weight
            share.tokens = item.tokens
            share.epochs = item.epochs
            share.cap = item.source.maxEpochs
            share.isBinding = item.isBinding
            share.uniqueTokenPrice = item.uniqueTokenPrice
            return share
        }
    }
}

extension PlanFile.Model {
    init(_ model: ModelProposal) {
        let shape = model.shape
        architecture = shape.architecture.rawValue
        layers = shape.layers
        width = shape.width
        heads = shape.heads
        keyValueHeads = shape.keyValueHeads
        headSize = shape.headSize
        feedForwardWidth = shape.feedForwardWidth
        vocabularySize = shape.vocabularySize
        contextLength = shape.contextLength
        hasTiedEmbeddings = shape.hasTiedEmbeddings
        aspectRatio = shape.aspectRatio
        parameters = shape.parameters
        nonEmbeddingParameters = shape.nonEmbeddingParameters
        sizeError = model.sizeError
        trainingFLOPsPerToken = shape.trainingFLOPsPerToken
        tokensPerParameter = model.tokensPerParameter
        timesChinchilla = model.timesChinchilla
        hyperparameters = model.hyperparameters.map(PlanFile.Rule.init)
    }
}

extension PlanFile.Rule {
    init(_ suggestion: HyperparameterSuggestion) {
        law = suggestion.law
        provenance = suggestion.provenance.kind.rawValue
        source = suggestion.provenance.source
        batchTokens = suggestion.batchTokens
        learningRate = suggestion.learningRate
        weightDecay = suggestion.weightDecay
        epochs = suggestion.epochs
        extrapolation = suggestion.extrapolation
    }
}
