public import TrainingPlanning

extension NamedRun {
    /// Released dense models whose size and training tokens somebody published, each with its source:
    /// `Datasets/released_models.csv`, which a test compares.
    ///
    /// Mixtures of experts are not among them: the laws were fitted to dense models.
    public static let released: [NamedRun] = [
        NamedRun(
            name: "Galactica 120B", parameters: 120e9, tokens: 450e9, uniqueTokens: 106e9,
            source:
                "model card (106B); Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project "
                + "b695e7b); epochs from secondary text"),
        NamedRun(
            name: "StableLM-3B-4E1T", parameters: 2795443200, tokens: 4000e9, uniqueTokens: 1000e9,
            source: "model card"),
        NamedRun(
            name: "phi-1.5", parameters: 1.3e9, tokens: 150e9, uniqueTokens: 30e9,
            source: "model card; epochs derived D/U"),
        NamedRun(
            name: "StarCoderBase", parameters: 15.5e9, tokens: 1000e9, uniqueTokens: nil,
            source: "model card; its train set is stated elsewhere as about 200B-250B (unsettled)"),
        NamedRun(
            name: "StarCoder2-3B", parameters: 3e9, tokens: 3300e9, uniqueTokens: nil,
            source: "model card"),
        NamedRun(
            name: "StarCoder2-7B", parameters: 7e9, tokens: 3700e9, uniqueTokens: nil,
            source: "model card"),
        NamedRun(
            name: "StarCoder2-15B", parameters: 15e9, tokens: 4300e9, uniqueTokens: 900e9,
            source: "model card / repository; epochs derived D/U"),
        NamedRun(
            name: "Pythia-12B-deduped", parameters: 12e9, tokens: 299892736000, uniqueTokens: 207e9,
            source: "project README"),
        NamedRun(
            name: "Pythia-12B", parameters: 12e9, tokens: 299892736000, uniqueTokens: nil,
            source: "project README: just under one epoch of the Pile"),
        NamedRun(
            name: "OPT-175B", parameters: 175e9, tokens: 300e9, uniqueTokens: 180e9,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "GPT-NeoX-20B", parameters: 20e9, tokens: 472e9, uniqueTokens: nil,
            source:
                "ObsScaling base-model table (ryoungj/ObsScaling 43dad32); epochs: Epoch AI notable-models table, "
                + "May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "LLaMA-65B", parameters: 65.2e9, tokens: 1400e9, uniqueTokens: 1340e9,
            source:
                "ObsScaling base-model table (ryoungj/ObsScaling 43dad32); Epoch AI notable-models table, May 2025 "
                + "copy (eddie-song/CMSC471_Final_Project b695e7b) (its estimate from the source table)"),
        NamedRun(
            name: "LLaMA-7B", parameters: 6.7e9, tokens: 1000e9, uniqueTokens: nil,
            source: "ObsScaling base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "GPT-3 175B", parameters: 175e9, tokens: 300e9, uniqueTokens: 499e9,
            source:
                "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b) (corpus "
                + "499B, 0.6 epochs); 300B from memory, agrees"),
        NamedRun(
            name: "BloombergGPT", parameters: 50558868480, tokens: 569e9, uniqueTokens: 708.9e9,
            source:
                "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b) (corpus "
                + "708.9B, 0.8 epochs, Likely); D is epochs x corpus as Epoch rounds it"),
        NamedRun(
            name: "Megatron-Turing NLG 530B", parameters: 530e9, tokens: 270e9, uniqueTokens: 339e9,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "OLMo 2 7B", parameters: 7e9, tokens: 4000e9, uniqueTokens: nil,
            source:
                "model card (D: P, stage 1); epochs: curated open-weight table, card text checked by its authors' "
                + "script"),
        NamedRun(
            name: "OLMo 2 13B", parameters: 13e9, tokens: 5000e9, uniqueTokens: nil,
            source:
                "model card (D: P, stage 1); epochs: curated open-weight table, card text checked by its authors' "
                + "script"),
        NamedRun(
            name: "OLMo 2 32B", parameters: 32e9, tokens: 6000e9, uniqueTokens: nil,
            source:
                "model card (D: P, stage 1); epochs: curated open-weight table, card text checked by its authors' "
                + "script"),
        NamedRun(
            name: "Gopher", parameters: 280e9, tokens: 300e9, uniqueTokens: nil,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "Chinchilla", parameters: 70e9, tokens: 1400e9, uniqueTokens: nil,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "PaLM 540B", parameters: 540.35e9, tokens: 780e9, uniqueTokens: 780e9,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "BLOOM-176B", parameters: 176247271424, tokens: 366e9, uniqueTokens: nil,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "MPT-7B", parameters: 7e9, tokens: 1000e9, uniqueTokens: nil,
            source: "ObsScaling base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "MPT-30B", parameters: 30e9, tokens: 1000e9, uniqueTokens: nil,
            source: "ObsScaling base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Falcon-7B", parameters: 7e9, tokens: 1500e9, uniqueTokens: nil,
            source: "ObsScaling base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Falcon-40B", parameters: 40e9, tokens: 1000e9, uniqueTokens: nil,
            source:
                "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b); ObsScaling "
                + "base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Falcon-180B", parameters: 180e9, tokens: 3500e9, uniqueTokens: nil,
            source:
                "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b); ObsScaling "
                + "base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Falcon3-7B", parameters: 7e9, tokens: 14000e9, uniqueTokens: nil,
            source: "curated open-weight table, card text checked by its authors' script"),
        NamedRun(
            name: "Llama 2 7B", parameters: 7e9, tokens: 2000e9, uniqueTokens: nil,
            source:
                "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b); ObsScaling "
                + "base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Llama 2 70B", parameters: 70e9, tokens: 2000e9, uniqueTokens: nil,
            source:
                "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b); ObsScaling "
                + "base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Llama 3 8B", parameters: 8e9, tokens: 15000e9, uniqueTokens: nil,
            source: "ObsScaling base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Llama 3 70B", parameters: 70e9, tokens: 15000e9, uniqueTokens: nil,
            source:
                "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b); ObsScaling "
                + "base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Llama 3.1 405B", parameters: 405e9, tokens: 15600e9, uniqueTokens: nil,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "Qwen1.5-7B", parameters: 7e9, tokens: 4000e9, uniqueTokens: nil,
            source:
                "maintainers' answer in an issue thread; ObsScaling base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Qwen1.5-14B", parameters: 14e9, tokens: 4000e9, uniqueTokens: nil,
            source:
                "maintainers' answer in an issue thread; ObsScaling base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Qwen1.5-72B", parameters: 72e9, tokens: 3000e9, uniqueTokens: nil,
            source:
                "maintainers' answer in an issue thread; ObsScaling base-model table (ryoungj/ObsScaling 43dad32)"),
        NamedRun(
            name: "Qwen2-72B", parameters: 72.71e9, tokens: 7000e9, uniqueTokens: nil,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "Qwen2.5-72B", parameters: 72.7e9, tokens: 18000e9, uniqueTokens: nil,
            source: "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b)"),
        NamedRun(
            name: "Gemma 2B", parameters: 2e9, tokens: 3000e9, uniqueTokens: nil,
            source:
                "curated open-weight table, card text checked by its authors' script (report; the card says 6T for "
                + "the family)"),
        NamedRun(
            name: "Gemma 7B", parameters: 7e9, tokens: 6000e9, uniqueTokens: nil,
            source: "library documentation quoting the paper"),
        NamedRun(
            name: "Gemma 2 2B", parameters: 2e9, tokens: 2000e9, uniqueTokens: nil,
            source: "model card copy (distilled)"),
        NamedRun(
            name: "Gemma 2 9B", parameters: 9e9, tokens: 8000e9, uniqueTokens: nil,
            source: "model card copy (distilled)"),
        NamedRun(
            name: "Gemma 2 27B", parameters: 27e9, tokens: 13000e9, uniqueTokens: nil,
            source: "model card copy"),
        NamedRun(
            name: "Gemma 3 270M", parameters: 0.27e9, tokens: 6000e9, uniqueTokens: nil,
            source: "model card copy (distilled)"),
        NamedRun(
            name: "Gemma 3 1B", parameters: 1e9, tokens: 2000e9, uniqueTokens: nil,
            source: "model card copy (distilled)"),
        NamedRun(
            name: "Gemma 3 4B", parameters: 4e9, tokens: 4000e9, uniqueTokens: nil,
            source: "model card copy (distilled; multimodal)"),
        NamedRun(
            name: "Gemma 3 12B", parameters: 12e9, tokens: 12000e9, uniqueTokens: nil,
            source: "model card copy (distilled; multimodal)"),
        NamedRun(
            name: "Gemma 3 27B", parameters: 27e9, tokens: 14000e9, uniqueTokens: nil,
            source: "model card copy (distilled; multimodal)"),
        NamedRun(
            name: "Phi-4", parameters: 14e9, tokens: 9800e9, uniqueTokens: nil,
            source: "model card copy (about 40% synthetic in a secondary text)"),
        NamedRun(
            name: "OLMo 1B", parameters: 1e9, tokens: 3000e9, uniqueTokens: nil,
            source: "model card"),
        NamedRun(
            name: "OLMo 7B", parameters: 7e9, tokens: 2500e9, uniqueTokens: nil,
            source: "model card"),
        NamedRun(
            name: "OLMo 3 7B", parameters: 7e9, tokens: 5930e9, uniqueTokens: nil,
            source: "model card (stage 1)"),
        NamedRun(
            name: "OLMo 3 32B", parameters: 32e9, tokens: 5500e9, uniqueTokens: nil,
            source: "model card (stage 1)"),
        NamedRun(
            name: "SmolLM2-135M", parameters: 0.135e9, tokens: 2000e9, uniqueTokens: nil,
            source: "model card"),
        NamedRun(
            name: "SmolLM2-360M", parameters: 0.36e9, tokens: 4000e9, uniqueTokens: nil,
            source: "model card"),
        NamedRun(
            name: "SmolLM2-1.7B", parameters: 1.7e9, tokens: 11000e9, uniqueTokens: nil,
            source: "model card"),
        NamedRun(
            name: "SmolLM3-3B", parameters: 3e9, tokens: 11200e9, uniqueTokens: nil,
            source:
                "model card (11T: P); 11.2T: curated open-weight table, card text checked by its authors' script"),
        NamedRun(
            name: "Nemotron-4 340B", parameters: 340e9, tokens: 9000e9, uniqueTokens: nil,
            source:
                "Epoch AI notable-models table, May 2025 copy (eddie-song/CMSC471_Final_Project b695e7b) (8T + 1T "
                + "continued)"),
        NamedRun(
            name: "Marin 8B", parameters: 8e9, tokens: 12700e9, uniqueTokens: nil,
            source:
                "curated open-weight table, card text checked by its authors' script (another secondary text: 12.75T)"),
        NamedRun(
            name: "Marin 32B", parameters: 32e9, tokens: 6440e9, uniqueTokens: nil,
            source: "project text (phases 2.679T + 2.684T + 1.074T)"),
        NamedRun(
            name: "DCLM-7B", parameters: 7e9, tokens: 2500e9, uniqueTokens: nil,
            source: "curated open-weight table, card text checked by its authors' script"),
        NamedRun(
            name: "Apertus 8B", parameters: 8e9, tokens: 15000e9, uniqueTokens: nil,
            source: "curated open-weight table, card text checked by its authors' script"),
        NamedRun(
            name: "Apertus 70B", parameters: 70e9, tokens: 15000e9, uniqueTokens: nil,
            source: "curated open-weight table, card text checked by its authors' script"),
    ]
}
