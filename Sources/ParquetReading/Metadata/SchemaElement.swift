/// A node of the schema as the footer lists it (`SchemaElement` of parquet.thrift).
struct SchemaElement {
    var physical: PhysicalType?
    var repetition = Repetition.required
    var name = ""
    var childCount = 0
    var converted: Int?
    var logical: Logical?

    enum Repetition: Int { case required, optional, repeated }

    /// The meaning of stored values, as far as it changes how they are read.
    enum Logical: Equatable {
        case integer(bits: Int, isSigned: Bool)
        case other(String)
    }

    init(_ thrift: inout ThriftReader) throws(ParquetError) {
        var last = 0
        var (hasName, hasChildren) = (false, false)
        while let field = try thrift.field(after: &last) {
            switch field.id {
            case 1:
                let code = try thrift.integer(field)
                guard let type = PhysicalType(rawValue: code) else { throw .damaged("the schema has a type \(code)") }
                physical = type
            case 3:
                let code = try thrift.integer(field)
                guard let found = Repetition(rawValue: code) else {
                    throw .damaged("the schema has a repetition \(code)")
                }
                repetition = found
            case 4:
                name = try thrift.string(field)
                hasName = true
            case 5:
                childCount = try thrift.integer(field)
                hasChildren = true
                guard childCount >= 0 else { throw .damaged("a group of the schema has \(childCount) children") }
            case 6: converted = try thrift.integer(field)
            case 10: logical = try Self.logical(&thrift, field)
            default: try thrift.skip(field)
            }
        }
        guard hasName, physical != nil || hasChildren else {
            throw .damaged("a node of the schema has no name, or neither type nor children")
        }
        guard physical == nil || childCount == 0 else { throw .damaged("the schema's column '\(name)' has children") }
    }

    /// The union `LogicalType`: one field says which type it is.
    private static func logical(
        _ thrift: inout ThriftReader, _ field: ThriftReader.Field
    ) throws(ParquetError) -> Logical? {
        try thrift.check(field, is: .structure)
        var found: Logical?
        var last = 0
        while let member = try thrift.field(after: &last) {
            if member.id == 10 {
                found = try integerType(&thrift, member)
            } else {
                found = .other(logicalNames[member.id] ?? "logical type \(member.id)")
                try thrift.skip(member)
            }
        }
        return found
    }

    private static func integerType(
        _ thrift: inout ThriftReader, _ field: ThriftReader.Field
    ) throws(ParquetError) -> Logical {
        try thrift.check(field, is: .structure)
        var (bits, isSigned) = (64, true)
        var last = 0
        while let member = try thrift.field(after: &last) {
            switch member.id {
            case 1: bits = try thrift.integer(member)
            case 2: isSigned = try thrift.boolean(member)
            default: try thrift.skip(member)
            }
        }
        return .integer(bits: bits, isSigned: isSigned)
    }

    private static let logicalNames = [
        1: "STRING", 2: "MAP", 3: "LIST", 4: "ENUM", 5: "DECIMAL", 6: "DATE", 7: "TIME", 8: "TIMESTAMP", 11: "UNKNOWN",
        12: "JSON", 13: "BSON", 14: "UUID", 15: "FLOAT16", 16: "VARIANT", 17: "GEOMETRY", 18: "GEOGRAPHY",
    ]

    /// The meaning of the values: the logical type, else the older converted type.
    var meaning: Logical? {
        if let logical { return logical }
        guard let converted else { return nil }
        let widths = [8, 16, 32, 64]
        switch converted {
        case 11...14: return .integer(bits: widths[converted - 11], isSigned: false)
        case 15...18: return .integer(bits: widths[converted - 15], isSigned: true)
        default: return .other(Self.convertedNames[converted] ?? "converted type \(converted)")
        }
    }

    private static let convertedNames = [
        0: "STRING", 1: "MAP", 2: "MAP_KEY_VALUE", 3: "LIST", 4: "ENUM", 5: "DECIMAL", 6: "DATE", 7: "TIME", 8: "TIME",
        9: "TIMESTAMP", 10: "TIMESTAMP", 19: "JSON", 20: "BSON", 21: "INTERVAL",
    ]
}
