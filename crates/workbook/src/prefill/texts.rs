//! Single things that a person has: texts of the profile, values, the dashboard, the budget, the type.

use dreamtree_content::{DashboardField, Filter, ProfileField, ValuesField};
use dreamtree_types::Private;

use super::{Carried, Found, Gap, Offer};
use crate::{
    Value,
    profile::Profile,
    tool::{ToolData, budget, dashboard::Dashboard, personality::Personality},
    values::Values,
};

/// A text of the profile.
pub(super) fn profile(profile: &Profile, filter: &Filter) -> Found {
    let Some(field) = filter.field_of(ProfileField::parse) else {
        return Found::nothing(Gap::NothingFits);
    };
    let text = match field {
        ProfileField::Headline => &profile.headline,
        ProfileField::Summary => &profile.summary,
        ProfileField::IdentityStory => &profile.identity_story,
        ProfileField::Allegory => &profile.allegory,
        ProfileField::ValueProposition => &profile.value_proposition,
    };
    let offer = private(text, |text| Carried::Profile(field, text.clone()));
    Found::one(offer, profile.updated_at)
}

/// What matters to the person, or one text of it.
pub(super) fn values(values: &Values, filter: &Filter) -> Found {
    let wanted = filter.field_of(ValuesField::parse);
    let of = |field, text: &Option<String>| {
        let asked = wanted.is_none_or(|wanted| wanted == field);
        text.clone().filter(|_| asked)
    };
    let left = Values {
        work_values: of(ValuesField::WorkValues, &values.work_values),
        life_values: of(ValuesField::LifeValues, &values.life_values),
        compass_statement: of(ValuesField::CompassStatement, &values.compass_statement),
        ..values.clone()
    };
    let offer = match (is_blank(values), is_blank(&left)) {
        (true, _) => Offer::gap(Gap::NothingYet),
        (_, true) => Offer::gap(Gap::NothingFits),
        _ => Offer::of(Carried::Values(left)),
    };
    Found::one(offer, values.updated_at)
}

const fn is_blank(values: &Values) -> bool {
    values.work_values.is_none()
        && values.life_values.is_none()
        && values.compass_statement.is_none()
}

/// The dashboard, or one part of it.
pub(super) fn dashboard(dashboard: Option<&Dashboard>, filter: &Filter) -> Offer {
    let Some(dashboard) = dashboard else {
        return Offer::gap(Gap::NothingYet);
    };
    let number = |number| Offer::of(Carried::Value(Value::Number(number)));
    match filter.field_of(DashboardField::parse) {
        Some(DashboardField::Work) => number(dashboard.work),
        Some(DashboardField::Play) => number(dashboard.play),
        Some(DashboardField::Love) => number(dashboard.love),
        Some(DashboardField::Health) => number(dashboard.health),
        Some(DashboardField::Notes) => {
            let notes = private(&dashboard.notes, |text| {
                Carried::Value(Value::Text(text.clone()))
            });
            // There is a dashboard, only without notes.
            match notes.gap {
                Some(Gap::NothingYet) => Offer::gap(Gap::NothingFits),
                _ => notes,
            }
        }
        None => tool(ToolData::Dashboard(dashboard.clone())),
    }
}

/// The person's budget.
pub(super) fn budget(kept: &budget::Kept) -> Found {
    let offer = private(&kept.budget, |budget| {
        Carried::Value(Value::Tool(ToolData::Budget(budget.clone())))
    });
    Found::one(offer, kept.updated_at)
}

/// The person's type.
pub(super) fn personality(code: Option<&String>) -> Offer {
    match code {
        Some(code) => tool(ToolData::Personality(Personality {
            code: Some(code.clone()),
        })),
        None => Offer::gap(Gap::NothingYet),
    }
}

const fn tool(data: ToolData) -> Offer {
    Offer::of(Carried::Value(Value::Tool(data)))
}

fn private<T>(value: &Private<T>, carry: impl Fn(&T) -> Carried) -> Offer {
    match value {
        Private::Open(value) => Offer::of(carry(value)),
        Private::Locked => Offer::gap(Gap::Locked),
        Private::Empty => Offer::gap(Gap::NothingYet),
    }
}
