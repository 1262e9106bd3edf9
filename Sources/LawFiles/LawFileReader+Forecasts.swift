import OrderedJSON
import ScalingLaws

// What a law file says of priors and of the errors of forecasts.

extension LawFileReader {
    func prior(_ value: JSONValue?, _ warnings: inout [String]) throws(LawFileError) -> CoefficientPrior? {
        guard let value, let members = try object(value, "prior") else { return nil }
        warnings += unknownKeys(members, ["terms", "source", "default"], "prior.")
        guard case .array(let elements) = value["terms"] else {
            throw fail("prior.terms", "must be a list of objects with quantity, center and width")
        }
        var terms: [CoefficientPrior.Term] = []
        for (index, element) in elements.enumerated() {
            let place = "prior.terms[\(index)]"
            guard let quantity = try string(element["quantity"], place + ".quantity") else {
                throw fail(place + ".quantity", "missing: write a quantity such as log(E)")
            }
            guard let center = try number(element["center"], place + ".center") else {
                throw fail(place + ".center", "missing")
            }
            guard let width = try number(element["width"], place + ".width") else {
                throw fail(place + ".width", "missing")
            }
            guard width > 0 else {
                throw fail(place + ".width", "must be positive, not \(width); hold the coefficient to fix it")
            }
            terms.append(CoefficientPrior.Term(quantity, center: center, width: width))
        }
        return CoefficientPrior(
            terms, source: try string(value["source"], "prior.source") ?? file,
            isDefault: try bool(value["default"], "prior.default") ?? false)
    }

    func forecastError(_ value: JSONValue?, _ warnings: inout [String]) throws(LawFileError) -> ForecastError? {
        guard let value, let members = try object(value, "forecast_error") else { return nil }
        warnings += unknownKeys(members, ["scatter", "growth_per_decade", "flops"], "forecast_error.")
        let rows = try matrix(value["scatter"], "forecast_error.scatter", 2) ?? []
        let points = rows.map { ForecastError.Scatter(logLoss: $0[0], quantile: $0[1]) }
        for (index, point) in points.enumerated() {
            guard point.quantile >= 0, index == 0 || points[index - 1].logLoss < point.logLoss else {
                throw fail(
                    "forecast_error.scatter[\(index)]",
                    "must be the logarithm of a loss, above the one before, and a quantile of 0 or more")
            }
        }
        let growth = try number(value["growth_per_decade"], "forecast_error.growth_per_decade")
        let compute = try number(value["flops"], "forecast_error.flops")
        guard !points.isEmpty, let growth, growth >= 0, let compute, compute > 0 else {
            throw fail("forecast_error", "needs scatter, growth_per_decade (0 or more) and flops (positive)")
        }
        return ForecastError(scatter: points, growth: growth, compute: compute)
    }

    func recipeDoubt(_ value: JSONValue?, _ card: ModelCard) throws(LawFileError) -> RecipeDoubt? {
        guard let value, try object(value, "recipe_doubt") != nil else { return nil }
        guard let name = try string(value["coefficient"], "recipe_doubt.coefficient"),
            card.coefficientNames.contains(name)
        else { throw fail("recipe_doubt.coefficient", "must name one of the law's coefficients") }
        guard let width = try number(value["log_width"], "recipe_doubt.log_width"), width > 0 else {
            throw fail("recipe_doubt.log_width", "must be positive")
        }
        return RecipeDoubt(coefficient: name, logWidth: width)
    }
}
