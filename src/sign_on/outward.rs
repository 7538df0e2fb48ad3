//! The way out to an identity provider, which an organisation's admin names: only to addresses that are public, only by TLS,
//! never by a redirect, never for long and never for much.

use std::{net::IpAddr, time::Duration};

use reqwest::{
    Client, Response, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};
use serde::de::DeserializeOwned;

use super::Trouble;

const DEADLINE: Duration = Duration::from_secs(10);
const MOST_BYTES: usize = 1024 * 1024;

pub struct Outward {
    http: Client,
    allowed: Allowed,
}

/// What else may be reached besides public addresses by TLS.
#[derive(Clone, Debug, Default)]
struct Allowed {
    /// This machine, without TLS: where the product itself is reached so, in development and tests.
    loopback: bool,
    /// Hosts in a private network that the operator has named.
    private_hosts: Vec<String>,
}

impl Outward {
    /// # Errors
    /// When the system offers no randomness or sockets.
    pub fn new(loopback: bool, private_hosts: Vec<String>) -> anyhow::Result<Outward> {
        let allowed = Allowed { loopback, private_hosts };
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(DEADLINE)
            .connect_timeout(DEADLINE / 2)
            .no_proxy()
            .dns_resolver(std::sync::Arc::new(Guarded(allowed.clone())))
            .build()?;
        Ok(Outward { http, allowed })
    }

    /// An address that may be asked.
    ///
    /// # Errors
    /// `Address` for any other.
    pub fn checked(&self, address: &str) -> Result<Url, Trouble> {
        let url = Url::parse(address).map_err(|_| Trouble::Address)?;
        if self.allowed.takes(&url) { Ok(url) } else { Err(Trouble::Address) }
    }

    pub async fn get<T: DeserializeOwned>(&self, address: &str) -> Result<T, Trouble> {
        let url = self.checked(address)?;
        read(self.http.get(url).header("accept", "application/json").send().await).await
    }

    pub async fn get_as<T: DeserializeOwned>(&self, address: &str, token: &str) -> Result<T, Trouble> {
        let url = self.checked(address)?;
        read(self.http.get(url).bearer_auth(token).header("accept", "application/json").send().await).await
    }

    /// A form, with our name and secret as HTTP basic authentication where they are given.
    pub async fn post<T: DeserializeOwned>(
        &self,
        address: &str,
        form: &[(&str, &str)],
        basic: Option<(&str, &str)>,
    ) -> Result<T, Trouble> {
        let url = self.checked(address)?;
        let body = serde_urlencoded::to_string(form).map_err(|_| Trouble::Answer)?;
        let mut request = self
            .http
            .post(url)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        if let Some((name, secret)) = basic {
            request = request.basic_auth(name, Some(secret));
        }
        read(request.send().await).await
    }
}

async fn read<T: DeserializeOwned>(sent: Result<Response, reqwest::Error>) -> Result<T, Trouble> {
    let mut response = sent.map_err(|error| {
        tracing::info!(
            timeout = error.is_timeout(),
            connect = error.is_connect(),
            "an identity provider cannot be reached"
        );
        Trouble::Unreachable
    })?;
    let status = response.status();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Trouble::Unreachable)? {
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Err(Trouble::Answer);
        }
        bytes.extend_from_slice(&chunk);
    }
    if !status.is_success() {
        tracing::info!(%status, "an identity provider refused");
        return Err(Trouble::Answer);
    }
    serde_json::from_slice(&bytes).map_err(|_| Trouble::Answer)
}

impl Allowed {
    fn takes(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let is_here = literal.map_or(host == "localhost", |ip| ip.is_loopback());
        plain
            && match url.scheme() {
                "https" => literal.is_none() || (self.loopback && is_here),
                "http" => self.loopback && is_here,
                _ => false,
            }
    }

    fn takes_address(&self, host: &str, ip: IpAddr) -> bool {
        is_public(ip) || (self.loopback && ip.is_loopback()) || self.private_hosts.iter().any(|known| known == host)
    }
}

/// Looks names up and leaves out what is not to be reached: a name that points inside is as good as no name.
struct Guarded(Allowed);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (host, allowed) = (name.as_str().to_ascii_lowercase(), self.0.clone());
        Box::pin(async move {
            let found: Vec<_> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            if found.is_empty() || found.iter().any(|at| !allowed.takes_address(&host, at.ip())) {
                return Err("this name does not lead to a public address".into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

/// Addresses that belong to nobody's inner network.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let special = v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (18..20).contains(&b));
            !special
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public(IpAddr::V4(v4)),
            // Global unicast, without documentation, without ways that lead to IPv4.
            None => {
                let [first, second, ..] = v6.segments();
                (0x2000..0x4000).contains(&first)
                    && !(first == 0x2001 && (second < 0x200 || second == 0xdb8))
                    && first != 0x2002
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_names_are_asked_and_only_by_tls() {
        let outward = Outward::new(false, Vec::new()).unwrap();
        for address in [
            "http://idp.example.org",
            "https://127.0.0.1",
            "https://10.0.0.7/realms/x",
            "https://[::1]:8443",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://user:password@idp.example.org",
            "https://idp.example.org/#x",
            "file:///etc/passwd",
            "gopher://idp.example.org",
            "https://",
            "idp.example.org",
        ] {
            assert_eq!(outward.checked(address).unwrap_err(), Trouble::Address, "{address}");
        }
        assert!(outward.checked("https://idp.example.org:8443/realms/x").is_ok());
    }

    #[test]
    fn in_development_this_machine_may_be_asked_and_no_other() {
        let outward = Outward::new(true, Vec::new()).unwrap();

        assert!(outward.checked("http://127.0.0.1:4000").is_ok() && outward.checked("http://localhost:4000").is_ok());
        assert!(outward.checked("http://10.0.0.7").is_err() && outward.checked("http://idp.example.org").is_err());
    }

    #[test]
    fn names_that_lead_inside_lead_nowhere() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
        let named = Allowed { loopback: false, private_hosts: vec!["sso.intern.example".to_owned()] };
        assert!(named.takes_address("sso.intern.example", "10.0.0.7".parse().unwrap()));
        assert!(!named.takes_address("other.example", "10.0.0.7".parse().unwrap()));
    }

    #[tokio::test]
    async fn a_name_that_points_at_this_machine_is_not_asked() {
        let outward = Outward::new(false, Vec::new()).unwrap();

        let answer = outward.get::<serde_json::Value>("https://localhost:1/").await;

        assert_eq!(answer.unwrap_err(), Trouble::Unreachable);
    }
}
