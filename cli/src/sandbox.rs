//! `aipass sandbox`: an AI Pass on this machine, until it is told to stop.

use crate::args::ServeArgs;
use crate::failure::Failure;
use crate::output::{self, BOLD};
use crate::sign_in;
use aipass_sandbox::{Client, Sandbox};
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::time::Duration;
use tokio::io::AsyncReadExt;

/// What `--json` prints.
#[derive(Serialize)]
struct Listening<'a> {
    base_url: &'a str,
    client_id: &'a str,
    redirect_uri: &'a str,
    control_url: &'a str,
}

pub async fn run(args: &ServeArgs) -> Result<(), Failure> {
    let mut builder = sign_in::sandbox_builder(&args.sandbox, Duration::from_millis(args.pace))
        .port(args.port)
        .lan(args.lan)
        .access_token_lifetime(Duration::from_secs(args.ttl));
    if (args.client_id.as_str(), args.redirect_uri.as_str()) != (sign_in::SANDBOX_CLIENT, sign_in::REDIRECT_URI) {
        builder = builder.client(Client::public(&args.client_id, &args.client_id, &args.redirect_uri));
    }
    if let Some(path) = &args.state {
        builder = builder.state(path);
    }
    for (endpoint, fault) in &args.fault {
        builder = builder.fault(*endpoint, fault.clone(), None);
    }
    let mut sandbox = builder.start().await.map_err(sign_in::not_started)?;
    announce(args, &sandbox)?;
    tokio::select! {
        () = sandbox.stopped() => return Ok(()),
        () = told_to_end() => {}
        () = input_closed(), if args.while_stdin_open => {}
    }
    sandbox.stop().await;
    Ok(())
}

fn announce(args: &ServeArgs, sandbox: &Sandbox) -> Result<(), Failure> {
    // Without the slash: paths are put behind it.
    let url = sandbox.base_url();
    let base_url = url.as_str().trim_end_matches('/');
    let control_url = sandbox.control_url();
    let (client_id, redirect_uri) = (args.client_id.as_str(), args.redirect_uri.as_str());
    if args.json {
        let listening = Listening { base_url, client_id, redirect_uri, control_url: control_url.as_str() };
        return output::json(&listening, true);
    }
    let port = url.port().unwrap_or_default();
    let phone = match lan_address().filter(|_| args.lan) {
        Some(address) => format!("http://{address}:{port} (insecure_development_hosts: {address})"),
        None if args.lan => format!("this machine's address in the network, port {port}"),
        None => "start this with --lan".to_owned(),
    };
    let backend = sign_in::backend_name(&args.sandbox);
    output::line(format_args!(
        "{BOLD}An AI Pass sandbox listens at {base_url}{BOLD:#} (Ctrl-C stops it)

  client id      {client_id}
  redirect URI   {redirect_uri}
  answers        {backend}
  control API    {control_url}

{BOLD}From an app{BOLD:#}
  on this machine, iOS simulator   {base_url}
  Android emulator                 http://10.0.2.2:{port} (insecure_development_hosts: 10.0.2.2)
  Android phone on a cable         adb reverse tcp:{port} tcp:{port}, then {base_url}
  phone in the same network        {phone}

  Plain http is for loopback alone: a debug build names other hosts in
  Config::insecure_development_hosts. Never ship an app with an entry there."
    ))
}

/// This machine's address in its network. Nothing is sent: connecting a datagram socket only chooses a route.
fn lan_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that RFC 5737 keeps for documentation: it stands for "somewhere else".
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|address| !address.is_loopback())
}

/// Waits for Ctrl-C, or for SIGTERM where there is such a thing.
async fn told_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            () = interrupted => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    interrupted.await;
}

/// Waits for the end of standard input.
async fn input_closed() {
    let mut input = tokio::io::stdin();
    let mut ignored = [0; 1024];
    while input.read(&mut ignored).await.is_ok_and(|read| read > 0) {}
}
