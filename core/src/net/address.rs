//! Which addresses a URL out of a response may lead to (S9): those of the internet, never the device itself or its own network.
//!
//! A host that is an address is checked as it stands. A name is checked by each address that it resolves to, when the
//! connection is made, so that a second lookup cannot give another address.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use url::{Host, Url};

/// Marks a request whose URL came out of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FromResponse {
    /// Only public addresses may be connected to.
    PublicOnly,
    /// The provider's settings name the origin, or the provider itself is on a local network.
    AnyAddress,
}

/// Whether the URL's host is a name that only a device's own network knows, or an address of one.
pub(crate) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !is_public(address.into()),
        Some(Host::Ipv6(address)) => !is_public(address.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let last = name.rsplit('.').next().unwrap_or_default();
            matches!(last, "localhost" | "local" | "internal" | "localdomain" | "lan" | "intranet")
                || name.ends_with("home.arpa")
                || !name.contains('.')
        }
        None => true,
    }
}

/// Whether the address belongs to the internet at large.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    // 198.18.0.0/15 passes: apps that filter the network on a phone resolve every name to it.
    match address.octets() {
        [0 | 10 | 127, ..] => false,
        [100, 64..=127, ..] => false, // shared by a carrier's customers (RFC 6598)
        [169, 254, ..] => false,      // link-local, and the metadata service of clouds
        [172, 16..=31, ..] => false,
        [192, 168, ..] => false,
        [192, 0, 0, _] => false,     // protocol assignments (RFC 6890)
        [168, 63, 129, 16] => false, // Azure's metadata service
        [224..=255, ..] => false,    // multicast, reserved, broadcast
        _ => true,
    }
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0 | 0xffff] | [0, 0, 0, 0, 0xffff, 0] => v4(g, h), // compatible, mapped, translated; `::` and `::1`
        [0x64, 0xff9b, 0, 0, 0, 0] => v4(g, h), // NAT64: how an IPv6-only network reaches IPv4
        [0x64, 0xff9b, ..] => false,            // the same for local use (RFC 8215)
        [0x2002, high, low, ..] => v4(high, low), // 6to4
        [0x2001, 0, ..] => v4(!g, !h),          // Teredo
        [0x100, 0, 0, 0, ..] => false,          // discard
        [0xfc00..=0xfdff, ..] => false,         // unique local
        [0xfe80..=0xfeff, ..] => false,         // link-local, site-local
        [0xff00..=0xffff, ..] => false,         // multicast
        _ => true,
    }
}

/// Resolves names to public addresses only.
pub(super) struct PublicResolver;

/// Every address of a host is one of a local network.
#[derive(Debug)]
pub(super) struct NotPublic(String);

impl fmt::Display for NotPublic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} is an address of a local network, to which a URL of a response must not lead", self.0)
    }
}

impl std::error::Error for NotPublic {}

impl reqwest::dns::Resolve for PublicResolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let name = name.as_str().to_owned();
        Box::pin(async move {
            let asked = name.clone();
            let resolved = tokio::task::spawn_blocking(move || (asked.as_str(), 0).to_socket_addrs()).await??;
            let (resolved, public) = public_of(resolved);
            if public.is_empty() && resolved > 0 {
                return Err(NotPublic(name).into());
            }
            Ok(Box::new(public.into_iter()) as reqwest::dns::Addrs)
        })
    }
}

/// How many addresses there are, and those that are public.
fn public_of(addresses: impl Iterator<Item = SocketAddr>) -> (usize, Vec<SocketAddr>) {
    let all: Vec<SocketAddr> = addresses.collect();
    (all.len(), all.into_iter().filter(|address| is_public(address.ip())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // S9: whatever spelling `url` reads
    #[test]
    fn local_hosts_are_known_in_every_spelling() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "127.255.255.254",
            "0.0.0.0",
            "0",
            "0.1.2.3",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "192.0.0.170",
            "224.0.0.251",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "127.0.0.1.",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:10.0.0.1]",
            "[::ffff:0:10.0.0.1]",
            "[::127.0.0.1]",
            "[fe80::1]",
            "[fec0::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::fb]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::8.8.8.8]",
            "[2002:7f00:1::]",
            "[100::1]",
            "[0:0:0:0:0:ffff:c0a8:101]",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "a.localhost",
            "printer.local",
            "metadata.google.internal",
            "router.lan",
            "nas",
            "box.home.arpa",
            "１２７.0.0.1",
            "ⓛocalhost",
        ] {
            let url = Url::parse(&format!("https://{host}:631/x")).unwrap();
            assert!(is_local(&url), "{host} is {url}");
        }
        for host in [
            "cdn.example",
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "11.0.0.1",
            "[2606:4700::1111]",
            "[64:ff9b::8.8.8.8]",
            "[::ffff:8.8.8.8]",
            "[2002:808:808::]",
            "198.18.0.1",
            "localhost.example",
        ] {
            assert!(!is_local(&Url::parse(&format!("https://{host}/x")).unwrap()), "{host}");
        }
    }

    // S9
    #[test]
    fn only_public_addresses_of_a_name_are_connected_to() {
        let address = |text: &str| text.parse::<SocketAddr>().unwrap();
        let mixed = ["10.0.0.1:0", "8.8.8.8:0", "[::1]:0", "[2606:4700::1111]:0"].map(address);
        assert_eq!(public_of(mixed.into_iter()), (4, vec![mixed[1], mixed[3]]));
    }

    proptest! {
        // S9: an IPv6 spelling of an IPv4 address is judged like the address
        #[test]
        fn embedded_addresses_are_judged_alike(address: u32) {
            let v4 = Ipv4Addr::from(address);
            let [a, b, c, d] = v4.octets();
            let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            for v6 in [v4.to_ipv6_mapped(), Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1)]
            {
                prop_assert_eq!(is_public(v6.into()), is_public(v4.into()), "{}", v6);
            }
            if v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast() {
                prop_assert!(!is_public(v4.into()));
            }
        }
    }
}
