public import OrderedJSON

extension FitFile {
    /// The name of the format, as it stands in a file.
    static let formatName = "datawall-fit"

    /// Reads a fit file.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(ReportFileError) {
        self = try FitFile(FilePlace(bytes, format: Self.formatName, version: Self.version))
    }

    /// Reads a fit file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        self = try FitFile(FilePlace(json, format: Self.formatName, version: Self.version))
    }

    private init(_ file: FilePlace) throws(ReportFileError) {
        madeBy = try file.optionalText("made_by")
        law = try file.text("law")
        formula = try file.optionalText("formula")
        source = try file.optionalText("source")
        formSource = try file.optionalText("form_source")
        runs = try file.count("runs")
        lossUnit = try file.optionalText("loss_unit")
        objective = try file.optionalText("objective")
        isConverged = try file.flag("converged", otherwise: true)
        determination = try file.optionalNumber("r_squared")
        medianRelativeError = try file.optionalNumber("median_relative_error")
        repeatability = try file.optionalNumber("repeatability")
        intervalLevel = try file.optionalNumber("interval_level")
        resamples = try file.optionalPlace("bootstrap").map { place throws(ReportFileError) in
            try place.count("samples")
        }
        coefficients = []
        for (name, place) in try file.members("coefficients") {
            coefficients.append(
                Coefficient(
                    name: name, value: try place.optionalNumber("value"),
                    isFitted: try place.flag("fitted", otherwise: true), interval: try place.range("interval"),
                    profileInterval: try place.range("profile_interval"),
                    standardError: try place.optionalNumber("standard_error"),
                    identifiability: try place.optionalText("identifiability")))
        }
        range = []
        if let spans = try file.optionalPlace("range") {
            for (quantity, _) in try file.members("range") {
                if let span = try spans.range(quantity) { range.append(Span(quantity: quantity, range: span)) }
            }
        }
        residuals = try file.list("residuals", of: Residual.init)
        holdOut = try file.optionalPlace("hold_out")?.optionalText("choice")
        scores = try file.optionalPlace("hold_out")?.list("scores", of: Score.init) ?? []
        comparison = try file.list("comparison", of: Entry.init)
        allocation = try file.optionalPlace("allocation")?.list("estimates", of: Allocation.init) ?? []
        warnings = try file.texts("warnings")
    }
}

extension FitFile.Residual {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        row = try place.count("row")
        parameters = try place.positive("parameters")
        tokens = try place.positive("tokens")
        epochs = try place.positive("epochs")
        loss = try place.positive("loss")
        predicted = try place.positive("predicted")
        logResidual = try place.number("log_residual")
    }
}

extension FitFile.Score {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        name = try place.text("name")
        fittedOn = try place.count("fitted_on")
        testedOn = try place.count("tested_on")
        meanError = try place.optionalNumber("mean_error")
        worstError = try place.optionalNumber("worst_error")
        bias = try place.optionalNumber("bias")
    }
}

extension FitFile.Entry {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        law = try place.text("law")
        determination = try place.optionalNumber("r_squared")
        medianRelativeError = try place.optionalNumber("median_relative_error")
        aicc = try place.optionalNumber("aicc")
        holdOutError = try place.optionalNumber("hold_out_error")
        note = try place.optionalText("note")
    }
}

extension FitFile.Allocation {
    fileprivate init(_ place: FilePlace) throws(ReportFileError) {
        approach = try place.text("approach")
        coefficient = try place.positive("parameters_coefficient")
        exponent = try place.number("parameters_exponent")
        points = try place.list(
            "points",
            of: { (point) throws(ReportFileError) in
                Point(flops: try point.positive("flops"), parameters: try point.positive("parameters"))
            })
    }
}
