package import OrderedJSON

extension Audit {
    /// The items of evaluation sets that are in the corpus.
    ///
    /// Words are those of near duplicates. Sequences of eight words that are in more than 1,000 documents are left out.
    public struct Contamination: Sendable, Equatable {
        /// The findings for one set.
        public struct Set: Sendable, Equatable {
            /// The set's name.
            public var name = ""
            /// Its items.
            public var items = 0
            /// Items of fewer than eight words, which are not looked for.
            public var shortItems = 0
            /// Items with 13 words in a row in one document, or all words of a shorter item.
            public var contaminated = 0
            /// Items with 70 % or more of their sequences of eight words in documents.
            public var covered = 0
        }

        /// Documents that contaminate.
        public struct Documents: Sendable, Equatable {
            /// The set that they contaminate.
            public var name = ""
            /// How many there are, each distinct document once.
            public var documents = 0
            /// Their tokens.
            public var tokens = 0

            var further = FurtherTokens<Documents>()
        }

        /// The findings in one source.
        public struct Source: Sendable, Equatable {
            /// The source's name.
            public var name = ""
            /// The documents that it owns and that contaminate any set.
            public var all = Documents()
            /// The same by set, of those that it contaminates.
            public var sets: [Documents] = []
        }

        /// An item with long matches.
        public struct Item: Sendable, Equatable {
            /// Its set.
            public var set = ""
            /// Its name in the set.
            public var id = ""
            /// Its words.
            public var words = 0
            /// The most of its words that are in a document one after the other.
            public var longest = 0
            /// Sequences of eight words that are in documents.
            public var coveredSequences = 0
            /// Distinct documents that have eight words in a row in common with it.
            public var documents = 0
            /// The sources that own these documents, in the audit's order.
            public var sources: [String] = []
            /// A document with the longest match; `nil` if it was not requested.
            public var example: Example?
        }

        /// A document that has the longest match of an item.
        public struct Example: Sendable, Equatable {
            /// The document.
            public var document = NearDuplicates.Document()
            /// The first word of the match in the item, from 0.
            public var itemWord = 0
            /// The first word of the match in the document, from 0.
            public var documentWord = 0
            /// The item's text around the match.
            public var itemText = Excerpt()
            /// The document's text around the match.
            public var documentText = Excerpt()
        }

        /// A stretch of a text, with the text around it.
        public struct Excerpt: Sendable, Equatable {
            /// The text before; begins with `…` if there is more.
            public var before = ""
            /// The stretch; a long one has ` … ` for its middle.
            public var match = ""
            /// The text after; ends with `…` if there is more.
            public var after = ""
        }

        /// XXH3-128 of the sets' names, and of the items' names and words.
        public var digest = Fingerprint.zero
        /// Sequences that are in more than 1,000 documents and do not count.
        public var boilerplateSequences = 0
        /// The sets, sorted by name.
        public var sets: [Set] = []
        /// The sources, in the audit's order.
        public var sources: [Source] = []
        /// The items that are contaminated or covered by 70 %, set by set; the first ``listedItems`` of them.
        public var items: [Item] = []

        /// Items that are listed at most.
        public static let listedItems = 10_000
    }

    /// The largest share of a set's items that are contaminated; `nil` if no set was searched for.
    public var contaminatedShare: Double? {
        contamination?.sets.map { $0.items == 0 ? 0 : Double($0.contaminated) / Double($0.items) }.max()
    }
}

extension Audit.Contamination: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("words", constant: "w5", "The rules that make words."),
        .init("sets_xxh3_128", \.digest, "The digest of the sets' names, and of the items' names and words."),
        .init(
            "boilerplate_sequences", \.boilerplateSequences,
            "Sequences of 8 words that more than 1,000 documents contain; they do not count.", .notNegative),
        .init("sets", \.sets, "The sets, sorted by name."),
        .init("sources", \.sources, "Contaminated documents by the source that owns them."),
        .init("items", \.items, "Items that are contaminated or covered by 70 %; the first 10,000."),
    ]
}

extension Audit.Contamination.Set: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("name", \.name, "The set."),
        .init("items", \.items, "Its items.", .notNegative),
        .init("short_items", \.shortItems, "Items of fewer than 8 words, which are not looked for.", .notNegative),
        .init(
            "contaminated", \.contaminated,
            "Items with 13 words in a row in one document, or all words of a shorter item.",
            .notNegative),
        .init("covered", \.covered, "Items with 70 % of their sequences of 8 words in documents.", .notNegative),
    ]
}

extension Audit.Contamination.Documents: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [.init("tokens", \.tokens, "Their tokens.", .notNegative)]
    package static let fields: [JSONField<Self>] =
        [
            .init("name", \.name, "The set; empty for any set."),
            .init("documents", \.documents, "Distinct documents that contaminate it.", .notNegative),
        ] + tokenFields + [furtherTokens]
}

extension Audit.Contamination.Source: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("name", \.name, "The source."),
        .init("all", \.all, "The documents that contaminate any set."),
        .init("sets", \.sets, "The same by set."),
    ]
}

extension Audit.Contamination.Item: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("set", \.set, "Its set."),
        .init("id", \.id, "Its name in the set."),
        .init("words", \.words, "Its words.", .notNegative),
        .init("longest", \.longest, "The most of its words in a row that one document contains.", .notNegative),
        .init(
            "covered_sequences", \.coveredSequences, "Its sequences of 8 words that documents contain.", .notNegative),
        .init("documents", \.documents, "Distinct documents that have 8 words in a row of it.", .notNegative),
        .init("sources", \.sources, "The sources that own them."),
        .init(
            "example", \.example, "A document that has the longest match; where asked for.", presence: .writtenIfSet),
    ]
}

extension Audit.Contamination.Example: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("document", \.document, "The document."),
        .init("item_word", \.itemWord, "The first word of the match in the item, from 0.", .notNegative),
        .init("document_word", \.documentWord, "The first word of the match in the document, from 0.", .notNegative),
        .init("item_text", \.itemText, "The item's text around the match."),
        .init("document_text", \.documentText, "The document's text around the match."),
    ]
}

extension Audit.Contamination.Excerpt: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("before", \.before, "The text before the match; it begins with … if more was cut off."),
        .init("match", \.match, "The stretch in common; a long one has … for its middle."),
        .init("after", \.after, "The text after the match; it ends with … if more was cut off."),
    ]
}

extension Audit.Contamination {
    /// The rows with the counts of further tokenizers.
    func joined(with others: [Self], _ names: [String]) -> Self {
        var joined = self
        for index in sources.indices {
            let rows = others.map { $0.sources[index] }
            joined.sources[index].all = sources[index].all.joined(with: rows.map(\.all), names)
            joined.sources[index].sets = sources[index].sets.joined(with: rows.map(\.sets), names)
        }
        return joined
    }

    /// The rows as each tokenizer counted them, the first one first.
    func separated(_ names: [String], at path: String) throws(JSONPathError) -> [Self] {
        var parts = [Self](repeating: self, count: 1 + names.count)
        for index in sources.indices {
            let all = try sources[index].all.separated(names, at: "\(path).sources[\(index)].all")
            let sets = try sources[index].sets.separated(names, at: "\(path).sources[\(index)].sets")
            for column in parts.indices {
                parts[column].sources[index].all = all[column]
                parts[column].sources[index].sets = sets[column]
            }
        }
        return parts
    }
}
