public import BuiltInModels
public import DataWallReports
import LawFiles

/// All options of `datawall report`, which makes one page of audits, plans, mixtures, fits, laws, sweeps, upsamplings,
/// comparisons and designs.
public struct ReportRequest: Sendable {
    /// The paths of the files, in the order of the page; one may be `-` for standard input.
    public var files: [String]

    /// The page's title; `nil` for one made of the parts.
    public var title: String?

    /// Creates a request.
    ///
    /// - Parameter files: The paths of the files.
    public init(files: [String]) { self.files = files }

    /// Refuses files that cannot all be read.
    ///
    /// - Throws: ``RequestError``.
    public func validate() throws(RequestError) {
        try RequestError.refuse([
            (files.isEmpty, "Name the files to show, such as audit.json plan.json."),
            (files.count { $0 == "-" } > 1, "Standard input can be read once: name '-' once."),
        ])
    }

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - models: The laws for drawing plans, in addition to those of the files.
    ///   - madeBy: The command line that makes the page again.
    /// - Returns: The report, whose `html()` is the page.
    /// - Throws: ``InputFailure`` for a file that cannot be read or has another format, `LawFileError` for a law file
    ///   that cannot be used.
    public func run(models: ModelCatalog = .standard, madeBy: String = "datawall report") throws -> Report {
        try validate()
        let parts = try files.map { file in
            let input = try InputFile(path: file)
            do {
                return try Report.Part(parsing: input.bytes, name: input.name, forms: models.laws)
            } catch let error as LawFileError {
                throw error
            } catch {
                throw InputFailure(file, error)
            }
        }
        return Report(title: title, parts: parts, laws: models.laws.models, madeBy: madeBy)
    }
}
