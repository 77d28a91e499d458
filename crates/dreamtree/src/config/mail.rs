//! The section `mail`: who letters are from, what they leave by, and where their links lead.

use std::path::PathBuf;

use dreamtree_mail::{Credentials, Mailbox, Relay, Tls};
use secrecy::{ExposeSecret, SecretString};

use super::{
    reader::Reader,
    sections::Server,
    values::{Mode, Origin},
};

const FROM: &str = "DreamTree <dreamtree@localhost>";

/// How letters leave.
#[derive(Debug)]
pub(crate) struct Mail {
    /// The address that they are from.
    pub(crate) from: String,
    /// Scheme, host and port of the pages that their links lead to.
    pub(crate) site: Option<Origin>,
    /// Where they are put while there is no mail server.
    pub(crate) folder: PathBuf,
    host: Option<String>,
    port: usize,
    tls: Tls,
    user: Option<String>,
    password: Option<SecretString>,
}

impl Mail {
    pub(super) fn of(reader: &mut Reader, server: &Server) -> Self {
        let tls = reader.take_or("mail.tls", Tls::StartTls, |text| match text {
            "starttls" => Ok(Tls::StartTls),
            "tls" => Ok(Tls::Whole),
            "none" => Ok(Tls::None),
            _ => Err("must be starttls, tls or none".to_owned()),
        });
        let usual = match tls {
            Tls::Whole => 465,
            Tls::StartTls => 587,
            Tls::None => 25,
        };
        let mail = Self {
            from: reader.take_or("mail.from", FROM.to_owned(), |text| {
                let read = text.parse::<Mailbox>();
                let fault = "must be an address, such as DreamTree <hello@dreamtree.example>";
                read.map(|_| text.to_owned()).map_err(|_| fault.to_owned())
            }),
            site: reader.optional("mail.site_url"),
            folder: reader.take("mail.folder", PathBuf::from("data/mail")),
            host: reader.optional("mail.host"),
            port: reader.number("mail.port", usual, 1..=65_535),
            tls,
            user: reader.optional("mail.user"),
            password: reader
                .optional("mail.password")
                .map(|text: String| text.into()),
        };
        mail.check(reader, server.mode);
        mail
    }

    /// What only shows when several keys are seen together.
    fn check(&self, reader: &mut Reader, mode: Mode) {
        if mode == Mode::Production && self.host.is_none() {
            reader.fault("mail.host", "is needed in production");
        }
        if mode == Mode::Production && self.from == FROM {
            reader.fault("mail.from", "is needed in production");
        }
        if self.user.is_some() != self.password.is_some() {
            reader.fault("mail.user", "and mail.password go together");
        }
        if self.user.is_some() && self.tls == Tls::None {
            reader.fault("mail.password", "is not sent without TLS");
        }
    }

    /// The mail server, if there is one.
    pub(crate) fn relay(&self) -> Option<Relay> {
        let credentials = match (&self.user, &self.password) {
            (Some(user), Some(password)) => Some(Credentials {
                user: user.clone(),
                password: password.expose_secret().to_owned(),
            }),
            _ => None,
        };
        Some(Relay {
            host: self.host.clone()?,
            port: u16::try_from(self.port).unwrap_or(u16::MAX),
            tls: self.tls,
            credentials,
        })
    }
}
