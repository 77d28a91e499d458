//! A partner's program, and a person's browser on the consent page.

use serde_json::Value;
use ureq::http::Response;

use super::server::Server;

/// Where people are sent back to.
pub(crate) const BACK: &str = "https://school.example/back";

/// The example of RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A registered program.
pub(crate) struct Program {
    address: String,
    pub(crate) id: String,
    pub(crate) secret: String,
    agent: ureq::Agent,
}

/// What a form or an address was answered with; redirects are not followed.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) text: String,
    headers: ureq::http::HeaderMap,
}

impl Reply {
    fn of(reply: Response<ureq::Body>) -> Self {
        let (head, mut body) = reply.into_parts();
        Self {
            status: head.status.as_u16(),
            headers: head.headers,
            text: body.read_to_string().expect("a text"),
        }
    }

    /// A header; empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("ASCII"))
    }

    /// What cookies a browser would send back.
    pub(crate) fn cookies(&self) -> String {
        let set = self.headers.get_all("set-cookie").iter();
        let pairs = set.map(|value| {
            value
                .to_str()
                .expect("ASCII")
                .split(';')
                .next()
                .expect("a pair")
        });
        pairs.collect::<Vec<_>>().join("; ")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// The value of a hidden field of the page.
    pub(crate) fn field(&self, name: &str) -> &str {
        let (_, rest) = self
            .text
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("{name} of {}", self.text));
        rest.split('"').next().expect("a value")
    }

    /// A parameter of the address that the browser is sent to; these need no decoding.
    pub(crate) fn sent(&self, name: &str) -> Option<String> {
        let (_, query) = self.header("location").split_once('?')?;
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let mut found = pairs.filter(|(key, _)| *key == name);
        found.next().map(|(_, value)| value.to_owned())
    }
}

impl Program {
    /// Registers a program that keeps a secret.
    pub(crate) fn register(server: &Server, name: &str, scopes: &[&str]) -> Self {
        let mut arguments = vec!["partner", "add", name, "--redirect", BACK];
        for scope in scopes {
            arguments.extend(["--scope", scope]);
        }
        let said = server.command(&arguments);
        let told = |label: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(label));
            line.expect("a line").trim().to_owned()
        };
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Self {
            address: server.client().address().to_owned(),
            id: told("client_id:"),
            secret: told("client_secret:"),
            agent: config.into(),
        }
    }

    /// The same program, which has learned that the server is elsewhere now.
    pub(crate) fn moved_to(self, server: &Server) -> Self {
        Self {
            address: server.client().address().to_owned(),
            ..self
        }
    }

    /// Gets an address, with these headers.
    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = self.agent.get(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Reply::of(request.call().expect("the server answers"))
    }

    /// Sends a form, with these headers.
    pub(crate) fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = self.agent.post(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = request.send_form(fields.iter().copied());
        Reply::of(sent.expect("the server answers"))
    }

    /// Asks the token endpoint, with id and secret in the body.
    pub(crate) fn token(&self, fields: &[(&str, &str)]) -> Reply {
        let proof = [("client_id", &*self.id), ("client_secret", &*self.secret)];
        let fields: Vec<_> = fields.iter().copied().chain(proof).collect();
        self.post("/oauth/token", &fields, &[])
    }

    /// An access token of the program's own.
    pub(crate) fn own_token(&self) -> String {
        let reply = self.token(&[("grant_type", "client_credentials")]);
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()["access_token"]
            .as_str()
            .expect("a token")
            .to_owned()
    }

    /// The parameters of a request for these scopes.
    pub(crate) fn request<'a>(&'a self, scope: &'a str) -> [(&'a str, &'a str); 7] {
        [
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", BACK),
            ("scope", scope),
            ("state", "as-it-came"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ]
    }

    /// The address of a request's page.
    pub(crate) fn address_of(&self, scope: &str) -> String {
        let pairs = self.request(scope).map(|(name, value)| {
            let value = value
                .replace(':', "%3A")
                .replace('/', "%2F")
                .replace(' ', "+");
            format!("{name}={value}")
        });
        format!("/oauth/authorize?{}", pairs.join("&"))
    }

    /// Somebody reads the page and ticks these of the scopes; where they are sent.
    pub(crate) fn consent(&self, cookies: &str, scope: &str, ticked: &[&str]) -> Reply {
        let headers = [("cookie", cookies)];
        let page = self.get(&self.address_of(scope), &headers);
        assert_eq!(page.status, 200, "{}", page.text);
        let boxes: Vec<String> = ticked.iter().map(|one| format!("allow.{one}")).collect();
        let mut fields = self.request(scope).to_vec();
        let seal = ["made_at", "mark"].map(|name| (name, page.field(name)));
        fields.extend(seal);
        fields.extend(boxes.iter().map(|name| (&**name, "yes")));
        fields.push(("answer", "allow"));
        self.post("/oauth/authorize", &fields, &headers)
    }

    /// Exchanges the code that somebody was sent back with.
    pub(crate) fn exchange(&self, code: &str) -> Reply {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ])
    }
}
