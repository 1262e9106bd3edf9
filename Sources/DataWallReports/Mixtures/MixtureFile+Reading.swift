public import OrderedJSON

extension MixtureFile {
    /// Reads a mixture file.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(ReportFileError) {
        self = try FilePlace(bytes, format: Self.formatName, version: Self.version).record()
    }

    /// Reads a mixture file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        self = try FilePlace(json, format: Self.formatName, version: Self.version).record()
    }
}
