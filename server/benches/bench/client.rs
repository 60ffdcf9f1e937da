//! One browser's connection: HTTP/1.1, kept alive. Our own, because turning on a library's client would turn it on in
//! what the product is built from, and build all of it once more; and because the driver shares the server's cores.

use std::io::Read;
use std::net::SocketAddr;
use std::time::Duration;

use brotli_decompressor::Decompressor;
use server::boot::Failure;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(30);

/// A page; `headers` are whole lines.
pub fn get(path: &str, encoding: &str, headers: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/html\r\naccept-encoding: {encoding}\r\n{headers}\r\n"
    )
    .into_bytes()
}

/// A server function, called as scripts do.
pub fn post(endpoint: &str, headers: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!(
        "POST /api/{endpoint} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[derive(Default)]
pub struct Reply {
    pub status: u16,
    /// `name=value` of the session that it begins.
    pub cookie: Option<String>,
    /// As it came, perhaps compressed.
    pub body: Vec<u8>,
    is_brotli: bool,
}

impl Reply {
    pub fn text(&self) -> Result<String, Failure> {
        if !self.is_brotli {
            return Ok(String::from_utf8(self.body.clone())?);
        }
        let mut text = String::new();
        Decompressor::new(self.body.as_slice(), 4096).read_to_string(&mut text)?;
        Ok(text)
    }
}

pub struct Connection(BufReader<TcpStream>);

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::with_capacity(32 * 1024, stream)))
    }

    /// Sends one request and reads all of its answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Reply, Failure> {
        tokio::time::timeout(PATIENCE, self.exchange(request)).await?
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<Reply, Failure> {
        self.0.write_all(request).await?;
        let status: Option<u16> = self.line().await?.split(' ').nth(1).and_then(|code| code.parse().ok());
        let mut reply = Reply { status: status.ok_or("The answer has no status.")?, ..Reply::default() };
        let (mut length, mut is_chunked) = (0_usize, false);
        // The line that ends the headers is empty.
        while let Some((name, value)) = self.line().await?.split_once(':') {
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => is_chunked = value == "chunked",
                "content-encoding" => reply.is_brotli = value == "br",
                "set-cookie" if value.starts_with("__Host-session=") => {
                    reply.cookie = value.split(';').next().map(str::to_owned);
                }
                _ => {}
            }
        }
        if is_chunked {
            while self.chunk(&mut reply.body).await? {}
        } else {
            self.take(length, &mut reply.body).await?;
        }
        Ok(reply)
    }

    /// False after the last one, which is empty.
    async fn chunk(&mut self, body: &mut Vec<u8>) -> Result<bool, Failure> {
        let length = usize::from_str_radix(&self.line().await?, 16)?;
        self.take(length, body).await?;
        self.line().await?;
        Ok(length > 0)
    }

    async fn take(&mut self, length: usize, body: &mut Vec<u8>) -> Result<(), Failure> {
        let begun = body.len();
        body.resize(begun + length, 0);
        self.0.read_exact(&mut body[begun..]).await?;
        Ok(())
    }

    async fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        if self.0.read_line(&mut line).await? == 0 {
            return Err("The server hung up.".into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}
