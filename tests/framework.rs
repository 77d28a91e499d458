//! The framework of competencies as CASE 1.1, over HTTP against the real binary: for everybody, every address of it.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use serde_json::{Value, json};
use support::{frame::Frame, server::Server};

#[tokio::test]
async fn every_address_of_the_framework_answers() {
    let frame = Frame::sqlite();
    frame.run(|setup| framework(&Server::start(setup))).await;
    frame.remove().await;
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn framework(server: &Server) {
    let client = server.client();
    let get = |path: &str, headers: &[(&str, &str)]| {
        client.page(&format!("/ims/case/v1p1/{path}"), headers)
    };
    let documents = get("CFDocuments", &[]);
    assert_eq!(
        (documents.status, documents.header("x-total-count")),
        (200, "1")
    );
    let known = [("if-none-match", documents.header("etag"))];
    assert_eq!(get("CFDocuments", &known).status, 304);
    let documents: Value = serde_json::from_str(&documents.text).expect("JSON");
    let document = &documents["CFDocuments"][0];
    assert!(text(&document["uri"]).starts_with(client.address()));
    let read = |uri: &Value| {
        let uri = text(uri);
        let path = uri.split_once("/ims/case/v1p1/").expect("a resource").1;
        let page = get(path, &[]);
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, "application/json; charset=utf-8")
        );
        serde_json::from_str::<Value>(&page.text).expect("JSON")
    };
    assert_eq!(read(&document["uri"]), *document);
    let package = read(&document["CFPackageURI"]["uri"]);
    for (kind, count) in [("CFItems", 18), ("CFAssociations", 18), ("CFRubrics", 15)] {
        let all = package[kind].as_array().expect("resources");
        assert_eq!(all.len(), count);
        for one in all {
            assert_eq!(read(&one["uri"])["identifier"], one["identifier"]);
        }
    }
    let minor = |path: &str| {
        let page = get(path, &[]);
        let body: Value = serde_json::from_str(&page.text).expect("JSON");
        let field = &body["imsx_codeMinor"]["imsx_codeMinorField"][0];
        (page.status, text(&field["imsx_codeMinorFieldValue"]))
    };
    assert_eq!(minor("CFItems/nonsense"), (400, "invalid_uuid".to_owned()));
    let unknown = "CFItems/0190a3e4-0000-7000-8000-000000000001";
    assert_eq!(minor(unknown), (404, "unknownobject".to_owned()));
    let none: Value = serde_json::from_str(&get("CFDocuments?offset=1", &[]).text).expect("JSON");
    assert_eq!(none, json!({ "CFDocuments": [] }));
}
