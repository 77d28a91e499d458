//! Relay's connections.

use async_graphql::{
    ObjectType,
    connection::{Connection, CursorType, Edge, EmptyFields, PageInfo},
};

use super::{Plain, PlainObject, Plan, leaf::write_list, write_object};

/// Fields of the connection itself; those that a connection adds come behind.
const FIELDS: [&str; 3] = ["edges", "nodes", "pageInfo"];

impl<C, N, F> Plain for Connection<C, N, F>
where
    C: CursorType + Send + Sync,
    N: Plain,
    F: ObjectType + PlainObject,
{
    fn write(&self, plan: &Plan<'_>, out: &mut Vec<u8>) {
        write_object(self, plan, out);
    }
}

impl<C, N, F> PlainObject for Connection<C, N, F>
where
    C: CursorType + Send + Sync,
    N: Plain,
    F: ObjectType + PlainObject,
{
    fn place(name: &str) -> Option<usize> {
        let own = FIELDS.iter().position(|field| *field == name);
        own.or_else(|| F::place(name).map(|place| place + FIELDS.len()))
    }

    fn write_field(&self, place: usize, plan: &Plan<'_>, out: &mut Vec<u8>) {
        match place {
            0 => self.edges.write(plan, out),
            1 => write_list(&self.edges, out, |edge, out| edge.node.write(plan, out)),
            2 => PageInfo {
                has_previous_page: self.has_previous_page,
                has_next_page: self.has_next_page,
                start_cursor: self.edges.first().map(|edge| edge.cursor.encode_cursor()),
                end_cursor: self.edges.last().map(|edge| edge.cursor.encode_cursor()),
            }
            .write(plan, out),
            _ => self
                .additional_fields
                .write_field(place - FIELDS.len(), plan, out),
        }
    }
}

impl<C, N> Plain for Edge<C, N, EmptyFields>
where
    C: CursorType + Send + Sync,
    N: Plain,
{
    fn write(&self, plan: &Plan<'_>, out: &mut Vec<u8>) {
        write_object(self, plan, out);
    }
}

impl<C, N> PlainObject for Edge<C, N, EmptyFields>
where
    C: CursorType + Send + Sync,
    N: Plain,
{
    fn place(name: &str) -> Option<usize> {
        ["node", "cursor"].iter().position(|field| *field == name)
    }

    fn write_field(&self, place: usize, plan: &Plan<'_>, out: &mut Vec<u8>) {
        match place {
            0 => self.node.write(plan, out),
            _ => self.cursor.encode_cursor().write(plan, out),
        }
    }
}

impl Plain for PageInfo {
    fn write(&self, plan: &Plan<'_>, out: &mut Vec<u8>) {
        write_object(self, plan, out);
    }
}

impl PlainObject for PageInfo {
    fn place(name: &str) -> Option<usize> {
        ["hasPreviousPage", "hasNextPage", "startCursor", "endCursor"]
            .iter()
            .position(|field| *field == name)
    }

    fn write_field(&self, place: usize, plan: &Plan<'_>, out: &mut Vec<u8>) {
        match place {
            0 => self.has_previous_page.write(plan, out),
            1 => self.has_next_page.write(plan, out),
            2 => self.start_cursor.write(plan, out),
            _ => self.end_cursor.write(plan, out),
        }
    }
}

impl Plain for EmptyFields {
    fn write(&self, plan: &Plan<'_>, out: &mut Vec<u8>) {
        write_object(self, plan, out);
    }
}

impl PlainObject for EmptyFields {
    fn place(_: &str) -> Option<usize> {
        None
    }

    fn write_field(&self, _: usize, _: &Plan<'_>, _: &mut Vec<u8>) {}
}
