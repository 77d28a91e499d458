//! The pages of OAuth: plain HTML without a script, which nobody frames and nobody keeps.

use std::fmt::Write;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use dreamtree_partners::{Authorization, Seal, origin};

use super::{
    AUTHORIZE, SIGN_IN, STYLE,
    form::{Form, REQUEST},
};

const CSS: &str = "body { color: #2E3338; background: #FBF6E9; font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; \
    margin: 3rem auto; padding: 0 1rem }\n\
    h1 { font-size: 1.4rem }\n\
    fieldset { border: 1px solid #6b6f73; border-radius: .4rem; margin: 1.5rem 0; padding: .5rem 1rem }\n\
    label { display: block; padding: .4rem 0 }\n\
    input[type=email], input[type=password], input[type=text] { font: inherit; width: 100%; box-sizing: border-box; \
    padding: .4rem }\n\
    button { font: inherit; padding: .5rem 1.2rem; margin: 0 .6rem .6rem 0 }\n\
    .fault { border-left: .3rem solid #a33; padding-left: .7rem }\n";

/// The style of the pages, apart from them so that they need not allow any in their text.
pub(super) async fn style() -> impl IntoResponse {
    let kind = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (kind, CSS)
}

/// Asks a person whether a partner may read.
pub(super) fn consent(asked: &Authorization, form: &Form, seal: &Seal) -> Response {
    let name = escaped(&asked.partner.name);
    let mut page = format!(
        "<h1>{name} would like to read from your account</h1>\n\
         <p>Choose what it may read. You can take it back at any time, and your diary shows on which days it was read. \
         What you keep sealed cannot be asked for.</p>\n<form method=\"post\" action=\"{AUTHORIZE}\">\n"
    );
    hidden(&mut page, form);
    let mut field = |name: &str, value: &str| {
        let value = escaped(value);
        push(
            &mut page,
            format_args!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n"),
        );
    };
    field("made_at", &seal.made_at);
    field("mark", &seal.mark);
    page.push_str("<fieldset>\n<legend>It may read</legend>\n");
    for scope in asked.scopes.iter() {
        let (name, meaning) = (scope.as_str(), scope.meaning());
        push(
            &mut page,
            format_args!(
                "<label><input type=\"checkbox\" name=\"allow.{name}\" value=\"yes\"> {meaning}</label>\n"
            ),
        );
    }
    page.push_str(
        "</fieldset>\n<button name=\"answer\" value=\"allow\">Allow what is ticked</button>\n\
         <button name=\"answer\" value=\"deny\">Do not allow anything</button>\n</form>\n",
    );
    let back = origin(&asked.redirect_uri).unwrap_or_default();
    push(
        &mut page,
        format_args!("<p>Either way you go on to {}.</p>\n", escaped(&back)),
    );
    shown(
        StatusCode::OK,
        "A partner asks",
        &page,
        &format!("'self' {back}"),
    )
}

/// Who somebody is while they sign in on the page of a partner's request.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    /// Nobody yet.
    Password,
    /// Somebody with the right password, who has a second factor: the challenge.
    Code(&'a str),
    /// A visitor, whose work has no owner yet.
    Visitor,
}

/// Asks a person who is not signed in to sign in, here or at the site.
pub(super) fn sign_in(
    asked: &Authorization,
    form: &Form,
    step: Step<'_>,
    fault: Option<(StatusCode, &str)>,
    site: Option<&str>,
) -> Response {
    let name = escaped(&asked.partner.name);
    let mut page = format!(
        "<h1>Sign in to DreamTree</h1>\n<p>{name} would like to read from your account. Sign in first; then you are \
         asked what it may read.</p>\n"
    );
    if let Some((_, text)) = fault {
        push(
            &mut page,
            format_args!("<p class=\"fault\" role=\"alert\">{}</p>\n", escaped(text)),
        );
    }
    if let Step::Visitor = step {
        page.push_str(
            "<p>You are here as a visitor. Give your work an address and a password first, then come back.</p>\n",
        );
    } else {
        push(
            &mut page,
            format_args!("<form method=\"post\" action=\"{SIGN_IN}\">\n"),
        );
        hidden(&mut page, form);
        fields(&mut page, step);
        page.push_str("<p><button>Sign in</button></p>\n</form>\n");
    }
    if let Some(site) = site {
        let back = format!("{AUTHORIZE}?{}", form.request());
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("return_to", &back);
        let address = escaped(&format!("{site}/sign-in?{}", query.finish()));
        push(
            &mut page,
            format_args!(
                "<p><a href=\"{address}\">Sign in at the site</a>, if you use a passkey.</p>\n"
            ),
        );
    }
    let status = fault.map_or(StatusCode::OK, |(status, _)| status);
    shown(status, "Sign in", &page, "'self'")
}

fn fields(page: &mut String, step: Step<'_>) {
    match step {
        Step::Code(challenge) => push(
            page,
            format_args!(
                "<input type=\"hidden\" name=\"challenge\" value=\"{}\">\n<label>The code that your phone shows, or a \
                 backup code <input type=\"text\" name=\"code\" autocomplete=\"one-time-code\" required></label>\n",
                escaped(challenge)
            ),
        ),
        Step::Password | Step::Visitor => page.push_str(
            "<label>Address <input type=\"email\" name=\"email\" autocomplete=\"username\" required></label>\n\
             <label>Password <input type=\"password\" name=\"password\" autocomplete=\"current-password\" \
             required></label>\n",
        ),
    }
}

/// Tells a person why they are not sent on.
pub(super) fn stay(status: StatusCode, text: &str) -> Response {
    let page = format!("<h1>This did not work</h1>\n<p>{}</p>\n", escaped(text));
    shown(status, "This did not work", &page, "'none'")
}

/// The parameters of the request, to come back with the form.
fn hidden(page: &mut String, form: &Form) {
    for name in REQUEST {
        if let Some(value) = form.get(name) {
            let value = escaped(value);
            push(
                page,
                format_args!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n"),
            );
        }
    }
}

fn shown(status: StatusCode, title: &str, page: &str, form_action: &str) -> Response {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{STYLE}\">\n</head>\n<body>\n<main>\n{page}</main>\n</body>\n</html>\n"
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_FRAME_OPTIONS, "DENY".to_owned()),
        // With less than that, browsers would not say that the form comes from here.
        (header::REFERRER_POLICY, "same-origin".to_owned()),
    ];
    (status, headers, page).into_response()
}

/// Writing into a text cannot fail.
fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).unwrap_or_default();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_would_understand_is_escaped() {
        let escaped = escaped("<a href=\"x\" onclick='y'>&");
        assert_eq!(
            escaped,
            "&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;"
        );
    }
}
