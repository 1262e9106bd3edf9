public import BuiltInModels
import Foundation
public import LawFiles
public import ScalingLaws
import ScalingLawsTesting

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

    /// The laws with some names, or in some law files, with coefficients set by name.
    ///
    /// - Parameters:
    ///   - namesOrPaths: Names or paths. A law file is called by its path if another of the laws has its name.
    ///   - values: Values by the coefficients' names.
    /// - Returns: The laws, in their order.
    /// - Throws: The errors of ``law(_:)``, and `LawError` for a coefficient that a law does not have.
    func laws(_ namesOrPaths: [String], setting values: [String: Double] = [:]) throws -> [any ScalingLaw] {
        let found = try namesOrPaths.map { name in (name: name, law: try law(name)) }
        return try found.map { name, law in
            let identifier = law.card.identifier
            let isShared = found.contains { $0.name != name && $0.law.card.identifier == identifier }
            guard isShared, var file = law as? FileLaw else { return try law.setting(values) }
            // Laws of one name stay one family, with one vote.
            file.card.family = file.card.family ?? identifier
            file.card.identifier = name
            return try file.setting(values)
        }
    }

    /// Says which promise the law of a law file breaks first, of those that plans and predictions rely on.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - name: The name or path that it was asked for with; the catalog's own laws are not checked again.
    ///   - features: Values for the further quantities that its formula reads.
    /// - Returns: Two sentences, or `nil` if it keeps them all.
    func brokenPromise(of law: any ScalingLaw, named name: String, features: [String: Double]) -> String? {
        guard laws[name] == nil else { return nil }
        let words: [ConformanceViolation.Rule: String] = [
            .finite: "some runs of its range have no finite loss",
            .fallsWithParameters: "its loss rises with more parameters",
            .fallsWithFreshData: "its loss rises with more fresh tokens",
            .fallsWithUniqueData: "its loss rises with more unique tokens, or repeats beat fresh data",
            .repetition: "it does not treat repeats as its card says",
        ]
        let broken = LawConformance(features: features).violations(of: law).compactMap { words[$0.rule] }
        guard let first = broken.first else { return nil }
        return "Do not trust the numbers of law '\(law.card.identifier)', which breaks a promise of laws: \(first). "
            + "'datawall laws --check \(name)' prints where."
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
