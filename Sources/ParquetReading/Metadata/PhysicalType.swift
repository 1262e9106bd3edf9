/// How a column's values are stored (`Type` of parquet.thrift).
enum PhysicalType: Int {
    case boolean, int32, int64, int96, float, double, byteArray, fixedLengthByteArray

    /// The name that the format gives it.
    var name: String {
        switch self {
        case .boolean: "BOOLEAN"
        case .int32: "INT32"
        case .int64: "INT64"
        case .int96: "INT96"
        case .float: "FLOAT"
        case .double: "DOUBLE"
        case .byteArray: "BYTE_ARRAY"
        case .fixedLengthByteArray: "FIXED_LEN_BYTE_ARRAY"
        }
    }

    /// Bytes of a value whose size is fixed and which is read; `nil` for others.
    var width: Int? {
        switch self {
        case .int32, .float: 4
        case .int64, .double: 8
        default: nil
        }
    }
}
