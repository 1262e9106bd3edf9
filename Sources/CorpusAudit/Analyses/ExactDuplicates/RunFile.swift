import OrderedJSON

/// A file of unit records: a ``SortedFile`` with the names for the records' numbers.
///
/// Its magic is "DWALLRUN". The header's own numbers are the number of tokenizers, and 1 if records have scores, else
/// 0. The stride is that of the ``RecordLayout``. Records are sorted by fingerprint (high, low), then origin, position.
struct RunFile: Sendable {
    let file: SortedFile
    let origins: [RunOrigin]
    let layout: RecordLayout

    var path: String { file.path }
    var recordCount: Int { file.count }

    static let recordsPerBlock = 1_600
    private static let magic = Array("DWALLRUN".utf8)

    /// Opens a run and checks its frame; blocks are checked as they are read.
    init(opening path: String) throws(RunError) {
        let (file, header, footer) = try SortedFile.open(path, magic: Self.magic) { header in
            let layout = RecordLayout(header)
            return (1...RecordLayout.mostTokenizers).contains(layout.tokenizers) && header.own.1 <= 1
                && header.stride == layout.stride && header.entriesPerBlock == Self.recordsPerBlock
        }
        self.file = file
        layout = RecordLayout(header)
        do throws(JSONPathError) {
            let footer = try RunFooter(footer: footer)
            guard footer.recordCount == file.count else {
                throw JSONPathError(path: "records", reason: "must be \(file.count), not \(footer.recordCount)")
            }
            origins = footer.origins
        } catch { throw .damaged(path: path, reason: "in its footer, \(error)") }
    }

    /// The header of a run whose records have a layout.
    static func header(_ layout: RecordLayout) -> SortedFile.Header {
        SortedFile.Header(
            magic: magic, stride: layout.stride, entriesPerBlock: recordsPerBlock,
            own: (UInt32(layout.tokenizers), layout.hasScores ? 1 : 0))
    }
}

extension RecordLayout {
    fileprivate init(_ header: SortedFile.Header) {
        self.init(tokenizers: Int(header.own.0), hasScores: header.own.1 == 1)
    }
}
