/// Why a sample cannot be written.
public enum SampleError: Error, Sendable, Hashable {
    /// The folder holds something already.
    case folderNotEmpty(path: String)

    /// A file or folder cannot be written: a full disk, a missing right.
    case cannotWrite(path: String, reason: String, folder: String)

    /// Compression was requested for shards that no program reads compressed.
    case cannotCompress(path: String, format: String)
}

extension SampleError: CustomStringConvertible {
    /// One sentence that says what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .folderNotEmpty(let path):
            "the folder \(path) is not empty, so a sample would mix with other files: name a new folder"
        case .cannotWrite(let path, let reason, let folder):
            "\(path) cannot be written: \(reason); the sample in \(folder) is not whole: make room, and sample again into another folder"
        case .cannotCompress(let path, let format):
            "\(path) holds token ids (\(format)), which trainers map into memory unchanged: sample them without compression"
        }
    }
}
