import CorpusAudit
import LawFiles
import OrderedJSON
public import ScalingLaws

extension Report.Part {
    /// Reads a file that a report can show: an audit, a plan, a mixture, a fit, a law, a sweep, an upsampling, a
    /// comparison or a design, recognised by the format that it names.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - name: The name of the file in the report.
    ///   - forms: The laws that a law file may name as its form.
    /// - Throws: ``ReportFileError``, `AuditFileError` or `LawFileError`, for a file that is damaged, of another format
    ///   or of a later version.
    public init(
        parsing bytes: [UInt8], name: String, forms: Registry<any ScalingLaw>
    ) throws {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw ReportFileError.notJSON(error)
        }
        let known =
            "\"datawall-audit\", -plan, -mixture, -fit, -law, -sweep, -upsampling, -comparison or -design"
        guard case .string(let format)? = json["format"] else {
            throw ReportFileError.otherFormat(nil, expected: known)
        }
        switch format {
        case "datawall-audit": self = .audit(try Audit(parsing: bytes), name: name)
        case PlanFile.formatName: self = .plan(try PlanFile(json), name: name)
        case MixtureFile.formatName: self = .mixture(try MixtureFile(json), name: name)
        case FitFile.formatName: self = .fit(try FitFile(json), name: name)
        case FileLaw.formatName: self = .law(try FileLaw(parsing: bytes, forms: forms, file: name), name: name)
        case SweepFile.formatName: self = .sweep(try SweepFile(json), name: name)
        case UpsamplingFile.formatName: self = .upsampling(try UpsamplingFile(json), name: name)
        case ComparisonFile.formatName: self = .comparison(try ComparisonFile(json), name: name)
        case DesignFile.formatName: self = .design(try DesignFile(json), name: name)
        default: throw ReportFileError.otherFormat(format, expected: known)
        }
    }
}
