import BuiltInModels
import Foundation
import LawFiles
import ScalingLaws
import TestSupport
import Testing

@Suite struct FileLawTests {
    static let penalty = """
        {"format": "datawall-law", "version": 1, "name": "my-law", "summary": "a law of mine",
         "formula": "E + A/N^alpha + B/D^beta + P*R^delta*(N/U)^kappa",
         "coefficients": {"E": {"value": 2.041340, "min": 0, "start": [1, 2], "unit": "nats/token"}, "A": 506.3116,
           "alpha": 0.3381331, "B": {"value": 21682.70}, "beta": {"value": 0.4686047, "standard_error": 0.01},
           "P": 0.0559121, "delta": 0.3489573, "kappa": 0.7065441},
         "repetition": "penalty", "setup": {"corpus": "mine", "tokenizer": "gpt2", "bytes_per_token": null},
         "validity": {"parameters": [1e7, 1e10], "tokens": [1e9, 1e12], "unique_tokens": [1e8, 2e11], "epochs": [1, 16]},
         "provenance": {"kind": "user", "source": "runs.csv", "method": "huber 1e-3"},
         "ensemble": [[1.9, 400, 0.33, 20000, 0.46, 0.05, 0.4, 0.7]]}
        """

    static func read(_ text: String) throws(LawFileError) -> FileLaw {
        try FileLaw(parsing: Array(text.utf8), forms: ModelCatalog.standard.laws, file: "my-law.json")
    }

    @Test("a formula in a file gives the same loss as the same law in Swift")
    func sameLoss() throws {
        let written = try Self.read(Self.penalty).compiled()
        let swift = try ModelCatalog.standard.laws.model(named: "lovelace").compiled()
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let parameters = generator.logUniform(1e7...1e10)
            let unique = generator.logUniform(1e8...2e11)
            let tokens = unique * generator.logUniform(0.1...100)
            let loss = try written.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)
            let expected = try swift.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)
            #expect(abs(loss / expected - 1) <= 1e-12)
        }
    }

    @Test(
        "every law of the catalog reads back from its formula's text as the same law",
        arguments: ModelCatalog.standard.laws.names)
    func formulaText(name: String) throws {
        let law = try ModelCatalog.standard.laws.model(named: name)
        let file = FileLaw(card: law.card, formula: law.formula)
        let again = try Self.read(file.fileText)
        #expect(again == file)
        #expect(again.fileText == file.fileText)
        guard law.card.hasValues else { return }
        let (first, second) = (try law.compiled(), try again.compiled())
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<100 {
            let parameters = generator.logUniform(1e7...1e10)
            let unique = generator.logUniform(1e8...2e11)
            let tokens = unique * generator.logUniform(0.1...100)
            let loss = try first.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)
            let other = try second.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)
            #expect(abs(loss / other - 1) <= 1e-12)
        }
    }

    @Test(
        "the laws with a prior from the backbone alone read back, each with its prior",
        arguments: ["bounded-log", "lovelace-log", "muennighoff-soft"])
    func backbones(name: String) throws {
        let file = PackageFolder.dataset("priors/\(name)-backbone.json")
        let law = try Self.read(String(contentsOf: file, encoding: .utf8))
        let known = try ModelCatalog.standard.laws.model(named: name).card
        #expect(law.card.prior?.isDefault == true)
        #expect(law.card.prior?.terms.map(\.quantity) == known.prior?.terms.map(\.quantity))
        #expect(try law.card.values() == known.values())
        #expect(law.card.warnings.isEmpty)
    }

    @Test("family, evidence, prior, error of forecasts and doubt about the recipe read back as they were written")
    func forecasts() throws {
        let card = try ModelCatalog.standard.laws.model(named: "bounded-log").card
        let again = try Self.read(
            FileLaw(card: card, form: try ModelCatalog.standard.laws.model(named: "bounded-log")).fileText)
        #expect(again.card.prior == card.prior)
        #expect(again.card.forecastError == card.forecastError)
        #expect(again.card.recipeDoubt == card.recipeDoubt)
        #expect(again.card.family == "bounded-log")
        #expect(again.card.setup.weightDecay == 0.1)
        #expect(!card.evidence.isEmpty && again.card.evidence == card.evidence)
        #expect(card.validity.tokensPerParameter != nil && again.card.validity == card.validity)
    }

    @Test(
        "an unusable prior or error of forecasts is refused with its place",
        arguments: [
            (#""prior": {"terms": [{"quantity": "log(A)", "center": 1, "width": 0}]}"#, "prior.terms[0].width"),
            (#""prior": {"terms": [{"quantity": "log(A)", "width": 1}]}"#, "prior.terms[0].center"),
            (#""prior": {"terms": [{"quantity": "kapa", "center": 1, "width": 1}]}"#, "coefficients"),
            (
                #""forecast_error": {"scatter": [[1, 0.1], [0.9, 0.1]], "growth_per_decade": 0, "flops": 1}"#,
                "forecast_error.scatter[1]"
            ),
            (
                #""forecast_error": {"scatter": [[1, 0.1]], "growth_per_decade": -1, "flops": 1}"#,
                "forecast_error.growth_per_decade"
            ),
            (#""recipe_doubt": {"coefficient": "Q", "log_width": 1}"#, "recipe_doubt.coefficient"),
            (
                #""evidence": [{"regime": "often", "contrast_error": 0.1, "runs": 3, "data": "mine"}]"#,
                "evidence[0].regime"
            ),
            (
                #""evidence": [{"regime": "one_epoch", "contrast_error": 0, "runs": 3, "data": "mine"}]"#,
                "evidence[0].contrast_error"
            ),
        ])
    func unusable(member: String, place: String) throws {
        let text = Self.penalty.replacing("\"repetition\": \"penalty\"", with: "\"repetition\": \"penalty\", \(member)")
        let error = #expect(throws: LawFileError.self) { try Self.read(text) }
        #expect(error?.place == place, "\(error?.description ?? "")")
    }

    @Test("a file may name a known form", arguments: ModelCatalog.standard.laws.names)
    func forms(name: String) throws {
        let law = try ModelCatalog.standard.laws.model(named: name)
        var card = law.card
        card.identifier = "mine"
        let file = FileLaw(card: card, form: law)
        #expect(file.form == name)
        #expect(try Self.read(file.fileText) == file)
    }

    @Test("what a file says is what its card says")
    func card() throws {
        let card = try Self.read(Self.penalty).card
        #expect(card.identifier == "my-law")
        #expect(card.coefficientNames == ["E", "A", "alpha", "B", "beta", "P", "delta", "kappa"])
        #expect(card.coefficients[0].start == 1...2)
        #expect(card.coefficients[0].lowerBound == 0)
        #expect(card.coefficients[4].standardError == 0.01)
        #expect(card.repetition == .penalty)
        #expect(card.validity.epochs == 1...16)
        #expect(card.setup.tokenizer == "gpt2")
        #expect(card.setup.bytesPerToken == nil)
        #expect(card.provenance == Provenance(kind: .user, source: "runs.csv", method: "huber 1e-3"))
        #expect(card.ensemble.count == 1)
        #expect(card.warnings.isEmpty)
    }

    static func small(_ formula: String, _ coefficients: String, _ more: String = "") -> String {
        """
        {"format": "datawall-law", "version": 1, "name": "x", "formula": "\(formula)", "coefficients": {\(coefficients)}\(more)}
        """
    }

    @Test(
        "what is wrong is said with the place",
        arguments: [
            ("[1]", "a law file is a JSON object, not an array"),
            ("{\"format\": ", "unusable JSON: the text ends before a value at line 1, column 12"),
            (#"{"format": "datawall-plan"}"#, "format: this is a 'datawall-plan' file, not a 'datawall-law' one"),
            (
                #"{"format": "datawall-law", "version": 2}"#,
                "version: a law file of version 2, and this datawall reads up to 1: use a newer datawall"
            ),
            (#"{"format": "datawall-law", "version": 1}"#, "name: is missing"),
            (
                #"{"format": "datawall-law", "version": 1, "name": "x", "coefficients": {}}"#,
                "neither a 'formula' nor a 'form': give one"
            ),
            (
                #"{"format": "datawall-law", "version": 1, "name": "x", "form": "chinchila", "coefficients": {}}"#,
                "form: there is no law named 'chinchila'; did you mean 'chinchilla'?"
            ),
            (
                #"{"format": "datawall-law", "version": 1, "name": "x", "form": "chinchilla", "coefficients": {"E": 1}}"#,
                "coefficients: form 'chinchilla' needs 'A', which is missing"
            ),
            (
                #"{"format": "datawall-law", "version": 1, "name": "x", "form": "chinchilla", "coefficients": {"Z": 1}}"#,
                "coefficients.Z: form 'chinchilla' has no coefficient 'Z'; it has E, A, alpha, B, beta"
            ),
            (small("E + A/N", #""E": 1"#), "formula: 'A' is neither a coefficient nor a symbol"),
            (small("E + (N", #""E": 1"#), "formula: a bracket that is never closed"),
            (small("E", #""E": 1, "E": 2"#), #"unusable JSON: the key "E" occurs twice"#),
            (small("E", #""E": 1, "A": 2"#), "coefficients.A: the formula does not use 'A': remove it"),
            (small("E + N", #""E": 1, "N": 2"#), "coefficients.N: 'N' is a symbol of the run"),
            (small("E", #""E": "one""#), "coefficients.E: must be a number or an object with a value, not a string"),
            (small("E", #""E": {"value": "one"}"#), "coefficients.E.value: must be a number, not a string"),
            (
                small("E", #""E": {"value": -1, "min": 0}"#),
                "coefficients: coefficient 'E' of law 'x' is -1, outside its bounds 0 and up"
            ),
            (
                small("E", #""E": {"value": 1, "min": 2, "max": 0}"#),
                "coefficients.E: has its min 2.0 above its max 0.0"
            ),
            (
                small("E", #""E": {"start": [1, 5], "max": 3}"#),
                "coefficients.E.start: 1.0 to 5.0 reaches outside the bounds"
            ),
            (
                small("E", #""E": {"start": [2, 1]}"#),
                "coefficients.E.start: has its first number 2.0 above its second 1.0"
            ),
            (
                small("E + A/(E - 1)", #""E": 1, "A": 1"#),
                "formula: law 'x' has no finite value at every run: the part A/(E - 1) is inf"
            ),
            (
                small("1/E + 1/(1/(E - E))", #""E": {"start": [1, 3]}"#),
                "the part 1/(E - E) is inf"
            ),
            (small("log(-N) + E", #""E": 1"#), "the part log(-N) is"),
            (
                small("E", #""E": 1"#, #", "repetition": "some""#),
                "repetition: must be one of none, curve, penalty, not 'some'"
            ),
            (
                small("E", #""E": 1"#, #", "validity": {"tokens": [0, 1]}"#),
                "validity.tokens: must be positive, not 0.0"
            ),
            (small("E", #""E": 1"#, #", "ensemble": [[1, 2]]"#), "ensemble[0]: must be 1 numbers"),
            (small("E", #""E": 1"#, #", "setup": {"bytes_per_token": -4}"#), "setup.bytes_per_token: must be positive"),
            (
                small("E", #""E": 1"#, #", "provenance": {"kind": "guess"}"#),
                "provenance.kind: must be one of published, refit here, user, not 'guess'"
            ),
            (small("E", #""E": 1"#, #", "summary": 3"#), "summary: must be a string, not a number"),
            (small("E", #""E": 1e400"#), "unusable JSON: a number too large to hold at line 1"),
            (small("E", #""E": 1"#, #", "prior": {"source": "x"}"#), "prior.terms: is missing"),
            (small("E", #""E": 1"#, #", "covariance": [[1], [2]]"#), "covariance: 2 rows for 1 coefficients"),
            (#"{"version": 1}"#, "format: missing"),
            (#"{"format": "datawall-law"}"#, #"version: missing: write "version": 1"#),
            (#"{"format": "datawall-law", "version": 1.5}"#, "version: must be a whole number from 1 up"),
        ])
    func errors(text: String, expected: String) {
        let error = #expect(throws: LawFileError.self) { try Self.read(text) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "no error")")
        #expect(error?.description.hasPrefix("my-law.json") == true)
    }

    @Test("keys that are not known are passed over with a warning that says so")
    func unknownKeys() throws {
        let law = try Self.read(Self.small("E", #""E": {"value": 1, "mni": 0}"#, #", "sumary": "x""#))
        #expect(law.card.warnings.count == 2)
        #expect(
            law.card.warnings[0].contains("'coefficients.E.mni' is not known and was passed over; did you mean 'min'?"))
        #expect(law.card.warnings[1].contains("'sumary'"))
    }

    @Test("a law without values can be read, and says which value it lacks when asked")
    func formsOnly() throws {
        let law = try Self.read(Self.small("E + 1/N^a", #""E": {"start": [1, 2]}, "a": {}"#))
        #expect(throws: LawError.missingCoefficient("E", model: "x")) { try law.compiled() }
    }
}
