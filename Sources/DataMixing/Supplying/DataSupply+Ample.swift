extension DataSupply {
    /// More data than any run reads, for plans without a given supply.
    ///
    /// - Parameter bytesPerToken: Bytes of text per token, where known.
    /// - Returns: A supply under which no token is read twice.
    /// - Throws: A ``MixtureError`` for bytes that are not positive and finite.
    public static func ample(bytesPerToken: Double? = nil) throws(MixtureError) -> DataSupply {
        var supply = try DataSupply(uniqueTokens: mostUniqueTokens / 10, bytesPerToken: bytesPerToken)
        supply.isAmple = true
        return supply
    }
}
