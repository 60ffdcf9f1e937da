//! HTTPS for trying other devices: a server process with a certificate of its own.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::sync::Arc;

use nix::sys::signal::Signal;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto::ring};

use crate::postgres::{House, Server};

#[test]
fn https_stands_on_a_certificate_that_is_made_once() {
    let house = House::new();
    let (first, certificate) = visit(&house);
    assert!(first.starts_with("HTTP/1.1 200"), "{first}");
    // Browsers must be free to forget it.
    assert!(first.contains("strict-transport-security: max-age=0"), "{first}");
    let key = fs::metadata(house.data().join("tls-key.pem")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    let (again, same) = visit(&house);
    assert!(again.starts_with("HTTP/1.1 200"), "{again}");
    assert_eq!(certificate, same);
}

/// Starts the server, asks whether it is alive by HTTPS, trusting its certificate alone, and stops it.
fn visit(house: &House) -> (String, Vec<u8>) {
    let mut child = house.steward().args(["serve", "--tls"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let address = lines.find_map(|line| Some(line.split_once("https://")?.1.trim_end_matches('/').to_owned())).unwrap();
    let server = Server(child);
    let certificate = fs::read(house.data().join("tls-certificate.pem")).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&certificate).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(address).unwrap());
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    // Some servers close without saying goodbye; what came before is whole.
    let _ = stream.read_to_string(&mut reply);
    assert!(server.signal(Signal::SIGTERM).success());
    (reply, certificate)
}
