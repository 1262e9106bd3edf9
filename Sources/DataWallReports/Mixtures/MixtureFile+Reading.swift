public import OrderedJSON

extension MixtureFile {
    /// The name of the format, as it stands in a file.
    static let formatName = "datawall-mixture"

    /// Reads a mixture file.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(ReportFileError) {
        self = try MixtureFile(FilePlace(bytes, format: Self.formatName, version: Self.version))
    }

    /// Reads a mixture file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        self = try MixtureFile(FilePlace(json, format: Self.formatName, version: Self.version))
    }

    private init(_ file: FilePlace) throws(ReportFileError) {
        datawallVersion = try file.optionalText("datawall_version")
        auditDigest = try file.optionalText("audit_digest")
        method = try file.text("method")
        tokens = try file.positive("tokens")
        uniqueTokens = try file.positive("unique_tokens")
        isEstimated = try file.flag("estimated_tokens", otherwise: false)
        treatment = try file.optionalText("as")
        mostTokens = try file.optionalNumber("most_tokens")
        defaultCap = try file.optionalNumber("default_cap")
        curve = try file.optionalPlace("curve").map { (place) throws(ReportFileError) in
            Curve(
                name: try place.text("name"),
                coefficients: try place.numbers("coefficients"))
        }
        pull = try file.optionalPlace("pull").map { (place) throws(ReportFileError) in
            Pull(against: try place.optionalText("against"), multiple: try place.number("multiple"))
        }
        law = try file.optionalText("law")
        parameters = try file.optionalNumber("parameters")
        effectiveTokens = try file.optionalNumber("effective_tokens")
        freshTokens = try file.optionalNumber("fresh_tokens")
        loss = try file.optionalNumber("loss")
        divergence = try file.optionalNumber("kl_to_natural")
        gap = try file.optionalNumber("duality_gap")
        effectiveTokensWithoutCaps = try file.optionalNumber("effective_tokens_without_caps")
        effectiveTokensWithoutCopies = try file.optionalNumber("effective_tokens_without_copies")
        sources = try file.list("mixture", of: Share.init)
        guard !sources.isEmpty else {
            throw .unusable(format: Self.formatName, key: "mixture", reason: "holds no source")
        }
        emptySources = try file.texts("empty_sources")
        methods = try file.list("methods", of: Method.init)
        pilots = try file.optionalPlace("pilots").map(Pilots.init)
        warnings = try file.list("warnings", of: PlanFile.Warning.init)
        notes = try file.texts("notes")
    }
}

extension MixtureFile.Share {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        source = try place.text("source")
        uniqueTokens = try place.optionalNumber("unique_tokens")
        quality = try place.optionalNumber("quality")
        weight = try place.number("weight")
        tokens = try place.optionalNumber("tokens")
        epochs = try place.optionalNumber("epochs")
        cap = try place.optionalNumber("cap")
        isBinding = try place.flag("binding", otherwise: false)
        exceedsCap = try place.flag("exceeds_cap", otherwise: false)
        missesFloor = try place.flag("misses_floor", otherwise: false)
        uniqueTokenPrice = try place.optionalNumber("shadow_price")
        rawWeight = try place.optionalNumber("raw_weight")
        passesOverFiles = try place.optionalNumber("passes_over_files")
    }
}

extension MixtureFile.Method {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        name = try place.text("method")
        error = try place.optionalText("error")
        effectiveTokens = try place.optionalNumber("effective_tokens")
        freshTokens = try place.optionalNumber("fresh_tokens")
        loss = try place.optionalNumber("loss")
        pilotLosses = try place.numbers("pilot_losses")
        divergence = try place.optionalNumber("kl_to_natural")
        sources = try place.list("sources", of: MixtureFile.Share.init)
    }
}

extension MixtureFile.Pilots {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        fit = try place.text("fit")
        runs = try place.optionalNumber("runs")
        targets = try place.list("targets", of: MixtureFile.Target.init)
    }
}

extension MixtureFile.Target {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        name = try place.text("target")
        importance = try place.optionalNumber("importance")
        spearman = try place.optionalNumber("spearman")
        straightLineSpearman = try place.optionalNumber("straight_line_spearman")
        error = try place.optionalNumber("error")
        fittedError = try place.optionalNumber("fitted_error")
    }
}
