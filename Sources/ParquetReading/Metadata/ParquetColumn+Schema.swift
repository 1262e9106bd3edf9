extension ParquetColumn {
    /// The most bytes of the paths of all columns together; those of a forged schema grow with its square.
    private static let longestPaths = 64 << 20

    /// A group whose children are being read.
    private struct Group {
        var childrenLeft: Int
        var path: String
        var maximumDefinition: Int
        /// The path of the nearest list above or here.
        var list: String?
    }

    /// The leaves of a schema, which lists its nodes depth first, each group before its children.
    static func leaves(of schema: [SchemaElement]) throws(ParquetError) -> [ParquetColumn] {
        guard let root = schema.first, root.physical == nil else { throw .damaged("the schema has no root") }
        var open = [Group(childrenLeft: root.childCount, path: "", maximumDefinition: 0, list: nil)]
        var columns: [ParquetColumn] = []
        var pathBytes = 0
        for element in schema.dropFirst() {
            while open.last?.childrenLeft == 0 { open.removeLast() }
            guard let parent = open.last else { throw .damaged("the schema has nodes without a parent") }
            open[open.count - 1].childrenLeft -= 1
            let path = open.count == 1 ? element.name : "\(parent.path).\(element.name)"
            pathBytes += path.utf8.count
            guard pathBytes <= longestPaths else {
                throw ParquetError(.tooLarge, "the schema's paths have over 64 MiB", advice: "shorten them")
            }
            let definition = parent.maximumDefinition + (element.repetition == .required ? 0 : 1)
            let list = element.repetition == .repeated ? path : parent.list
            if let physical = element.physical {
                columns.append(
                    ParquetColumn(
                        index: columns.count, path: path, element: element, physical: physical,
                        maximumDefinition: definition, list: list))
            } else {
                open.append(
                    Group(childrenLeft: element.childCount, path: path, maximumDefinition: definition, list: list))
            }
        }
        guard open.allSatisfy({ $0.childrenLeft == 0 }) else { throw .damaged("the schema ends within a group") }
        return columns
    }

    private init(
        index: Int, path: String, element: SchemaElement, physical: PhysicalType, maximumDefinition: Int, list: String?
    ) {
        self.index = index
        self.path = path
        self.physical = physical
        self.maximumDefinition = maximumDefinition
        isUnsigned = if case .integer(_, isSigned: false)? = element.meaning { true } else { false }
        let name =
            switch element.meaning {
            case nil: physical.name
            case .other(let meaning): "\(physical.name) (\(meaning))"
            case .integer(let bits, let isSigned): "\(physical.name) (\(isSigned ? "INT" : "UINT")_\(bits))"
            }
        type = name
        kind = list == nil ? Self.kind(physical, element.meaning) : nil
        if let list {
            refusal = "it has any number of values a row, since '\(list)' is a list"
            advice = "have the writer join them into a column with one value a row"
        } else {
            refusal = kind == nil ? "values of type \(name) are not read" : nil
            advice = "have the writer cast them to text (STRING), INT64 or DOUBLE"
        }
    }

    /// The kind of values for a stored type and its meaning; `nil` if the bytes would need interpretation to be useful.
    private static func kind(_ physical: PhysicalType, _ meaning: SchemaElement.Logical?) -> Kind? {
        if case .other("DECIMAL")? = meaning { return nil }
        switch physical {
        case .boolean: return .boolean
        case .float: return .float
        case .double: return .double
        case .int32: return .integer
        case .int64:
            if case .integer(_, isSigned: false)? = meaning { return .unsignedInteger }
            return .integer
        case .int96, .fixedLengthByteArray: return nil
        case .byteArray:
            switch meaning {
            case nil, .other("STRING"), .other("ENUM"), .other("JSON"): return .text
            default: return nil
            }
        }
    }
}
