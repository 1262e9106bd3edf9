import UnicodeText

/// The content of a vocabulary file, ready to count with.
struct TokenizerModel: Sendable {
    /// How symbols merge.
    enum Merging: Sendable {
        /// By the rank of the merged token.
        case ranks(TokenTable)
        /// By a list of pairs.
        case pairs(MergeList)
    }

    let pattern: PretokenPattern
    let merging: Merging
    let vocabularySize: Int
    /// The form that text is normalised to first.
    let form: CanonicalComposition?
    let addedTokens: AddedTokens?
    /// The places where pretokens may be cut into parts.
    let seams: CharacterSeams

    init(
        pattern: PretokenPattern, merging: Merging, tokens: some Sequence<[UInt8]>, vocabularySize: Int,
        form: CanonicalComposition? = nil, addedTokens: AddedTokens? = nil
    ) {
        self.pattern = pattern
        self.merging = merging
        self.vocabularySize = vocabularySize
        self.form = form
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
        case .starcoder: session(StarCoderSplitter.self, rules, owner)
        }
    }

    @inline(__always)
    private func session<Cutter: Splitter, Rules: MergeRules>(
        _ cutter: Cutter.Type, _ rules: Rules, _ owner: AnyObject
    ) -> any TokenCountingSession {
        var engine = PretokenEngine(cutter, PretokenCounts(rules, seams: seams))
        return DocumentSession(front: TextFront(composes: form, addedTokens: addedTokens)) { bytes, length, _ in
            withExtendedLifetime(owner) {
                engine.tally.total = 0
                engine.count(bytes, length)
                return engine.tally.total
            }
        }
    }

    // MARK: Several at once

    /// One scan by this model's pattern that counts for several models.
    func makeSharedCount(_ models: [TokenizerModel]) -> SharedSession.Count {
        let members = models.map { $0.pretokenCount() }
        return switch pattern {
        case .r50k: shared(R50kSplitter.self, members)
        case .cl100k: shared(Cl100kSplitter<Cl100kPattern>.self, members)
        case .llama3: shared(Cl100kSplitter<Llama3Pattern>.self, members)
        case .qwen2: shared(Cl100kSplitter<Qwen2Pattern>.self, members)
        case .qwen35: shared(Cl100kSplitter<Qwen35Pattern>.self, members)
        case .o200k: shared(O200kSplitter<O200kPattern>.self, members)
        case .tekken: shared(O200kSplitter<TekkenPattern>.self, members)
        case .deepseek: shared(DeepSeekSplitter.self, members)
        case .starcoder: shared(StarCoderSplitter.self, members)
        }
    }

    @inline(__always)
    private func shared<Cutter: Splitter>(
        _ cutter: Cutter.Type, _ members: [(NotedPretoken) -> Int]
    ) -> SharedSession.Count {
        var engine = PretokenEngine(cutter, SharedTally(members))
        return { bytes, length, startsAfresh in
            if startsAfresh { engine.tally.reset() }
            if let bytes, length > 0 { engine.count(bytes, length) }
            return engine.tally.totals
        }
    }

    /// The tokens of one pretoken after another, with a memo.
    private func pretokenCount() -> (NotedPretoken) -> Int {
        switch merging {
        case .ranks(let table): pretokenCount(RankRules(ranks: table.lookup), table)
        case .pairs(let list): pretokenCount(list.rules, list)
        }
    }

    @inline(__always)
    private func pretokenCount<Rules: MergeRules>(
        _ rules: Rules, _ owner: AnyObject
    ) -> (NotedPretoken) -> Int {
        var counts = PretokenCounts(rules, seams: seams)
        return { pretoken in withExtendedLifetime(owner) { counts.count(pretoken) } }
    }
}
