//! The cookie that carries a session.

/// How the session cookie looks: `Secure` everywhere but on loopback over plain HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookiePolicy {
    /// Sent over HTTPS only.
    pub secure: bool,
}

const YEAR: u32 = 365 * 24 * 3600;

impl CookiePolicy {
    /// The cookie's name; the prefix `__Host-` makes browsers hold us to `Secure` and `Path=/`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        if self.secure {
            "__Host-dt_session"
        } else {
            "dt_session"
        }
    }

    /// The name of the cookie that tells a device which somebody has signed in with before.
    #[must_use]
    pub const fn device_name(self) -> &'static str {
        if self.secure {
            "__Host-dt_device"
        } else {
            "dt_device"
        }
    }

    /// The `Set-Cookie` value that marks a device.
    #[must_use]
    pub fn mark(self, token: &str) -> String {
        self.render(self.device_name(), token, YEAR)
    }

    /// The `Set-Cookie` value that hands out a token.
    #[must_use]
    pub fn set(self, token: &str) -> String {
        self.render(self.name(), token, YEAR)
    }

    /// The `Set-Cookie` value that takes the token away.
    #[must_use]
    pub fn clear(self) -> String {
        self.render(self.name(), "", 0)
    }

    fn render(self, name: &str, value: &str, max_age: u32) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_goes_without_secure() {
        let cookie = CookiePolicy { secure: true }.set("t");
        assert_eq!(
            cookie,
            "__Host-dt_session=t; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"
        );
        let cookie = CookiePolicy { secure: false }.clear();
        assert_eq!(
            cookie,
            "dt_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        );
        let cookie = CookiePolicy { secure: true }.mark("d");
        assert_eq!(
            cookie,
            "__Host-dt_device=d; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"
        );
    }
}
