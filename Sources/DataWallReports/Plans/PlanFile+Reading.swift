public import OrderedJSON
import TrainingPlanning

extension PlanFile {
    /// The name of the format, as it stands in a file.
    static let formatName = "datawall-plan"

    /// Reads a plan file.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(ReportFileError) {
        self = try PlanFile(FilePlace(bytes, format: Self.formatName, version: Self.version))
    }

    /// Reads a plan file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        self = try PlanFile(FilePlace(json, format: Self.formatName, version: Self.version))
    }

    private init(_ file: FilePlace) throws(ReportFileError) {
        datawallVersion = try file.optionalText("datawall_version")
        status = try file.text("status")
        objective = try file.text("objective")
        law = try file.text("law")
        laws = try file.list("laws", of: Law.init)
        auditDigest = try file.optionalText("audit_digest")
        flopModel = try file.optionalText("flop_model")
        intervalLevel = try file.optionalNumber("interval_level")
        intervalSource = try file.optionalText("interval_source").flatMap { IntervalSource(rawValue: $0) }
        let supply = try file.place("supply")
        uniqueTokens = try supply.positive("unique_tokens")
        bytesPerToken = try supply.optionalNumber("bytes_per_token")
        uniqueFactor = try supply.range("unique_factor")
        treatment = try supply.optionalText("as")
        sources = try supply.list("sources", of: Source.init)
        budget = try file.optionalPlace("budget")?.optionalNumber("flops")
        constraints = try file.numbers("constraints")
        recommended = try Run(try file.place("recommended"))
        mixture = try file.list("mixture", of: Share.init)
        byLaw = try file.list("by_law", of: LawAdvice.init)
        frontier = try file.list("frontier", of: FrontierStep.init)
        shadowPrices = try file.numbers("shadow_prices")
        priceLaw = try file.optionalPlace("shadow_prices")?.optionalText("law")
        decidingLaw = try file.optionalText("deciding_law")
        warnings = try file.list("warnings") { (place) throws(ReportFileError) in try place.record() }
    }
}

extension PlanFile.Law {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        name = try place.text("name")
        provenance = try place.optionalText("provenance")
    }
}

extension PlanFile.Source {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        name = try place.text("name")
        uniqueTokens = try place.number("unique_tokens")
        quality = try place.optionalNumber("quality")
        maxEpochs = try place.optionalNumber("max_epochs")
    }
}

extension PlanFile.Run {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        parameters = try place.positive("parameters")
        tokens = try place.positive("tokens")
        epochs = try place.positive("epochs")
        uniqueTokens = try place.optionalNumber("unique_tokens")
        passesOverFiles = try place.optionalNumber("passes_over_files")
        lawTokens = try place.optionalNumber("law_tokens")
        effectiveTokens = try place.optionalNumber("effective_tokens")
        flops = try place.optionalNumber("flops")
        budgetUsed = try place.optionalNumber("budget_used")
        loss = try place.optionalNumber("loss")
        lossInterval = try place.range("loss_interval")
        parametersInterval = try place.range("parameters_interval")
        epochsInterval = try place.range("epochs_interval")
        extrapolation = try place.numbers("extrapolation")
    }
}

extension PlanFile.Share {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        source = try place.text("source")
        weight = try place.number("weight")
        tokens = try place.optionalNumber("tokens")
        epochs = try place.optionalNumber("epochs")
        cap = try place.optionalNumber("cap")
        isBinding = try place.flag("binding", otherwise: false)
    }
}

extension PlanFile.LawAdvice {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        law = try place.text("law")
        parameters = try place.positive("parameters")
        tokens = try place.positive("tokens")
        epochs = try place.optionalNumber("epochs")
        parametersInterval = try place.range("parameters_interval")
        tokensInterval = try place.range("tokens_interval")
        epochsInterval = try place.range("epochs_interval")
        loss = try place.optionalNumber("loss")
        lossInterval = try place.range("loss_interval")
        intervalSource = try place.optionalText("interval_source").flatMap { IntervalSource(rawValue: $0) }
        intervalMembers = try place.optionalNumber("interval_members").flatMap { Int(exactly: $0) }
        noInterval = try place.optionalText("no_interval")
        crossExcess = try place.numbers("cross_excess")
        crossMisses = try place.numbers("cross_misses")
    }
}

extension PlanFile.FrontierStep {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        epochs = try place.positive("epochs")
        parameters = try place.positive("parameters")
        tokens = try place.positive("tokens")
        loss = try place.optionalNumber("loss")
        lossInterval = try place.range("loss_interval")
    }
}
