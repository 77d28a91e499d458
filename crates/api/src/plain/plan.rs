//! What a selection asks of each type of object that it meets: worked out once, followed many times.

use std::{
    borrow::Cow,
    cell::{Cell, OnceCell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use async_graphql::{
    Name, Positioned,
    parser::types::{Field, FragmentDefinition, Selection, SelectionSet},
};

use super::PlainObject;

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// What to write of a value: nothing more for a scalar, these fields for an object.
#[derive(Debug)]
pub struct Plan<'a> {
    sets: Vec<&'a SelectionSet>,
    root: Rc<Root<'a>>,
    union: OnceCell<Cow<'static, str>>,
    objects: RefCell<Vec<Object<'a>>>,
}

#[derive(Debug)]
struct Root<'a> {
    fragments: &'a Fragments,
    unknown: Cell<Option<&'a str>>,
}

/// A type of object, with what to write of it.
type Object<'a> = (Cow<'static, str>, Rc<[Step<'a>]>);

/// One field to write.
#[derive(Debug)]
pub(super) struct Step<'a> {
    /// The response key as JSON, with its colon.
    pub(super) key: String,
    /// The field's place; `None` for `__typename`.
    pub(super) place: Option<usize>,
    /// What to write of the field.
    pub(super) plan: Plan<'a>,
}

impl<'a> Plan<'a> {
    /// A plan for a selection.
    pub(super) fn new(selection: &'a Positioned<SelectionSet>, fragments: &'a Fragments) -> Self {
        let root = Root {
            fragments,
            unknown: Cell::new(None),
        };
        Self::of(vec![&selection.node], &Rc::new(root))
    }

    fn of(sets: Vec<&'a SelectionSet>, root: &Rc<Root<'a>>) -> Self {
        Self {
            sets,
            root: Rc::clone(root),
            union: OnceCell::new(),
            objects: RefCell::default(),
        }
    }

    /// Says that the objects stand in this union.
    pub fn within(&self, union: Cow<'static, str>) -> &Self {
        self.union.get_or_init(|| union);
        self
    }

    /// A field that was asked for and that its object does not have.
    pub(super) fn unknown(&self) -> Option<&'a str> {
        self.root.unknown.get()
    }

    /// The fields to write of objects of this type.
    pub(super) fn steps<T: PlainObject>(&self) -> Rc<[Step<'a>]> {
        let name = T::type_name();
        let mut objects = self.objects.borrow_mut();
        if let Some((_, steps)) = objects.iter().find(|(known, _)| *known == name) {
            return Rc::clone(steps);
        }
        let mut fields = Vec::new();
        for set in &self.sets {
            self.collect(set, &name, &mut fields);
        }
        let steps: Rc<[Step<'a>]> = fields
            .into_iter()
            .filter_map(|(key, name, sets)| self.step::<T>(key, name, sets))
            .collect();
        objects.push((name, Rc::clone(&steps)));
        steps
    }

    fn step<T: PlainObject>(
        &self,
        key: &str,
        name: &'a str,
        sets: Vec<&'a SelectionSet>,
    ) -> Option<Step<'a>> {
        let place = T::place(name);
        if place.is_none() && name != "__typename" {
            self.root.unknown.set(Some(name));
            return None;
        }
        Some(Step {
            key: format!("\"{key}\":"),
            place,
            plan: Self::of(sets, &self.root),
        })
    }

    /// The fields of a selection: response key, name, and what is selected of each, merged where the same
    /// key comes again. An object is in one union at most and in no interface; a test of the schema holds that.
    fn collect(
        &self,
        set: &'a SelectionSet,
        object: &str,
        fields: &mut Vec<(&'a str, &'a str, Vec<&'a SelectionSet>)>,
    ) {
        let applies = |on: &str| on == object || self.union.get().is_some_and(|union| union == on);
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => add(&field.node, fields),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.root.fragments.get(name)
                        && applies(&fragment.node.type_condition.node.on.node)
                    {
                        self.collect(&fragment.node.selection_set.node, object, fields);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    if on.is_none_or(|on| applies(&on.node.on.node)) {
                        self.collect(&fragment.node.selection_set.node, object, fields);
                    }
                }
            }
        }
    }
}

fn add<'a>(field: &'a Field, fields: &mut Vec<(&'a str, &'a str, Vec<&'a SelectionSet>)>) {
    let key = field.response_key().node.as_str();
    let set = &field.selection_set.node;
    match fields.iter_mut().find(|(known, ..)| *known == key) {
        Some((.., sets)) => sets.push(set),
        None => fields.push((key, field.name.node.as_str(), vec![set])),
    }
}
