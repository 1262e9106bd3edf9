import DataWallKit

extension MachineShare {
    /// The threads that an option asks for, else those that this process may have.
    static func threads(_ wanted: Int?) -> Int { wanted ?? current.threads }

    /// The memory that an option asks for, else what this process may have.
    static func memory(_ wanted: ReadableQuantity?) -> Int { wanted.map { Int($0.value) } ?? current.memory }
}
