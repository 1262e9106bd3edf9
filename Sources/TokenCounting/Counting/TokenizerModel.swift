/// What a vocabulary file was found to hold, ready to count with.
struct TokenizerModel: Sendable {
    /// How symbols merge.
    enum Merging: Sendable {
        /// By the rank of what they become.
        case ranks(TokenTable)
        /// By a list of pairs.
        case pairs(MergeList)
    }

    let pattern: PretokenPattern
    let merging: Merging
    let vocabularySize: Int
    /// Whether text is normalised to form C first.
    let composes: Bool
    let addedTokens: AddedTokens?
    /// Where pretokens may be cut into parts.
    let seams: CharacterSeams

    init(
        pattern: PretokenPattern, merging: Merging, tokens: some Sequence<[UInt8]>, vocabularySize: Int,
        composes: Bool = false, addedTokens: AddedTokens? = nil
    ) {
        self.pattern = pattern
        self.merging = merging
        self.vocabularySize = vocabularySize
        self.composes = composes
        seams = CharacterSeams(tokens)
        self.addedTokens = addedTokens.flatMap { $0.isEmpty ? nil : $0 }
    }

    func makeSession() -> any TokenCountingSession {
        switch merging {
        case .ranks(let table): session(RankRules(ranks: table.lookup), table)
        case .pairs(let list): session(list.rules, list)
        }
    }

    // Both are inlined so that each case below is compiled for its own pattern and rules.
    @inline(__always)
    private func session<Rules: MergeRules>(_ rules: Rules, _ owner: AnyObject) -> any TokenCountingSession {
        switch pattern {
        case .r50k: session(R50kSplitter.self, rules, owner)
        case .cl100k: session(Cl100kSplitter<Cl100kPattern>.self, rules, owner)
        case .llama3: session(Cl100kSplitter<Llama3Pattern>.self, rules, owner)
        case .qwen2: session(Cl100kSplitter<Qwen2Pattern>.self, rules, owner)
        case .qwen35: session(Cl100kSplitter<Qwen35Pattern>.self, rules, owner)
        case .o200k: session(O200kSplitter<O200kPattern>.self, rules, owner)
        case .tekken: session(O200kSplitter<TekkenPattern>.self, rules, owner)
        case .deepseek: session(DeepSeekSplitter.self, rules, owner)
        }
    }

    @inline(__always)
    private func session<Cutter: Splitter, Rules: MergeRules>(
        _ cutter: Cutter.Type, _ rules: Rules, _ owner: AnyObject
    ) -> any TokenCountingSession {
        var engine = PretokenEngine<Cutter, Rules>(rules, seams: seams)
        return DocumentSession(front: TextFront(composes: composes, addedTokens: addedTokens)) { bytes, length in
            withExtendedLifetime(owner) { engine.count(bytes, length) }
        }
    }
}
