extension SourceSupply {
    /// Refuses sources that no plan can use.
    ///
    /// - Parameters:
    ///   - sources: The sources.
    ///   - whole: The whole that they are sources of, such as the supply.
    ///   - allowsEmpty: Whether a source may have no tokens.
    /// - Throws: ``MixtureError/contradiction(_:)`` for a name that occurs twice, and
    ///   ``MixtureError/unusableQuantity(_:value:expected:)`` for a quantity out of range.
    static func check(
        _ sources: [SourceSupply], of whole: String, allowsEmpty: Bool = false
    ) throws(MixtureError) {
        var names: Set<String> = []
        for source in sources {
            guard names.insert(source.name).inserted else {
                throw .contradiction("the source '\(source.name)' occurs twice in the \(whole): join the two")
            }
            try source.check(allowsEmpty: allowsEmpty)
        }
    }

    private func check(allowsEmpty: Bool) throws(MixtureError) {
        if allowsEmpty {
            guard uniqueTokens >= 0, uniqueTokens < .infinity else {
                throw .unusableQuantity(
                    "the unique tokens of source '\(name)'", value: uniqueTokens, expected: "0 or more and finite")
            }
        } else {
            try MixtureError.check(uniqueTokens, "the number of unique tokens of source '\(name)'")
        }
        guard quality >= 0, quality < .infinity else {
            throw .unusableQuantity("the quality of source '\(name)'", value: quality, expected: "0 or more and finite")
        }
        if let maxEpochs { try MixtureError.check(maxEpochs, "the most epochs of source '\(name)'") }
        guard floor >= 0, floor <= 1 else {
            throw .unusableQuantity("the floor of source '\(name)'", value: floor, expected: "a share from 0 to 1")
        }
        for bucket in copies {
            guard bucket.copies >= 1, bucket.uniqueTokens >= 0, bucket.fileTokens < .infinity else {
                throw .unusableQuantity(
                    "the copies of texts of source '\(name)'", value: bucket.copies, expected: "1 or more and finite")
            }
        }
    }
}
