extension PublishedSupply {
    /// The published corpora that ship, with the counts of their makers and others, from `Datasets/supplies.csv`; a
    /// test compares the two.
    public static let all = [
        PublishedSupply(
            name: "fineweb", aliases: [], tokens: 15e12,
            exactUniqueTokens: 5e12, nearUniqueTokens: nil,
            note: "each crawl deduplicated by itself",
            source:
                "data card HuggingFaceFW/fineweb: 15T tokens; exact copies removed across crawls: 5T (data card "
                + "Salesforce/fineweb_deduplicated)"),
        PublishedSupply(
            name: "fineweb-edu", aliases: [], tokens: 1.3e12,
            exactUniqueTokens: 375e9, nearUniqueTokens: 200e9,
            note: "each crawl deduplicated by itself",
            source:
                "data card HuggingFaceFW/fineweb-edu: 1.3T tokens; exact copies removed across crawls: 375B "
                + "(airtrain-ai/fineweb-edu-fortified); MinHash across crawls: about 200B "
                + "(HuggingFaceFW/fineweb-edu, discussion 7)"),
        PublishedSupply(
            name: "fineweb-edu-score-2", aliases: [], tokens: 5.4e12,
            exactUniqueTokens: nil, nearUniqueTokens: nil,
            note: "each crawl deduplicated by itself",
            source: "data card HuggingFaceFW/fineweb-edu-score-2: 5.4T tokens"),
        PublishedSupply(
            name: "dclm-baseline", aliases: ["dclm"], tokens: 4e12,
            exactUniqueTokens: nil, nearUniqueTokens: nil,
            note: "",
            source: "Megatron-Bridge, DCLM tutorial: 4T tokens in 3B documents (mlfoundations/dclm-baseline-1.0)"),
        PublishedSupply(
            name: "nemotron-cc", aliases: [], tokens: 6.3e12,
            exactUniqueTokens: nil, nearUniqueTokens: 4.4e12,
            note: "1.9T of the tokens are synthetic; the unique ones are original",
            source: "Su et al. 2024, arXiv:2412.02595: 6.3T tokens, 4.4T of them original and globally deduplicated"),
        PublishedSupply(
            name: "redpajama-v1", aliases: ["redpajama"], tokens: 1.21e12,
            exactUniqueTokens: nil, nearUniqueTokens: nil,
            note: "",
            source: "Cerebras 2023, SlimPajama: RedPajama has 1,210B tokens"),
        PublishedSupply(
            name: "slimpajama", aliases: ["slimpajama-627b"], tokens: 627e9,
            exactUniqueTokens: nil, nearUniqueTokens: 627e9,
            note: "RedPajama v1 cleaned; MinHash at Jaccard 0.8",
            source: "Cerebras 2023, SlimPajama: 627B tokens after cleaning and MinHash deduplication"),
        PublishedSupply(
            name: "redpajama-v2", aliases: [], tokens: 100e12,
            exactUniqueTokens: 30e12, nearUniqueTokens: nil,
            note: "five languages",
            source:
                "Together 2023, RedPajama-Data-v2: 100+ trillion raw tokens, 30 trillion filtered and deduplicated"),
        PublishedSupply(
            name: "pile-deduplicated", aliases: ["pile-deduped"], tokens: 207e9,
            exactUniqueTokens: nil, nearUniqueTokens: 207e9,
            note: "",
            source: "EleutherAI, Pythia (repository): 207B tokens in one epoch of the deduplicated Pile"),
        PublishedSupply(
            name: "dolma", aliases: [], tokens: 3e12,
            exactUniqueTokens: nil, nearUniqueTokens: nil,
            note: "",
            source: "Soldaini et al. 2024, arXiv:2402.00159: three trillion tokens"),
        PublishedSupply(
            name: "stack-v2", aliases: ["the-stack-v2"], tokens: 900e9,
            exactUniqueTokens: nil, nearUniqueTokens: 900e9,
            note: "source code",
            source: "BigCode 2024, StarCoder2 and The Stack v2 (arXiv:2402.19173): 900B unique code tokens"),
    ]
}
