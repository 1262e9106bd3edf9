/// The prior knowledge of a law's coefficients, before the user's runs were measured.
///
/// Each term says that a quantity, such as `log(A) - 19.5*alpha`, is normally distributed with a center and a width. A
/// width is the true standard deviation: how far the quantity differs between corpora, tokenizers and recipes.
public struct CoefficientPrior: Sendable, Hashable {
    /// One statement.
    public struct Term: Sendable, Hashable {
        /// A sum of coefficients and logarithms of coefficients, each times a number, as formula text.
        public var quantity: String

        /// The value that the quantity is expected to have.
        public var center: Double

        /// The standard deviation around it, above 0.
        public var width: Double

        /// Creates a term.
        public init(_ quantity: String, center: Double, width: Double) {
            self.quantity = quantity
            self.center = center
            self.width = width
        }
    }

    /// The statements, which are independent of each other.
    public var terms: [Term]

    /// The source of the centers and widths.
    public var source: String

    /// Whether fits of the law use the prior by default.
    ///
    /// True for a law whose exponents are softly tied; false for a published form without a prior.
    public var isDefault: Bool

    /// Creates a prior.
    public init(_ terms: [Term], source: String, isDefault: Bool = false) {
        self.terms = terms
        self.source = source
        self.isDefault = isDefault
    }

    /// The formula of a term over coefficients.
    ///
    /// - Throws: ``LawError/unusablePrior(_:reason:model:)`` for text that is no formula of the coefficients.
    public func formula(of term: Term, coefficients: [String], model: String) throws(LawError) -> Formula {
        do {
            return try Formula(parsing: term.quantity, coefficients: coefficients, symbols: [])
        } catch {
            throw .unusablePrior(term.quantity, reason: error.reason, model: model)
        }
    }

    /// Refuses widths that are not above 0, centers that are not finite, and coefficients that a law does not have.
    ///
    /// - Throws: ``LawError/unusablePrior(_:reason:model:)`` that names the term.
    public func validate(coefficients: [String], model: String) throws(LawError) {
        for term in terms {
            guard term.width > 0, term.width < .infinity else {
                throw .unusablePrior(
                    term.quantity,
                    reason: "its width is \(term.width); a width is a positive number (hold the coefficient to fix it)",
                    model: model)
            }
            guard term.center.isFinite else {
                throw .unusablePrior(term.quantity, reason: "its center \(term.center) is not a number", model: model)
            }
            let formula = try formula(of: term, coefficients: coefficients, model: model)
            guard !formula.coefficientNames.isEmpty else {
                throw .unusablePrior(term.quantity, reason: "it names no coefficient", model: model)
            }
        }
    }
}

extension CoefficientPrior.Term {
    /// Whether the quantity names a coefficient.
    package func mentions(_ name: String) -> Bool {
        quantity.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == name[...] }
    }
}

extension CoefficientPrior {
    /// A prior around the coefficients' values, with widths that express how much they differ between corpora and
    /// tokenizers.
    ///
    /// The widths are this project's judgement: 10 % for a floor in nats per token, 15 % for an exponent, a factor of
    /// e^0.5 for a factor.
    ///
    /// - Parameters:
    ///   - coefficients: The coefficients; those held or without a positive value are left out.
    ///   - source: The source of the values.
    /// - Returns: The prior.
    public static func around(_ coefficients: [Coefficient], source: String) -> CoefficientPrior {
        var terms: [Term] = []
        for coefficient in coefficients where !coefficient.isHeld {
            guard let value = coefficient.value, value > 0 else { continue }
            let start = coefficient.start ?? value / 6...value * 6
            if coefficient.unit == "nats/token", start.upperBound < 30 * start.lowerBound {
                terms.append(Term("log(\(coefficient.name))", center: Elementary.log(value), width: 0.1))
            } else if coefficient.upperBound <= 10 {
                terms.append(Term(coefficient.name, center: value, width: 0.15 * value))
            } else {
                terms.append(Term("log(\(coefficient.name))", center: Elementary.log(value), width: 0.5))
            }
        }
        return CoefficientPrior(terms, source: source + "; widths are this project's judgement")
    }
}

extension CoefficientPrior {
    /// The prior that published fits to English text in nats per token give for E + A/N^α + B/D^β.
    ///
    /// Its terms are the floor, both factors at the size of typical runs, the exponent of size, and the exponent of
    /// data, which is expected near that of size.
    ///
    /// E and α are those of Besiroglu et al. 2024; the factors are those of the C4 backbone of Muennighoff et al. 2023,
    /// at N = e^19.5 and D = e^23.5. The widths are the differences of these values between corpora.
    ///
    /// - Parameters:
    ///   - hasSize: Whether the law has A and α.
    ///   - hasData: Whether the law has B and β.
    ///   - further: Terms on other coefficients.
    ///   - isDefault: Whether fits of the law use the prior by default.
    /// - Returns: The prior.
    public static func englishText(
        hasSize: Bool = true, hasData: Bool = true, and further: [Term] = [], isDefault: Bool = false
    ) -> CoefficientPrior {
        var terms = [Term("log(E)", center: Elementary.log(1.82), width: 0.1)]
        if hasSize { terms.append(Term("log(A) - 19.5*alpha", center: -0.621, width: 0.5)) }
        if hasData { terms.append(Term("log(B) - 23.5*beta", center: -0.983, width: 0.5)) }
        if hasSize { terms.append(Term("alpha", center: 0.35, width: 0.05)) }
        if hasData {
            terms.append(
                hasSize
                    ? Term("beta - alpha", center: 0, width: 0.05) : Term("beta", center: 0.35, width: 0.07))
        }
        return CoefficientPrior(
            terms + further,
            source:
                "published fits to English text in nats per token: E, alpha of Besiroglu et al. 2024, factors of the C4 "
                + "backbone of Muennighoff et al. 2023; widths as these differ between corpora",
            isDefault: isDefault)
    }
}
