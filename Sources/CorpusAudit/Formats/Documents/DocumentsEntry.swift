extension ShardFormat {
    /// Documents that another program pushes.
    public static let documents = ShardFormat("documents", .documents, of: DocumentsEntry()) {
        opening throws(StreamFault) in try DocumentsReader(opening)
    }
}

/// Recognises streams of pushed documents.
struct DocumentsEntry: FormatEntry {
    let name = "documents"
    let suffixes = [".dwdocs"]
    let signatures = [DocumentsStream.signature]

    func format(_ selection: FormatSelection) -> ShardFormat { .documents }
}
