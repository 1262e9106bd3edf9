/// Why a block cannot be decompressed.
public enum BlockFault: Error, Sendable, Equatable {
    /// The bytes are not what the codec writes, or hold another number of bytes than expected.
    case damaged(reason: String)
    /// No memory was left for the decompressor: the machine's failure, not damage.
    case outOfMemory
}

extension BlockFault: CustomStringConvertible {
    /// A clause: what is wrong.
    public var description: String {
        switch self {
        case .damaged(let reason): reason
        case .outOfMemory: "there is no memory left to decompress it"
        }
    }
}
