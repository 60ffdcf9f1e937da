//! The tar file: entries in, entries out. Its calls block; the callers are subcommands that do
//! nothing else meanwhile.

use std::fs;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{PHOTOS, Sum};

/// Stands in the name of a file that the photo store is still writing.
const UNFINISHED: char = '#';

/// An archive being written, invisible under its name until it is complete.
pub struct Writer(tar::Builder<BufWriter<NamedTempFile>>);

impl Writer {
    pub fn create(path: &Path) -> io::Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Only its owner may read it (0600): it holds everybody's data.
        Ok(Self(tar::Builder::new(BufWriter::with_capacity(1 << 20, NamedTempFile::new_in(folder)?))))
    }

    pub fn json(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.bytes(name, &serde_json::to_vec_pretty(value)?)
    }

    pub fn bytes(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut header = header(content.len() as u64);
        self.0.append_data(&mut header, name, content)
    }

    /// All photos below the data folder, but for those that are swept away meanwhile: nobody had attached them.
    pub fn photos(&mut self, data: &Path) -> io::Result<Sum> {
        let mut sum = Sum::default();
        let mut folders = vec![data.join(PHOTOS)];
        while let Some(folder) = folders.pop() {
            let Some(entries) = there(fs::read_dir(&folder))? else { continue };
            for entry in entries {
                let entry = entry?;
                let Some(kind) = there(entry.file_type())? else { continue };
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if let Some(name) = entry.path().strip_prefix(data).ok().and_then(Path::to_str)
                    && !name.contains(UNFINISHED)
                {
                    self.photo(&entry.path(), name, &mut sum)?;
                }
            }
        }
        Ok(sum)
    }

    fn photo(&mut self, path: &Path, name: &str, sum: &mut Sum) -> io::Result<()> {
        let Some(file) = there(fs::File::open(path))? else { return Ok(()) };
        let mut header = header(file.metadata()?.len());
        let mut hashed = Hashed { inner: file, hash: Sha256::new() };
        self.0.append_data(&mut header, name, &mut hashed)?;
        sum.add_file(name, hashed.hash);
        Ok(())
    }

    pub fn finish(self, path: &Path) -> io::Result<()> {
        let file = self.0.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }
}

/// `None` for what is not there, or not any more.
fn there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header
}

pub fn open(path: &Path) -> io::Result<tar::Archive<impl Read>> {
    Ok(tar::Archive::new(BufReader::with_capacity(1 << 20, fs::File::open(path)?)))
}

/// Writes a photo of the archive to its place in the data folder, whole or not at all.
pub fn keep_photo(data: &Path, name: &str, content: impl Read, sum: &mut Sum) -> io::Result<()> {
    let place = data.join(name);
    let folder = place.parent().unwrap_or(data);
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut hashed = Hashed { inner: content, hash: Sha256::new() };
    let mut file = NamedTempFile::new_in(folder)?;
    io::copy(&mut hashed, &mut file)?;
    file.flush()?;
    sum.add_file(name, hashed.hash);
    file.persist(place)?;
    Ok(())
}

struct Hashed<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}
