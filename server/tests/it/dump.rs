//! `dump` and `restore` through the binary: what comes back is what went in, or nothing does.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::postgres::{House, sentence};

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// One file of the archive, read by the ordinary tool.
fn read(archive: &Path, name: &str) -> String {
    let output = Command::new("tar").arg("xOf").arg(archive).arg(name).output().unwrap();
    assert!(output.status.success(), "the archive has no {name}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn comes_back_as_it_went() {
    let (here, there) = (House::new(), House::new());
    run(here.steward().args(["seed", "--demo"]));
    let photo = here.data().join("photos/ab/abcdef.jpg");
    fs::create_dir_all(photo.parent().unwrap()).unwrap();
    fs::write(&photo, [0_u8; 100_000]).unwrap();
    // Still on its way in: it belongs to nobody's row yet.
    fs::write(photo.with_file_name("abcdef.jpg#1"), [0_u8; 100]).unwrap();

    let (first, second) = (here.path().join("first.tar"), here.path().join("second.tar"));
    run(here.steward().arg("dump").arg(&first));
    run(there.steward().arg("restore").arg(&first));
    run(there.steward().arg("dump").arg(&second));

    assert_eq!(read(&first, "sums.json"), read(&second, "sums.json"));
    assert_eq!(read(&first, "manifest.json"), read(&second, "manifest.json"));
    assert_eq!(fs::read(there.data().join("photos/ab/abcdef.jpg")).unwrap(), fs::read(photo).unwrap());
    assert_eq!(fs::read_dir(there.data().join("photos/ab")).unwrap().count(), 1);
    let mode = fs::metadata(there.data().join("photos")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn a_damaged_archive_changes_nothing() {
    let (here, there) = (House::new(), House::new());
    run(here.steward().args(["seed", "--demo"]));
    let archive = here.path().join("archive.tar");
    run(here.steward().arg("dump").arg(&archive));
    let whole = fs::read(&archive).unwrap();

    // Without its seal; with another one; and something else entirely.
    let seal = whole.windows(9).rposition(|part| part == b"sums.json").unwrap();
    let cut = whole[..seal].to_vec();
    let mut forged = whole.clone();
    let hash = whole.windows(9).rposition(|part| part == b"\"hash\": \"").unwrap() + 9;
    forged[hash] = if forged[hash] == b'0' { b'1' } else { b'0' };
    for (content, expected) in
        [(cut, "damaged"), (forged, "damaged"), (b"a shopping list".to_vec(), "not from Steward")]
    {
        fs::write(&archive, content).unwrap();
        let said = sentence(&there.steward().arg("restore").arg(&archive).output().unwrap());
        assert!(said.contains(expected), "{said}");
    }
    // Nothing of them stayed: the whole one still finds an empty database.
    fs::write(&archive, whole).unwrap();
    run(there.steward().arg("restore").arg(&archive));
}
