#if arch(x86_64)
    import BuiltInModels
    import ScalingLaws
    import Testing

    @Suite struct LawDerivativeTests {
        /// Every shipped law whose constants are known.
        static let names = ModelCatalog.standard.laws.models.filter(\.card.hasValues).map(\.card.identifier)

        @Test(
            "losses and derivatives agree with 80-bit arithmetic over random points of each law's range",
            arguments: names)
        func derivatives(name: String) throws {
            let seed: UInt64 = 20_260_501
            var generator = SeededGenerator(seed: seed)
            let law = try ModelCatalog.standard.laws.model(named: name)
            let formula = law.formula
            let compiled = try law.compiled()
            let values = compiled.coefficients
            let range = law.card.validity
            for index in 0..<60 {
                let parameters = generator.logUniform(range.parameters ?? 1e7...1e10)
                let unique = generator.logUniform(range.uniqueTokens ?? range.tokens ?? 1e8...1e12)
                // Half the points below one epoch, half above; never where a law has a kink.
                let epochs = index.isMultiple(of: 2) ? generator.logUniform(0.05...0.9) : generator.logUniform(1.2...60)
                let tokens = unique * epochs
                let precise = PreciseEvaluation(
                    parameters: Float80(parameters), tokens: Float80(tokens), uniqueTokens: Float80(unique),
                    epochs: Float80(epochs),
                    coefficients: Dictionary(
                        uniqueKeysWithValues: zip(law.card.coefficientNames, values.map { Float80($0) })))
                let place: Comment = "seed \(seed), point \(index): N \(parameters), D \(tokens), U \(unique)"

                let gradient = try compiled.gradient(parameters: parameters, tokens: tokens, uniqueTokens: unique)
                let loss = Double(precise.value(formula))
                #expect(abs(gradient.loss / loss - 1) < 1e-13, place)

                // Slopes against what they are made of: a slope that is a tiny rest of larger ones is held to those.
                func close(_ slope: Double, _ reference: Float80, scale: Double) -> Bool {
                    abs(slope - Double(reference)) <= 1e-7 * abs(Double(reference)) + 1e-12 * scale
                }
                #expect(
                    close(gradient.byParameters, precise.slope(formula, in: \.parameters), scale: loss / parameters),
                    place)
                #expect(close(gradient.byTokens, precise.slope(formula, in: \.tokens), scale: loss / tokens), place)
                #expect(
                    close(gradient.byUniqueTokens, precise.slope(formula, in: \.uniqueTokens), scale: loss / unique),
                    place)

                let slopes = try compiled.coefficientGradient(
                    parameters: parameters, tokens: tokens, uniqueTokens: unique)
                for (position, name) in law.card.coefficientNames.enumerated() where values[position] != 0 {
                    let reference = precise.slope(formula, in: \.[name])
                    #expect(
                        close(slopes[position], reference, scale: loss / abs(values[position])), "\(name), \(place)")
                }

                let curvature = try compiled.curvature(parameters: parameters, tokens: tokens, uniqueTokens: unique)
                func near(_ value: Double, _ reference: Float80, scale: Double) -> Bool {
                    abs(value - Double(reference)) <= 1e-6 * abs(Double(reference)) + 1e-7 * scale
                }
                #expect(
                    near(
                        curvature.parametersTwice, precise.curvature(formula, in: \.parameters, and: \.parameters),
                        scale: loss / parameters / parameters), place)
                #expect(
                    near(
                        curvature.tokensTwice, precise.curvature(formula, in: \.tokens, and: \.tokens),
                        scale: loss / tokens / tokens), place)
                #expect(
                    near(
                        curvature.uniqueTokensTwice,
                        precise.curvature(formula, in: \.uniqueTokens, and: \.uniqueTokens),
                        scale: loss / unique / unique), place)
                #expect(
                    near(
                        curvature.parametersAndTokens, precise.curvature(formula, in: \.parameters, and: \.tokens),
                        scale: loss / parameters / tokens), place)
                #expect(
                    near(
                        curvature.parametersAndUniqueTokens,
                        precise.curvature(formula, in: \.parameters, and: \.uniqueTokens),
                        scale: loss / parameters / unique), place)
                #expect(
                    near(
                        curvature.tokensAndUniqueTokens, precise.curvature(formula, in: \.tokens, and: \.uniqueTokens),
                        scale: loss / tokens / unique), place)

                let rows = try compiled.coefficientCurvature(
                    parameters: parameters, tokens: tokens, uniqueTokens: unique)
                for row in rows.indices {
                    for column in rows.indices where values[row] != 0 && values[column] != 0 {
                        let scale = loss / abs(values[row] * values[column])
                        #expect(abs(rows[row][column] - rows[column][row]) <= 1e-12 * scale, place)
                    }
                    let (first, last) = (law.card.coefficientNames[row], law.card.coefficientNames[rows.count - 1])
                    guard values[row] != 0, values[rows.count - 1] != 0 else { continue }
                    let reference = precise.curvature(
                        formula, in: \.[first], and: \.[last])
                    #expect(
                        near(
                            rows[row][rows.count - 1], reference,
                            scale: loss / abs(values[row] * values[rows.count - 1])), "\(first), \(last), \(place)")
                }
            }
        }
    }
#endif
