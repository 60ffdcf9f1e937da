//! Who the Postgres programs run as. Postgres refuses to run as root, so under root its processes,
//! and only they, change to another user.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::unistd::{Uid, User};

use super::BootError;

#[derive(Clone, Debug)]
pub struct Account {
    name: String,
    uid: u32,
    gid: u32,
    /// We are root and hand the process over to someone else.
    changes: bool,
}

impl Account {
    /// As an ordinary user: that user. As root: the owner of the cluster if there is one already,
    /// else the wanted account, else `postgres`, else `nobody`.
    pub fn choose(wanted: Option<&str>, cluster: &Path) -> Result<Self, BootError> {
        let me = Uid::effective();
        if !me.is_root() {
            return Ok(Self {
                name: me.to_string(),
                uid: me.as_raw(),
                gid: nix::unistd::getegid().as_raw(),
                changes: false,
            });
        }
        if let Ok(owned) = fs::metadata(cluster)
            && owned.uid() != 0
        {
            let name = User::from_uid(Uid::from_raw(owned.uid())).ok().flatten().map(|user| user.name);
            let name = name.unwrap_or_else(|| owned.uid().to_string());
            return Ok(Self { name, uid: owned.uid(), gid: owned.gid(), changes: true });
        }
        let candidates: &[&str] = match &wanted {
            Some(name) => &[name],
            None => &["postgres", "nobody"],
        };
        let user = candidates.iter().find_map(|name| User::from_name(name).ok().flatten());
        let user = user.ok_or_else(|| BootError::NoAccount(candidates.join(" or ")))?;
        if user.uid.is_root() {
            return Err(BootError::RootAccount);
        }
        Ok(Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw(), changes: true })
    }

    /// A command that runs as this account, knows nothing of our environment (secrets, PG…
    /// variables meant for other servers) and speaks English, so that its messages can be read.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").current_dir("/").stdin(Stdio::null());
        for kept in ["PATH", "LD_LIBRARY_PATH", "LOCPATH", "LOCALE_ARCHIVE"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        if self.changes {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Hands a file or folder of ours to the account.
    pub fn give(&self, path: &Path) -> std::io::Result<()> {
        if self.changes { chown(path, Some(self.uid), Some(self.gid)) } else { Ok(()) }
    }

    pub fn changes(&self) -> bool {
        self.changes
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first folder on the way to `path` (itself included) that the account may not enter.
    pub fn blocked_on_the_way_to(&self, path: &Path) -> Option<PathBuf> {
        if !self.changes {
            return None;
        }
        let mut way: Vec<&Path> = path.ancestors().collect();
        way.reverse();
        way.into_iter().find(|folder| !self.may_enter(folder)).map(Path::to_owned)
    }

    fn may_enter(&self, folder: &Path) -> bool {
        // A folder that does not exist yet is made by us, and made enterable.
        let Ok(folder) = fs::metadata(folder) else {
            return true;
        };
        let bit = match () {
            () if folder.uid() == self.uid => 0o100,
            () if folder.gid() == self.gid => 0o010,
            () => 0o001,
        };
        folder.mode() & bit != 0
    }
}
