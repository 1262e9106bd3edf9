import DataMixing

/// A supply as a large run has it: most of it web, with small sources of higher quality.
enum SixSources {
    static let sources = [
        SourceSupply(name: "web", uniqueTokens: 8e12, quality: 1),
        SourceSupply(name: "webhq", uniqueTokens: 1.2e12, quality: 1.6),
        SourceSupply(name: "code", uniqueTokens: 0.7e12, quality: 1.3),
        SourceSupply(name: "math", uniqueTokens: 50e9, quality: 2.5),
        SourceSupply(name: "wiki", uniqueTokens: 5e9, quality: 3),
        SourceSupply(name: "papers", uniqueTokens: 80e9, quality: 1.5),
    ]
}
