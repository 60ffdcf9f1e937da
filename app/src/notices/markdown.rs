//! What a notice says, as HTML that may stand in anybody's page: whatever was typed, only these few elements come through,
//! no script, no style, no picture that would tell another site who reads.

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::HashSet;

const TAGS: [&str; 14] =
    ["a", "blockquote", "br", "code", "del", "em", "h2", "h3", "hr", "li", "ol", "p", "strong", "ul"];
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Markdown as clean HTML. The page has a title already: a heading stands below that.
pub fn render(markdown: &str) -> String {
    cleaned(markdown, HashSet::from(TAGS))
}

/// The same for a lobby screen, out of which nothing leads: of a link only its words stand there.
pub fn render_without_links(markdown: &str) -> String {
    let mut tags = HashSet::from(TAGS);
    tags.remove("a");
    cleaned(markdown, tags)
}

fn cleaned(markdown: &str, tags: HashSet<&str>) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: below(level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        // Whoever types angle brackets means them: what looks like HTML is shown as it was typed.
        Event::Html(typed) | Event::InlineHtml(typed) => Event::Text(typed),
        event => event,
    });
    let mut raw = String::new();
    html::push_html(&mut raw, events);
    Builder::default()
        .tags(tags)
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&raw)
        .to_string()
}

fn below(level: HeadingLevel) -> HeadingLevel {
    if level == HeadingLevel::H1 { HeadingLevel::H2 } else { HeadingLevel::H3 }
}

#[cfg(test)]
mod tests {
    use super::{render, render_without_links};

    #[test]
    fn what_is_written_looks_as_it_is_meant() {
        let html = render("# Water\n\nOff **from 9** to *11*.\n\n- kitchen\n- bath\n\n[call](tel:+861234)");
        assert!(html.contains("<h2>Water</h2>"), "{html}");
        assert!(html.contains("<strong>from 9</strong>") && html.contains("<li>kitchen</li>"), "{html}");
        assert!(html.contains(r#"href="tel:+861234""#), "{html}");
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched_whatever_was_typed() {
        let hostile = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![spy](https://spy.example/pixel.png)",
            "[here](javascript:alert(1))",
            "[here](JaVaScRiPt:alert(1))",
            "[here](data:text/html;base64,PHNjcmlwdD4=)",
            "<a href=\"https://a.example\" onclick=\"alert(1)\" style=\"position:fixed\">x</a>",
            "<iframe src=\"https://a.example\"></iframe>",
            "<svg><script>alert(1)</script></svg>",
            "<form action=\"/api/people/sign_out\"><button>x</button></form>",
            "<style>body { display: none }</style>",
            "<p class=\"topbar\" id=\"main\">x</p>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "`<script>alert(1)</script>`",
        ];
        let forbidden = ["<script", "<img", "<iframe", "<svg", "<form", "<style", "<math", "javascript:", "data:"];
        for typed in hostile {
            let html = render(typed);
            let lower = html.to_ascii_lowercase();
            assert!(forbidden.iter().all(|what| !lower.contains(what)), "{typed}: {html}");
            for element in lower.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                let is_bare = [" on", " style", " class", " id"].iter().all(|attribute| !element.contains(attribute));
                assert!(is_bare, "{typed}: {html}");
            }
        }
    }

    #[test]
    fn on_a_lobby_screen_a_link_is_its_words() {
        assert_eq!(render_without_links("See [the map](https://map.example/)."), "<p>See the map.</p>\n");
    }

    #[test]
    fn a_link_tells_the_other_site_nothing() {
        let html = render("[map](https://map.example/)");
        assert!(html.contains(r#"rel="noopener noreferrer nofollow""#), "{html}");
    }
}
