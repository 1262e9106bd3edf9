public import OrderedJSON

extension MixtureFile {
    /// Reads a mixture file.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(ReportFileError) {
        try self.init(file: bytes, format: Self.formatName, version: Self.version)
    }

    /// Reads a mixture file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        try self.init(file: json, format: Self.formatName, version: Self.version)
    }
}
