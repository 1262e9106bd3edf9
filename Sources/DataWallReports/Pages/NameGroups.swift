/// Groups of names with a common beginning, such as the dumps of a year.
struct NameGroups {
    /// The names of the groups, in the order of their first members.
    let names: [String]

    /// The group of each name.
    let members: [Int]

    /// Characters after which a group may end.
    private static let separators: Set<Character> = ["/", "-", "_", ".", " ", ":"]

    /// Groups names by the fewest first parts that distinguish them; fails if names have no common beginnings, or all
    /// the same one.
    ///
    /// - Parameters:
    ///   - all: The names.
    ///   - most: The largest useful number of groups.
    init?(_ all: [String], atMost most: Int) {
        for depth in 1...4 {
            var places: [String: Int] = [:]
            var names: [String] = []
            let members = all.map { name in
                let group = Self.beginning(of: name, parts: depth)
                if let place = places[group] { return place }
                places[group] = names.count
                names.append(group)
                return names.count - 1
            }
            if names.count > most || names.count * 2 > all.count { return nil }
            if names.count > 1 {
                (self.names, self.members) = (names, members)
                return
            }
        }
        return nil
    }

    /// The first parts of a name; a name of fewer parts is its own beginning.
    private static func beginning(of name: String, parts: Int) -> String {
        var left = parts
        for index in name.indices where separators.contains(name[index]) {
            left -= 1
            if left == 0 { return String(name[..<index]) }
        }
        return name
    }
}
