// Written by Datasets/embed_tables.py from Datasets/mixtures/published. Change the table and run `make tables`.

import DataMixing

extension PublishedMixture {
    /// The published mixtures that ship with the package, as printed.
    public static let all = [gpt3, llama1, pile, olmo3]

    /// The 300B-token mixture of GPT-3.
    public static let gpt3 = PublishedMixture(
        name: "gpt3",
        source: "GPT-3: Brown et al. 2020, arXiv:2005.14165, table 2.2",
        unit: "B tokens", budget: 300,
        table: """
            source,pool,weight,epochs,consumed
            Common Crawl (filtered),410,0.60,0.44,
            WebText2,19,0.22,2.9,
            Books1,12,0.08,1.9,
            Books2,55,0.08,0.43,
            Wikipedia,3,0.03,3.4,

            """)

    /// The 1.4T-token mixture of LLaMA.
    public static let llama1 = PublishedMixture(
        name: "llama1",
        source: "LLaMA: Touvron et al. 2023, arXiv:2302.13971, table 1 (the pools are not printed: weight, "
            + "epochs and a stream of 1,400B tokens imply them)",
        unit: "B tokens", budget: 1400,
        table: """
            source,pool,weight,epochs,consumed
            CommonCrawl,,0.670,1.10,
            C4,,0.150,1.06,
            Github,,0.045,0.64,
            Wikipedia,,0.045,2.45,
            Books,,0.045,2.23,
            ArXiv,,0.025,1.06,
            StackExchange,,0.020,1.03,

            """)

    /// The Pile, in GiB of text.
    public static let pile = PublishedMixture(
        name: "pile",
        source: "The Pile: Gao et al. 2020, arXiv:2101.00027, table 1",
        unit: "GiB", budget: 1254.2,
        table: """
            source,pool,weight,epochs,consumed
            Pile-CC,227.12,0.1811,1.0,227.12
            PubMed Central,90.27,0.1440,2.0,180.55
            Books3,100.96,0.1207,1.5,151.44
            OpenWebText2,62.77,0.1001,2.0,125.54
            ArXiv,56.21,0.0896,2.0,112.42
            Github,95.16,0.0759,1.0,95.16
            FreeLaw,51.15,0.0612,1.5,76.73
            Stack Exchange,32.20,0.0513,2.0,64.39
            USPTO Backgrounds,22.90,0.0365,2.0,45.81
            PubMed Abstracts,19.26,0.0307,2.0,38.53
            Gutenberg (PG-19),10.88,0.0217,2.5,27.19
            OpenSubtitles,12.98,0.0155,1.5,19.47
            Wikipedia (en),6.38,0.0153,3.0,19.13
            DM Mathematics,7.75,0.0124,2.0,15.49
            Ubuntu IRC,5.52,0.0088,2.0,11.03
            BookCorpus2,6.30,0.0075,1.5,9.45
            EuroParl,4.59,0.0073,2.0,9.17
            HackerNews,3.90,0.0062,2.0,7.80
            YoutubeSubtitles,3.73,0.0060,2.0,7.47
            PhilPapers,2.38,0.0038,2.0,4.76
            NIH ExPorter,1.89,0.0030,2.0,3.79
            Enron Emails,0.88,0.0014,2.0,1.76

            """)

    /// The 6T-token mixture of OLMo 3 and its 9T pool.
    public static let olmo3 = PublishedMixture(
        name: "olmo3",
        source: "OLMo 3: arXiv:2512.13961, the 9T pool and the 6T mix",
        unit: "B tokens", budget: 5930,
        table: """
            source,pool,weight,epochs,consumed
            Common Crawl,8140,0.7610,,4510
            olmOCR Science PDFs,972,0.1360,,805
            StackEdu (rebalanced),137,0.0689,,409
            FineMath 3+,34.1,0.0256,,152
            arXiv,21.4,0.0086,,50.8
            Wikipedia & Wikibooks,3.69,0.0004,,2.51

            """)
}
