//! Which of the credentials are wanted, and where the other pages are (Open Badges 3.0, 6.4; RFC 8288).

use dreamtree_types::Instant;
use form_urlencoded::{Serializer, parse};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The most that one page has, however many are asked for.
const MOST: usize = 100;

/// How many a page has when nobody says.
const USUAL: usize = 20;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paging {
    limit: usize,
    offset: usize,
    /// Only what was issued after this; and the text that said so.
    since: Option<(Instant, String)>,
}

impl Paging {
    /// Reads a query; the rule that it breaks, if it does. What it does not know it leaves alone.
    pub(super) fn of(query: &str) -> Result<Self, &'static str> {
        let (mut limit, mut offset, mut since) = (None, None, None);
        for (name, value) in parse(query.as_bytes()) {
            let known = match &*name {
                "limit" => limit.replace(size(&value)?).is_none(),
                "offset" => offset.replace(place(&value)?).is_none(),
                "since" => since.replace(moment(&value)?).is_none(),
                _ => true,
            };
            if !known {
                return Err("A parameter is there twice.");
            }
        }
        Ok(Self {
            limit: limit.unwrap_or(USUAL),
            offset: offset.unwrap_or(0),
            since,
        })
    }

    /// Whether something that was issued then is wanted.
    pub(super) fn is_later(&self, issued_at: Instant) -> bool {
        self.since
            .as_ref()
            .is_none_or(|(since, _)| issued_at > *since)
    }

    /// The page out of all that is wanted.
    pub(super) fn page<T>(&self, all: Vec<T>) -> Vec<T> {
        let rest = all.into_iter().skip(self.offset);
        rest.take(self.limit).collect()
    }

    /// The other pages of so many that there are.
    pub(super) fn links(&self, address: &str, total: usize) -> String {
        let behind = self.offset.saturating_add(self.limit);
        let last = total.saturating_sub(1) / self.limit * self.limit;
        let places = [
            ("next", (behind < total).then_some(behind)),
            ("last", Some(last)),
            ("first", Some(0)),
            (
                "prev",
                (self.offset > 0).then(|| self.offset.saturating_sub(self.limit)),
            ),
        ];
        let links = places.into_iter().filter_map(|(name, place)| {
            let query = self.query(place?);
            Some(format!("<{address}?{query}>; rel=\"{name}\""))
        });
        links.collect::<Vec<_>>().join(", ")
    }

    fn query(&self, offset: usize) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("limit", &self.limit.to_string());
        query.append_pair("offset", &offset.to_string());
        if let Some((_, text)) = &self.since {
            query.append_pair("since", text);
        }
        query.finish()
    }
}

fn size(text: &str) -> Result<usize, &'static str> {
    let size = text.parse().ok().filter(|size| *size > 0);
    let size: usize = size.ok_or("limit must be a whole number, 1 or more.")?;
    Ok(size.min(MOST))
}

fn place(text: &str) -> Result<usize, &'static str> {
    let rule = "offset must be a whole number, 0 or more.";
    text.parse().map_err(|_| rule)
}

/// A plus that nobody has encoded arrives as a blank.
fn moment(text: &str) -> Result<(Instant, String), &'static str> {
    let text = text.replace(' ', "+");
    let rule = "since must be a time such as 2026-03-01T12:00:00Z.";
    let moment = OffsetDateTime::parse(&text, &Rfc3339).map_err(|_| rule)?;
    Ok((moment, text))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_query_is_read_or_refused() {
        let usual = Paging::of("").unwrap();
        assert_eq!((usual.limit, usual.offset, &usual.since), (20, 0, &None));
        let all = Paging::of("limit=1000&offset=3&since=2026-03-01T12:00:00+01:00&x=y").unwrap();
        assert_eq!((all.limit, all.offset), (100, 3));
        assert!(!all.is_later(datetime!(2026-03-01 11:00 UTC)));
        assert!(all.is_later(datetime!(2026-03-01 11:00:01 UTC)));
        for wrong in [
            "limit=0",
            "limit=-1",
            "limit=",
            "limit=1.5",
            "offset=-1",
            "offset=99999999999999999999999",
            "since=yesterday",
            "since=2026-03-01",
            "limit=1&limit=1",
        ] {
            assert!(Paging::of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn pages_lead_to_each_other() {
        let links = |query: &str, total| Paging::of(query).unwrap().links("https://a/b", total);
        let first = "<https://a/b?limit=2&offset=0>; rel=\"first\"";
        let last = "<https://a/b?limit=2&offset=4>; rel=\"last\"";
        let next = "<https://a/b?limit=2&offset=4>; rel=\"next\"";
        let prev = "<https://a/b?limit=2&offset=0>; rel=\"prev\"";
        assert_eq!(
            links("limit=2&offset=2", 5),
            format!("{next}, {last}, {first}, {prev}")
        );
        assert_eq!(
            links("limit=2&offset=4", 5),
            format!("{last}, {first}, {}", prev.replace("offset=0", "offset=2"))
        );
        let alone = "<https://a/b?limit=2&offset=0>; rel=\"last\"";
        for total in [0, 1, 2] {
            assert_eq!(links("limit=2", total), format!("{alone}, {first}"));
        }
        let since = links("since=2026-03-01T12:00:00%2B01:00", 0);
        assert!(
            since.contains("&since=2026-03-01T12%3A00%3A00%2B01%3A00>"),
            "{since}"
        );
    }

    #[test]
    fn a_page_is_what_lies_between() {
        let page = |query: &str| Paging::of(query).unwrap().page(vec![1, 2, 3, 4, 5]);
        assert_eq!(page("limit=2&offset=1"), [2, 3]);
        assert_eq!(page("offset=4"), [5]);
        assert_eq!(page("offset=5"), [0; 0]);
    }
}
