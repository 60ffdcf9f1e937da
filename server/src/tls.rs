//! HTTPS with a certificate of our own, for trying real tablets and phones: browsers warn once, and then keep the
//! sign-in cookie, which over plain HTTP they only do on localhost.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use axum_server::tls_rustls::RustlsConfig;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::crypto::ring;

use crate::boot::Failure;

/// The certificate and its key in the data folder, made at the first start.
pub async fn certificate(data: &Path, host: &str) -> Result<RustlsConfig, Failure> {
    let (certificate, key) = (data.join("tls-certificate.pem"), data.join("tls-key.pem"));
    if !(certificate.is_file() && key.is_file()) {
        let names = BTreeSet::from(["localhost", "127.0.0.1", "::1", host]);
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(names.into_iter().map(str::to_owned).collect::<Vec<_>>())?;
        keep(&key, &signing_key.serialize_pem())?;
        keep(&certificate, &cert.pem())?;
    }
    // Refused where somebody chose one before; either will do.
    let _ = ring::default_provider().install_default();
    Ok(RustlsConfig::from_pem_file(certificate, key).await?)
}

/// Whole or not at all, for our own eyes only.
fn keep(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}
