import Charts
import Mustache

/// The page's templates, in the program itself: nothing is looked up when a report is made.
enum PageTemplates {
    /// Escapes by Unicode scalars: a quote that carries a combining mark is still a quote.
    private struct Escaping: MustacheContentType {
        func escapeText(_ text: String) -> String { MarkupText.escaped(text) }
    }

    /// The library with all templates parsed; parsed once, since they never change.
    static let library: MustacheLibrary = {
        MustacheContentTypes.register(Escaping(), named: "DATAWALL")
        var library = MustacheLibrary()
        for (name, text) in [
            ("page", page), ("fragment", fragment), ("section", section), ("figure", figure),
        ] {
            do {
                try library.register("{{% CONTENT_TYPE:DATAWALL}}" + text, named: name)
            } catch {
                preconditionFailure("the template '\(name)' does not parse: \(error)")
            }
        }
        return library
    }()

    private static let page = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        script-src '{{scriptDigest}}'; img-src data:">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="datawall {{version}}">
        <link rel="icon" href="data:,">
        <title>{{title}}</title>
        <style>
        {{{style}}}
        </style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>
        <p class="brand">datawall report</p>
        <h1>{{title}}</h1>
        </header>
        <nav aria-label="Contents"><ul>
        <li><a href="#main">Summary</a></li>
        {{#links}}
        <li><a href="#{{identifier}}">{{title}}</a>
        <ul>
        {{#figures}}
        <li><a href="#{{identifier}}">{{title}}</a></li>
        {{/figures}}
        </ul></li>
        {{/links}}
        </ul></nav>
        <main id="main" tabindex="-1">
        <dl class="answer">
        {{#summary}}
        <div><dt>{{name}}</dt><dd>{{text}}</dd></div>
        {{/summary}}
        </dl>
        {{#scenarios}}
        {{>figure}}
        {{/scenarios}}
        {{#sections}}
        {{>section}}
        {{/sections}}
        </main>
        <footer>
        <p>Made by datawall {{version}} with <code>{{reportCommand}}</code></p>
        </footer>
        <script>{{{script}}}</script>
        </body>
        </html>

        """

    private static let fragment = """
        <div class="{{scope}}">
        <style>
        {{{style}}}
        </style>
        {{#sections}}
        {{>section}}
        {{/sections}}
        </div>

        """

    private static let section = """
        <section id="{{identifier}}" aria-labelledby="{{identifier}}-h">
        <h2 id="{{identifier}}-h"><span class="kind">{{part}}</span> {{title}}</h2>
        {{#lead}}
        <p class="lead">{{.}}</p>
        {{/lead}}
        {{#hasFacts}}
        <dl class="facts">
        {{#facts}}
        <div><dt>{{name}}</dt><dd>{{value}}</dd>{{#remark}}<dd class="remark">{{remark}}</dd>{{/remark}}</div>
        {{/facts}}
        </dl>
        {{/hasFacts}}
        {{#notes}}
        <p class="note {{kind}}"><strong>{{mark}}</strong> {{text}}</p>
        {{/notes}}
        {{#hasFigures}}
        <div class="figures">
        {{#figures}}
        {{>figure}}
        {{/figures}}
        </div>
        {{/hasFigures}}
        {{#hasRemarks}}
        <div class="remarks"><h3>What to know</h3>
        <ul>
        {{#remarks}}
        <li>{{.}}</li>
        {{/remarks}}
        </ul></div>
        {{/hasRemarks}}
        <dl class="details">
        {{#details}}
        <div><dt>{{name}}</dt><dd>{{text}}</dd></div>
        {{/details}}
        {{#command}}
        <div><dt>Command</dt><dd><code>{{command}}</code></dd></div>
        {{/command}}
        </dl>
        </section>

        """

    private static let figure = """
        <figure id="{{identifier}}"{{#isWide}} class="whole"{{/isWide}}>
        <figcaption><h3 id="{{identifier}}-h">{{title}}</h3>{{#text}}<p id="{{identifier}}-p">{{text}}</p>{{/text}}</figcaption>
        {{#wide}}
        <div class="wide">{{{wide}}}</div>
        {{/wide}}
        {{#narrow}}
        <div class="narrow">{{{narrow}}}</div>
        {{/narrow}}
        {{#wide}}
        <details><summary>The numbers</summary>
        {{{table}}}
        </details>
        {{/wide}}
        {{^wide}}
        {{{table}}}
        {{/wide}}
        {{#comparisons}}
        <div class="comparison"><h4>{{title}}</h4>
        {{#parts}}
        <blockquote><p class="place">{{name}}</p><p>{{before}}<mark>{{match}}</mark>{{after}}</p></blockquote>
        {{/parts}}
        </div>
        {{/comparisons}}
        </figure>

        """
}
