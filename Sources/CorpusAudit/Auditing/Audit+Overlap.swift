extension Audit {
    /// What two sources share.
    public struct Overlap: Sendable, Equatable {
        /// The source that stands first in the audit.
        public var first: String
        /// The other one.
        public var second: String
        /// Distinct units found in both.
        public var units: Int
        /// Their tokens, each unit once.
        public var tokens: Int

        /// Creates an overlap.
        public init(first: String, second: String, units: Int, tokens: Int) {
            self.first = first
            self.second = second
            self.units = units
            self.tokens = tokens
        }
    }
}
