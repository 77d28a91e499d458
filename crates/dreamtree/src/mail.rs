//! The postman of this server.

use dreamtree_identity::Identity;
use dreamtree_mail::{Carrier, Mailbox, Postman, Sender};

use crate::{config::Config, failure::Failure};

/// Whoever carries the letters out of the outbox, with the keys that they are sealed with.
pub(crate) fn postman(config: &Config, identity: &Identity) -> Result<Postman, Failure> {
    let mail = &config.mail;
    let carrier = if let Some(relay) = mail.relay() {
        Carrier::relay(&relay).map_err(Failure::during("mail.host"))?
    } else {
        tracing::info!(folder = %mail.folder.display(), "no mail server is set: mail goes into files");
        Carrier::Folder(mail.folder.clone())
    };
    let from: Mailbox = mail.from.parse().map_err(Failure::during("mail.from"))?;
    let listen = || format!("http://{}", config.server.listen);
    let site = mail.site.as_ref().or(config.server.public_url.as_ref());
    let sender = Sender {
        from,
        site: site.map_or_else(listen, |site| site.0.clone()),
    };
    Ok(Postman::new(identity.keys(), sender, carrier))
}
