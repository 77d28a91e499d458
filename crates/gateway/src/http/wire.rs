//! Responses as they go over the wire. A root field may come as finished JSON (`Value::Binary`, see
//! `dreamtree_api::TakesJson`); it is copied as it is.

use async_graphql::{Response, ServerError, Value};

use crate::response::is_request_error;

/// The response as JSON. A request error has no `data`.
pub(crate) fn response(response: &Response) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::new();
    write(response, &mut out)?;
    Ok(out)
}

/// The responses to an array of operations.
pub(super) fn responses<'a>(
    responses: impl Iterator<Item = &'a Response>,
) -> serde_json::Result<Vec<u8>> {
    let mut out = vec![b'['];
    for (index, response) in responses.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(response, &mut out)?;
    }
    out.push(b']');
    Ok(out)
}

/// An answer that got no further than to errors.
pub(super) fn errors(errors: &[ServerError]) -> serde_json::Result<Vec<u8>> {
    let mut out = b"{\"errors\":".to_vec();
    serde_json::to_writer(&mut out, errors)?;
    out.push(b'}');
    Ok(out)
}

fn write(response: &Response, out: &mut Vec<u8>) -> serde_json::Result<()> {
    if is_request_error(response) {
        out.extend(errors(&response.errors)?);
        return Ok(());
    }
    out.extend_from_slice(b"{\"data\":");
    write_data(&response.data, out)?;
    if !response.errors.is_empty() {
        out.extend_from_slice(b",\"errors\":");
        serde_json::to_writer(&mut *out, &response.errors)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_data(data: &Value, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let Value::Object(fields) = data else {
        return serde_json::to_writer(out, data);
    };
    let mut mark = b'{';
    for (key, value) in fields {
        out.push(mark);
        mark = b',';
        serde_json::to_writer(&mut *out, key)?;
        out.push(b':');
        match value {
            Value::Binary(json) => out.extend_from_slice(json),
            value => serde_json::to_writer(&mut *out, value)?,
        }
    }
    out.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    #[test]
    fn finished_json_is_copied_and_the_rest_is_written() {
        let mut data = value!({ "a": 1, "b": { "c": "\"" } });
        if let Value::Object(fields) = &mut data {
            fields.insert(async_graphql::Name::new("d"), Value::Binary("[1,2]".into()));
        }
        let json = response(&Response::new(data)).unwrap();
        assert_eq!(
            String::from_utf8(json).unwrap(),
            r#"{"data":{"a":1,"b":{"c":"\""},"d":[1,2]}}"#
        );
    }

    #[test]
    fn errors_stand_beside_the_data_or_alone() {
        let error = ServerError::new("no", None);
        let text = |one: &Response| String::from_utf8(response(one).unwrap()).unwrap();
        let alone = Response::from_errors(vec![error.clone()]);
        assert_eq!(text(&alone), r#"{"errors":[{"message":"no"}]}"#);
        let mut beside = Response::new(value!({ "a": null }));
        beside.errors.push(error);
        let expected = r#"{"data":{"a":null},"errors":[{"message":"no"}]}"#;
        assert_eq!(text(&beside), expected);
        let batch = responses([&beside, &alone].into_iter()).unwrap();
        let expected = format!("[{expected},{}]", text(&alone));
        assert_eq!(String::from_utf8(batch).unwrap(), expected);
    }
}
