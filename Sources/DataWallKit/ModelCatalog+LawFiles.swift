public import BuiltInModels
import Foundation
public import LawFiles
public import ScalingLaws

extension ModelCatalog {
    /// The law with a name, or in a law file.
    ///
    /// - Parameter nameOrPath: A name that the catalog knows; else the path of a law file.
    /// - Returns: The law.
    /// - Throws: `LawFileError` if the file cannot be read or used, and `LawError` with the nearest names if there is
    ///   neither such a law nor such a file.
    public func law(_ nameOrPath: String) throws -> any ScalingLaw {
        if let law = laws[nameOrPath] { return law }
        let looksLikePath = nameOrPath.contains("/") || nameOrPath.lowercased().hasSuffix(".json")
        guard looksLikePath || FileManager.default.fileExists(atPath: nameOrPath) else {
            return try laws.model(named: nameOrPath)
        }
        return try lawFile(nameOrPath)
    }

    /// The law of a law file.
    ///
    /// - Parameter path: The path of the file.
    /// - Returns: The law.
    /// - Throws: `LawFileError`.
    public func lawFile(_ path: String) throws(LawFileError) -> FileLaw {
        let input: InputFile
        do {
            input = try InputFile(path: path)
        } catch {
            throw LawFileError(file: path, place: "", reason: error.reason, isInputMissing: true)
        }
        return try FileLaw(parsing: input.bytes, forms: laws, file: input.name)
    }
}
