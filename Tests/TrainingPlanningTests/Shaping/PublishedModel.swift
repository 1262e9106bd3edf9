import Testing
import TrainingPlanning

/// A published model: its shape and how many weights it has.
struct PublishedModel: Sendable, CustomTestStringConvertible {
    let name: String
    let shape: ModelShape
    let parameters: Int
    var testDescription: String { name }

    /// The number of weights in released checkpoints, with the configurations released next to them.
    static let checkpoints: [PublishedModel] = {
        func gpt2(_ name: String, _ layers: Int, _ width: Int, _ heads: Int, _ parameters: Int) -> PublishedModel {
            PublishedModel(
                name: name,
                shape: ModelShape(
                    architecture: .gpt, layers: layers, width: width, heads: heads, vocabularySize: 50_257,
                    contextLength: 1_024), parameters: parameters)
        }
        func llama(
            _ name: String, _ layers: Int, _ width: Int, _ heads: Int, kv: Int? = nil, feedForward: Int? = nil,
            vocabulary: Int = 32_000, _ parameters: Int
        ) -> PublishedModel {
            PublishedModel(
                name: name,
                shape: ModelShape(
                    architecture: .llama, layers: layers, width: width, heads: heads, keyValueHeads: kv,
                    feedForwardWidth: feedForward, vocabularySize: vocabulary), parameters: parameters)
        }
        return [
            gpt2("gpt2", 12, 768, 12, 124_439_808), gpt2("gpt2-medium", 24, 1_024, 16, 354_823_168),
            gpt2("gpt2-large", 36, 1_280, 20, 774_030_080), gpt2("gpt2-xl", 48, 1_600, 25, 1_557_611_200),
            llama("LLaMA 7B", 32, 4_096, 32, 6_738_415_616), llama("LLaMA 13B", 40, 5_120, 40, 13_015_864_320),
            llama("LLaMA 33B", 60, 6_656, 52, 32_528_943_616), llama("LLaMA 65B", 80, 8_192, 64, 65_285_660_672),
            llama("Llama 2 70B", 80, 8_192, 64, kv: 8, feedForward: 28_672, 68_976_648_192),
            llama("Llama 3 8B", 32, 4_096, 32, kv: 8, feedForward: 14_336, vocabulary: 128_256, 8_030_261_248),
            llama("Llama 3 70B", 80, 8_192, 64, kv: 8, feedForward: 28_672, vocabulary: 128_256, 70_553_706_496),
        ]
    }()

    /// Table 2.1 of arXiv:2005.14165 (Brown and others 2020), whose names round the sizes.
    static let gpt3: [(size: Double, layers: Int, width: Int, heads: Int, headSize: Int)] = [
        (125e6, 12, 768, 12, 64), (350e6, 24, 1_024, 16, 64), (760e6, 24, 1_536, 16, 96),
        (2.7e9, 32, 2_560, 32, 80), (6.7e9, 32, 4_096, 32, 128), (175e9, 96, 12_288, 96, 128),
    ]
}
