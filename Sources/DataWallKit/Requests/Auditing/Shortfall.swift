import CorpusAudit
import Quantities

/// The reason why an answer is not complete: inputs that do not exist, files that were not read, damage.
public struct Shortfall: Error, Sendable, CustomStringConvertible {
    /// One sentence that says what is missing, and how much.
    public let description: String

    /// Whether an input did not exist, which is more serious than damage.
    public let isInputMissing: Bool

    private init(_ description: String, isInputMissing: Bool = false) {
        self.description = description
        self.isInputMissing = isInputMissing
    }

    /// The most serious shortfall.
    ///
    /// Inputs that do not exist come first, then objects that could not be fetched, then files left unread, then damage
    /// beyond the allowed share of the records.
    init?(problems: [Problem], skipped: [Audit.Skipped], damagedShare: Double = 0, allowedShare: Double = 0) {
        let lost = problems.filter { [.unfetchedObject, .changedObject].contains($0.kind) }
        let absent: [ProblemKind] = [.missingInput, .unreadableInput, .noShards]
        let unread = skipped.filter(\.mayHoldData)
        if let problem = problems.first(where: { absent.contains($0.kind) }) {
            self.init("\(problem)", isInputMissing: true)
        } else if let first = lost.first {
            // No share of damaged records allows for an object that is missing.
            self.init(
                "\(Quantity.count(lost.count, "object")) could not be read, so counts are not complete: \(first)")
        } else if let first = unread.first {
            let count = unread.fileCount
            self.init(
                "\(Quantity.grouped(count)) \(count == 1 ? "file was" : "files were") not read, so counts are not complete: "
                    + "\(first.examples[0]): \(first.reason)")
        } else if damagedShare > allowedShare, let changed = problems.first(where: { $0.kind == .changedInput }) {
            let count = problems.count { $0.kind == .changedInput }
            self.init(
                "\(Quantity.count(count, "file")) changed while \(count == 1 ? "it was" : "they were") read, so "
                    + "\(count == 1 ? "its" : "their") counts may be wrong: \(changed.shard)")
        } else if damagedShare > allowedShare, let refused = problems.first(where: \.isOfWholeFile) {
            let count = problems.count(where: \.isOfWholeFile)
            self.init(
                "\(Quantity.count(count, "file")) could not be read and \(count == 1 ? "is" : "are") not counted: \(refused)"
            )
        } else if damagedShare > allowedShare {
            self.init(
                "\(Quantity.percent(damagedShare)) of the records are damaged, more than "
                    + "\(Quantity.percent(allowedShare)) allowed by --max-damaged; the audit names up to 100 of each kind in a shard"
            )
        } else {
            return nil
        }
    }

    /// Records to keep that could not be read.
    init(lostDocuments count: Int) {
        self.init(
            "\(Quantity.count(count, "document")) of the list could not be read and \(count == 1 ? "is" : "are") in no file: "
                + "another column of the same row group is damaged")
    }

    /// Records of a sample that could not be read.
    init(losses: Int) {
        self.init("\(Quantity.count(losses, "problem")) in the input; what they concern was left out")
    }
}

extension Problem {
    /// Whether the whole file is lost, and not records of it.
    ///
    /// Attributes that are left over are those of records that the shard does not have.
    fileprivate var isOfWholeFile: Bool { record == nil && kind.losesRecord && kind != .mismatchedAttributes }
}
