public import TrainingPlanning

extension AcceleratorTable {
    /// The accelerators that ship and those of a file.
    ///
    /// - Parameter path: The path of a table, or `nil` for none.
    /// - Returns: The table; an accelerator of the file stands for one that ships under the same name.
    /// - Throws: `AcceleratorFile.Failure`.
    public static func standard(extendedBy path: String?) throws(AcceleratorFile.Failure) -> AcceleratorTable {
        var table = standard
        guard let path else { return table }
        for accelerator in try AcceleratorFile(path: path).accelerators { table.add(accelerator) }
        return table
    }
}
