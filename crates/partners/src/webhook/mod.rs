//! Webhooks: partners are told that something has changed, and read what it is with their tokens. What is told is written
//! in the transaction of the change ([`Herald`]) and carried out in the background ([`Dispatcher`]), after Standard
//! Webhooks; `docs/webhooks.md` tells it from outside.

mod delivery;
mod dispatch;
mod endpoint;
mod event;
mod herald;
mod queue;
mod reseal;
mod retries;

pub use delivery::{Delivery, DeliveryState, Page, Replay, Wanted, page, replay, test};
pub use dispatch::Dispatcher;
pub use dreamtree_courier::{Courier, Reach, Resolve};
pub use endpoint::{FORMER, NewWebhook, Placed, Switch, Webhook, WebhookState, all, rotate, set};
pub use event::{TEST, UnknownEvent, WebhookEvent};
pub use herald::Herald;
pub use reseal::{reseal, sealed_before};
pub use retries::{LONGEST_PAUSE, Retries};

pub(crate) use delivery::{page_by, replay_by, sweep, test_by};
pub(crate) use endpoint::{all_by, forget_former, forget_partner, rotate_by, set_by};
pub(crate) use herald::{allowed, changed, withdrawn};
