public import ScalingLaws

extension Registry where Model == any MixtureMethod {
    /// Creates a registry of a program's own mixture methods under their identifiers.
    ///
    /// - Precondition: The identifiers differ.
    public init(mixtures: [any MixtureMethod]) {
        self.init(kind: "mixture method", mixtures) { $0.identifier }
    }

    /// Adds a mixture method under its identifier.
    ///
    /// - Throws: `LawError.duplicateName(_:kind:)` where the name is taken.
    public mutating func register(_ method: any MixtureMethod) throws(LawError) {
        try register(method, named: method.identifier)
    }
}
