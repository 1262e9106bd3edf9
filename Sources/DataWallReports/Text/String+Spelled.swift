extension String {
    /// A name of `snake_case` as words.
    var spelled: String { split(separator: "_").joined(separator: " ") }
}
