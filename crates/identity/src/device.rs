//! What kind of device somebody signs in with: a browser and a system of short lists, and nothing else of what an agent
//! string says. Browsers have frozen these strings, so a table tells what a parser with thousands of patterns would.

/// Names, and what gives each away. The first one that is found counts: most browsers also claim to be Chrome and
/// Safari, and Android claims to be Linux.
type Names = [(&'static str, &'static [&'static str])];

const BROWSERS: &Names = &[
    ("Edge", &["Edg/", "EdgA/", "EdgiOS/"]),
    ("Opera", &["OPR/", "OPT/"]),
    ("Samsung Internet", &["SamsungBrowser/"]),
    ("Firefox", &["Firefox/", "FxiOS/"]),
    ("Chrome", &["Chrome/", "CriOS/", "Chromium/"]),
    ("Safari", &["Safari/"]),
];

const SYSTEMS: &Names = &[
    ("Android", &["Android"]),
    ("iPhone", &["iPhone"]),
    ("iPad", &["iPad"]),
    ("Windows", &["Windows NT"]),
    ("macOS", &["Macintosh"]),
    ("ChromeOS", &["CrOS"]),
    ("Linux", &["Linux", "X11"]),
];

/// The kind of device of an agent string, such as "Firefox on Linux", "Linux" or "Firefox"; `None` for what is no
/// browser that we know.
pub(crate) fn label(user_agent: &str) -> Option<String> {
    let browser = first(BROWSERS, user_agent);
    let system = first(SYSTEMS, user_agent);
    match (browser, system) {
        (Some(browser), Some(system)) => Some(format!("{browser} on {system}")),
        (browser, system) => browser.or(system).map(str::to_owned),
    }
}

fn first(names: &Names, user_agent: &str) -> Option<&'static str> {
    let found = names
        .iter()
        .find(|(_, marks)| marks.iter().any(|mark| user_agent.contains(mark)));
    found.map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_apart_coarsely() {
        for (agent, expected) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                "Safari on macOS",
            ),
            ("something for Linux", "Linux"),
        ] {
            assert_eq!(label(agent).as_deref(), Some(expected));
        }
        assert_eq!(label("curl/8.14.1"), None);
        assert_eq!(label(""), None);
        assert_eq!(label(&"x".repeat(30_000)), None);
    }
}
