extension Audit {
    /// A shard that was read.
    public struct Input: Sendable, Equatable {
        /// Its path as it was named.
        public var shard: String
        /// The sources of its records: one, or several where records name their own.
        public var sources: [String]
        /// The file's size.
        public var bytes: Int
        /// XXH3-128 of the file.
        public var digest: Fingerprint
        /// Records with a text.
        public var documents: Int

        /// Creates an input.
        public init(shard: String, sources: [String], bytes: Int, digest: Fingerprint, documents: Int) {
            self.shard = shard
            self.sources = sources
            self.bytes = bytes
            self.digest = digest
            self.documents = documents
        }
    }
}
