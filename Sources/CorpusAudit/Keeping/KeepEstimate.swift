/// The disk space that kept documents will take, as estimated before they are written.
public struct KeepEstimate: Sendable, Equatable {
    /// Bytes that the files will take: an estimate from the sizes of the shards and the documents that stay of each.
    public var bytes: Int

    /// Free bytes in the folder's file system; `nil` if it does not report them.
    public var freeBytes: Int?

    /// Creates an estimate.
    public init(bytes: Int, freeBytes: Int?) {
        self.bytes = bytes
        self.freeBytes = freeBytes
    }
}
