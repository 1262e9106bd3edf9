import ScalingLaws

extension ScalingLaw {
    /// Whether the law depends on both parameters and tokens, so that it can weigh one against the other.
    var weighsParametersAgainstTokens: Bool {
        let symbols = formula.symbols
        let data: Set<RunSymbol> = [.tokens, .uniqueTokens, .repetitions]
        let quantities = [
            symbols.contains(.parameters), !symbols.isDisjoint(with: data), symbols.contains(.compute),
        ]
        return quantities.filter { $0 }.count >= 2
    }

    /// Refuses a law that cannot weigh parameters against tokens.
    func checkSuitability() throws(PlanningError) {
        guard !weighsParametersAgainstTokens else { return }
        let symbols = formula.symbols
        let known =
            symbols.contains(.compute)
            ? "compute" : symbols.contains(.parameters) ? "parameters" : symbols.isEmpty ? "nothing" : "data"
        throw .unsuitableLaw(
            "law '\(card.identifier)' depends on \(known) only, so it cannot weigh parameters against tokens: choose a law "
                + "of both, such as 'chinchilla' or 'muennighoff'")
    }
}
