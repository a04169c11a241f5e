//! `aipass sandbox`: an AI Pass or another provider on this machine, until it is stopped.

use crate::args::ServeArgs;
use crate::failure::Failure;
use crate::figures;
use crate::output::{self, BOLD, DIM};
use crate::sign_in;
use crate::well_known::{REDIRECT_URI, SANDBOX_CLIENT};
use aipass_sandbox::{Client, Dialect, Ending, RequestRecord, Sandbox};
use futures_util::stream::{Stream, StreamExt};
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::pin::pin;
use std::time::Duration;
use tokio::io::AsyncReadExt;

/// What `--json` prints.
#[derive(Serialize)]
struct Listening<'a> {
    base_url: &'a str,
    client_id: &'a str,
    redirect_uri: &'a str,
    control_url: &'a str,
    /// Of a provider that is found by discovery.
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_api_url: Option<&'a str>,
}

pub async fn run(args: &ServeArgs) -> Result<(), Failure> {
    let mut builder = sign_in::sandbox_builder(&args.sandbox, Duration::from_millis(args.pace))
        .port(args.port)
        .lan(args.lan)
        .video_takes(Duration::from_secs(args.video_takes))
        .linked_videos(args.linked_videos)
        .prices(args.prices)
        .dialect(args.dialect)
        .access_tokens(args.access_tokens)
        .require_pushed_requests(args.require_par)
        .device_interval(Some(Duration::from_secs(args.device_interval)));
    if let Some(seconds) = args.ttl {
        builder = builder.access_token_lifetime(Duration::from_secs(seconds));
    }
    if args.no_refresh_tokens {
        builder = builder.refresh_tokens(false);
    }
    if (args.client_id.as_str(), args.redirect_uri.as_str()) != (SANDBOX_CLIENT, REDIRECT_URI) {
        builder = builder.client(Client::public(&args.client_id, &args.client_id, &args.redirect_uri));
    }
    if let Some(path) = &args.state {
        builder = builder.state(path);
    }
    for (endpoint, fault) in &args.fault {
        builder = builder.fault(*endpoint, fault.clone(), None);
    }
    let mut sandbox = builder.start().await.map_err(sign_in::not_started)?;
    let stop_signal = stop_signal();
    announce(args, &sandbox)?;
    let requests = sandbox.ended_requests();
    tokio::select! {
        () = sandbox.stopped() => return Ok(()),
        () = stop_signal => {}
        () = input_closed(), if args.while_stdin_open => {}
        () = log_requests(requests), if !args.json => {}
    }
    sandbox.stop().await;
    Ok(())
}

fn announce(args: &ServeArgs, sandbox: &Sandbox) -> Result<(), Failure> {
    // Without the slash: paths are appended.
    let url = sandbox.base_url();
    let base_url = url.as_str().trim_end_matches('/');
    let control_url = sandbox.control_url();
    let (client_id, redirect_uri) = (args.client_id.as_str(), args.redirect_uri.as_str());
    let (issuer, model_api_url) = (sandbox.issuer(), sandbox.model_api_url());
    let discovered = args.dialect != Dialect::AiPass;
    if args.json {
        let listening = Listening {
            base_url,
            client_id,
            redirect_uri,
            control_url: control_url.as_str(),
            issuer: discovered.then_some(&issuer),
            model_api_url: discovered.then_some(model_api_url.as_str()),
        };
        return output::json(&listening, true);
    }
    if discovered {
        let dialect = args.dialect;
        let login = match dialect {
            Dialect::Phaseo => format!("aipass login --provider phaseo --base-url {base_url}"),
            _ => format!("aipass login --issuer {issuer}"),
        };
        return output::line(format_args!(
            "{BOLD}A sandbox that plays {dialect} listens at {base_url}{BOLD:#} (Ctrl-C stops it)

  issuer         {issuer}
  metadata       {metadata}
  model API      {model_api_url}
  client id      {client_id}
  redirect URI   {redirect_uri}
  dashboard      {base_url}/
  control API    {control_url}

From another terminal
  {login}",
            metadata = sandbox.metadata_url(),
        ));
    }
    let port = url.port_or_known_default().unwrap_or_default();
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
  dashboard      {base_url}/
  control API    {control_url}

{BOLD}From another terminal{BOLD:#}
  aipass login --base-url {base_url}
  aipass chat \"Hello\"

{BOLD}From an app{BOLD:#}
  on this machine, iOS simulator   {base_url}
  Android emulator                 http://10.0.2.2:{port} (insecure_development_hosts: 10.0.2.2)
  Android phone on a cable         adb reverse tcp:{port} tcp:{port}, then {base_url}
  phone in the same network        {phone}

  Plain http is for loopback alone: a debug build names other hosts in
  Config::insecure_development_hosts. Never ship an app with an entry there."
    ))
}

/// Writes a line for each request to standard error.
async fn log_requests(requests: impl Stream<Item = RequestRecord>) {
    let mut requests = pin!(requests);
    while let Some(request) = requests.next().await {
        output::note(log_line(&request));
    }
}

fn log_line(request: &RequestRecord) -> String {
    let time = request.started.format("%H:%M:%S");
    let status = request.status.map_or_else(|| "---".to_owned(), |status| status.to_string());
    let took = figures::milliseconds(request.took.unwrap_or_default());
    let end = match (request.ended, request.fault) {
        (Some(Ending::ClientDisconnected), _) => "  the client left".to_owned(),
        (_, Some(fault)) => format!("  fault: {fault}"),
        _ => String::new(),
    };
    let (method, path) = (output::printable(&request.method), output::printable(&request.path));
    format!("{DIM}{time}{DIM:#}  {status}  {method:<6} {path}  {DIM}{took}{DIM:#}{end}")
}

/// This machine's address in its network. Nothing is sent: connecting a datagram socket only chooses a route.
fn lan_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that RFC 5737 keeps for documentation: it stands for "somewhere else".
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|address| !address.is_loopback())
}

/// Waits for Ctrl-C or SIGTERM. Listens from the call on, not only from the first poll: a parent process may stop this
/// program as soon as it has printed its address.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    async fn received(signal: std::io::Result<Signal>) {
        match signal {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async {
        tokio::select! {
            () = received(interrupt) => {}
            () = received(terminate) => {}
        }
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
async fn stop_signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Waits for the end of standard input.
async fn input_closed() {
    let mut input = tokio::io::stdin();
    let mut ignored = [0; 1024];
    while input.read(&mut ignored).await.is_ok_and(|read| read > 0) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_is_logged_in_a_line_without_its_query() {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let mut requests = pin!(sandbox.ended_requests());
        let mut url = sandbox.base_url();
        url.set_path("/oauth2/authorize");
        url.set_query(Some("client_id=nobody&state=secret"));
        assert!(aipass_sandbox::user_agent::consent(&url).await.is_err());
        let line = log_line(&requests.next().await.unwrap());
        assert!(line.contains("400  GET    /oauth2/authorize  ") && !line.contains("secret"), "{line}");
    }
}
