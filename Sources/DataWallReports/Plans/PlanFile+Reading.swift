public import OrderedJSON

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
        laws = []
        for place in try file.list("laws") {
            laws.append(Law(name: try place.text("name"), provenance: try place.optionalText("provenance")))
        }
        auditDigest = try file.optionalText("audit_digest")
        flopModel = try file.optionalText("flop_model")
        intervalLevel = try file.optionalNumber("interval_level")
        let supply = try file.place("supply")
        uniqueTokens = try supply.positive("unique_tokens")
        bytesPerToken = try supply.optionalNumber("bytes_per_token")
        treatment = try supply.optionalText("as")
        sources = []
        for place in try supply.list("sources") { sources.append(try Source(place)) }
        budget = try file.optionalPlace("budget")?.optionalNumber("flops")
        constraints = Constraint.numbers(try file.members("constraints"))
        recommended = try Run(try file.place("recommended"))
        mixture = []
        for place in try file.list("mixture") { mixture.append(try Share(place)) }
        byLaw = []
        for place in try file.list("by_law") { byLaw.append(try LawAdvice(place)) }
        frontier = []
        for place in try file.list("frontier") { frontier.append(try FrontierStep(place)) }
        shadowPrices = Constraint.numbers(try file.members("shadow_prices"))
        priceLaw = try file.optionalPlace("shadow_prices")?.optionalText("law")
        decidingLaw = try file.optionalText("deciding_law")
        warnings = []
        for place in try file.list("warnings") { warnings.append(try Warning(place)) }
    }
}

extension PlanFile.Warning {
    init(_ place: FilePlace) throws(ReportFileError) {
        code = try place.optionalText("code") ?? ""
        isSevere = try place.optionalText("severity") != "info"
        message = try place.text("message")
    }
}

extension PlanFile.Constraint {
    /// The members that are numbers; whatever else a later version adds is passed over.
    static func numbers(_ members: [(name: String, place: FilePlace)]) -> [PlanFile.Constraint] {
        members.compactMap { name, place in
            switch place.value {
            case .integer(let number): PlanFile.Constraint(name: name, value: Double(number))
            case .number(let number): PlanFile.Constraint(name: name, value: number)
            default: nil
            }
        }
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
        extrapolation = PlanFile.Constraint.numbers(try place.members("extrapolation"))
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
        intervalMembers = try place.optionalNumber("interval_members").flatMap { Int(exactly: $0) }
        noInterval = try place.optionalText("no_interval")
        crossExcess = PlanFile.Constraint.numbers(try place.members("cross_excess"))
        crossMisses = PlanFile.Constraint.numbers(try place.members("cross_misses"))
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
