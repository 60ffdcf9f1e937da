//! The outbox against a model of the world: a network that loses requests and replies, tabs that die at any moment,
//! colleagues who move the same matters. Whatever happens, nothing has an effect twice, or out of its order, and what
//! had none is still there.

use super::{Answer, Step, judge, next_step};
use crate::asking::Reply;
use crate::fault::Fault;
use crate::forms::Fields;
use crate::offline::model::{Entry, PhotoFile};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of one message to the server.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Arrives,
    RequestLost,
    ReplyLost,
    Busy,
}

/// One thing that happens in a history.
#[derive(Clone, Debug)]
enum Event {
    /// Somebody does something about a matter on this device, with so many photos.
    Made { matter: u8, photos: u8 },
    /// The device sends, so many steps at most, with this luck; then its tab dies or rests.
    Sent(Vec<Luck>),
    /// Somebody else moves the matter.
    Moved { matter: u8 },
    /// The person decides about what was refused: done anew on what is so now, or dropped.
    Decided { anew: bool },
}

/// The server, as far as the outbox can tell.
#[derive(Default)]
struct Server {
    versions: BTreeMap<String, u32>,
    replies: BTreeSet<String>,
    effects: Vec<(String, String)>,
    photos: BTreeMap<String, String>,
    photos_sent: Vec<String>,
}

impl Server {
    fn take_photo(&mut self, key: &str) -> String {
        let next = format!("photo-{}", self.photos.len());
        self.photos.entry(key.to_owned()).or_insert(next).clone()
    }

    fn take(&mut self, entry: &Entry) -> Result<(), Fault> {
        if self.replies.contains(&entry.key) {
            return Ok(());
        }
        let fields = entry.to_send();
        let unknown = fields.all("photos[]").into_iter().any(|id| !self.photos.values().any(|known| known == id));
        assert!(!unknown, "photos are named by what the server called them");
        let version = self.versions.entry(entry.matter.clone()).or_default();
        if fields.get("seen") != Some(version.to_string().as_str()) {
            return Err(Fault::Stale);
        }
        *version += 1;
        self.replies.insert(entry.key.clone());
        self.effects.push((entry.matter.clone(), entry.key.clone()));
        Ok(())
    }
}

/// The device: what is stored outlives its tabs.
#[derive(Default)]
struct Device {
    entries: Vec<Entry>,
    made: u32,
    made_in: Vec<(String, String)>,
    dropped: BTreeSet<String>,
}

impl Device {
    /// What is done is decided on what the page shows: the server's version and what waits here.
    fn make(&mut self, server: &Server, matter: u8, photos: u8) {
        self.made += 1;
        let matter = format!("order:{matter}");
        let waiting = self.entries.iter().filter(|entry| entry.matter == matter).count() as u32;
        let seen = server.versions.get(&matter).copied().unwrap_or_default() + waiting;
        let key = format!("key-{}", self.made);
        let photos = (0..photos).map(|at| PhotoFile {
            key: format!("{key}-{at}"),
            estate: String::new(),
            size: 1,
            arrived: String::new(),
        });
        let photos: Vec<_> = photos.collect();
        let mut fields = vec![("seen".to_owned(), seen.to_string())];
        fields.extend(photos.iter().map(|photo| ("photos[]".to_owned(), photo.stand_in())));
        self.made_in.push((matter.clone(), key.clone()));
        self.entries.push(Entry {
            place: self.made,
            key,
            to: String::new(),
            fields: Fields(fields),
            matter,
            person: String::new(),
            made_at: 0,
            sent_at: 0,
            is_resent: false,
            photos,
            tries: 0,
            fault: String::new(),
            is_refused: false,
        });
    }

    fn send(&mut self, server: &mut Server, luck: &[Luck]) {
        let mut in_vain = Vec::new();
        for luck in luck {
            let reply = match next_step(&self.entries, &in_vain) {
                None => return,
                Some(Step::Photo(entry, photo)) => {
                    let (place, key) = (entry.place, photo.key.clone());
                    server.photos_sent.push(key.clone());
                    let arrived = match luck {
                        Luck::Arrives => Ok(server.take_photo(&key)),
                        Luck::RequestLost => Err(Fault::Offline),
                        Luck::ReplyLost => {
                            server.take_photo(&key);
                            Err(Fault::Offline)
                        }
                        Luck::Busy => Err(Fault::TooMany { wait: 1 }),
                    };
                    arrived.map(|id| self.photo_arrived(place, &key, id)).map_err(|fault| (place, fault))
                }
                Some(Step::Entry(entry)) => {
                    let (place, entry) = (entry.place, entry.clone());
                    let reply = match luck {
                        Luck::Arrives => server.take(&entry),
                        Luck::RequestLost => Err(Fault::Offline),
                        Luck::ReplyLost => server.take(&entry).and(Err(Fault::Offline)),
                        Luck::Busy => Err(Fault::Broken { reference: String::new() }),
                    };
                    reply.map(|()| self.entries.retain(|one| one.place != place)).map_err(|fault| (place, fault))
                }
            };
            let Err((place, fault)) = reply else { continue };
            match judge(&fault) {
                Answer::Rest => return,
                Answer::Later => in_vain.push(place),
                Answer::Refused => self.entries.iter_mut().filter(|one| one.place == place).for_each(|one| {
                    one.is_refused = true;
                }),
            }
        }
    }

    fn photo_arrived(&mut self, place: u32, key: &str, id: String) {
        self.entries.iter_mut().filter(|entry| entry.place == place).for_each(|entry| entry.arrive(key, &id));
    }

    /// The first that was refused: done anew under a new key, on what is so now; or dropped.
    fn decide(&mut self, server: &Server, anew: bool) {
        let Some(at) = self.entries.iter().position(|entry| entry.is_refused) else { return };
        if !anew {
            let entry = self.entries.remove(at);
            self.dropped.insert(entry.key);
            return;
        }
        let entry = &mut self.entries[at];
        self.made += 1;
        let before = std::mem::replace(&mut entry.key, format!("key-{}", self.made));
        self.made_in.iter_mut().filter(|(_, key)| *key == before).for_each(|(_, key)| key.clone_from(&entry.key));
        let seen = server.versions.get(&entry.matter).copied().unwrap_or_default().to_string();
        entry.fields.0.iter_mut().filter(|(name, _)| name == "seen").for_each(|(_, value)| value.clone_from(&seen));
        entry.is_refused = false;
    }
}

fn luck() -> impl Strategy<Value = Luck> {
    prop_oneof![
        4 => Just(Luck::Arrives),
        1 => Just(Luck::RequestLost),
        2 => Just(Luck::ReplyLost),
        1 => Just(Luck::Busy),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..3_u8, 0..3_u8).prop_map(|(matter, photos)| Event::Made { matter, photos }),
        4 => prop::collection::vec(luck(), 1..6).prop_map(Event::Sent),
        1 => (0..3_u8).prop_map(|matter| Event::Moved { matter }),
        1 => any::<bool>().prop_map(|anew| Event::Decided { anew }),
    ]
}

proptest! {
    #[test]
    fn nothing_is_lost_doubled_or_out_of_order(history in prop::collection::vec(event(), 1..60)) {
        let (mut server, mut device) = (Server::default(), Device::default());
        for event in &history {
            match event {
                Event::Made { matter, photos } => device.make(&server, *matter, *photos),
                Event::Sent(luck) => device.send(&mut server, luck),
                Event::Moved { matter } => *server.versions.entry(format!("order:{matter}")).or_default() += 1,
                Event::Decided { anew } => device.decide(&server, *anew),
            }
        }
        // In the end there is a network, and somebody who decides.
        for _ in 0..200 {
            device.send(&mut server, &[Luck::Arrives; 200]);
            device.decide(&server, true);
        }
        prop_assert!(device.entries.is_empty(), "everything was sent");
        let had: BTreeSet<_> = server.effects.iter().map(|(_, key)| key.clone()).collect();
        prop_assert_eq!(had.len(), server.effects.len(), "nothing had an effect twice");
        for (_, key) in &device.made_in {
            prop_assert_ne!(had.contains(key), device.dropped.contains(key), "{} had its effect, or was dropped", key);
        }
        for matter in server.versions.keys() {
            let of = |list: &[(String, String)]| -> Vec<String> {
                list.iter().filter(|(of, key)| of == matter && had.contains(key)).map(|(_, key)| key.clone()).collect()
            };
            prop_assert_eq!(of(&server.effects), of(&device.made_in), "in the order in which they were done");
        }
    }

    #[test]
    fn a_photo_that_has_arrived_is_not_sent_again(luck in prop::collection::vec(luck(), 1..40)) {
        let (mut server, mut device) = (Server::default(), Device::default());
        device.make(&server, 0, 3);
        let mut arrived = BTreeSet::new();
        for luck in luck {
            let before = server.photos_sent.len();
            device.send(&mut server, &[luck]);
            let sent: BTreeSet<_> = server.photos_sent.iter().skip(before).cloned().collect();
            prop_assert!(sent.is_disjoint(&arrived));
            let photos = device.entries.iter().flat_map(|entry| &entry.photos);
            arrived.extend(photos.filter(|photo| !photo.arrived.is_empty()).map(|photo| photo.key.clone()));
        }
    }
}

#[test]
fn what_was_refused_holds_up_its_own_matter_only() {
    let (mut server, mut device) = (Server::default(), Device::default());
    for matter in [0, 0, 1] {
        device.make(&server, matter, 0);
    }
    server.versions.insert("order:0".to_owned(), 7);
    device.send(&mut server, &[Luck::Arrives; 9]);
    let standing: Vec<_> = device.entries.iter().map(|entry| (entry.matter.as_str(), entry.is_refused)).collect();
    assert_eq!(standing, [("order:0", true), ("order:0", false)]);
    assert_eq!(server.effects.len(), 1);
}

#[test]
fn an_entry_says_why_it_is_still_here() {
    let (server, mut device) = (Server::default(), Device::default());
    device.make(&server, 0, 2);
    let entry = &mut device.entries[0];
    assert_eq!((entry.why(), entry.size()), (None, 2 + 5 + 2 * (8 + 9)));
    entry.fault = "\"Stale\"".to_owned();
    entry.photos[0].arrived = "photo-1".to_owned();
    assert_eq!(entry.why(), Some(Fault::Stale));
    assert_eq!(entry.to_send().all("photos[]")[0], "photo-1");
    assert_eq!(Reply::fault("").json(), Err(Fault::Offline), "nothing came back");
}

#[test]
fn what_may_have_had_its_effect_is_not_sent_blindly_once_its_key_is_forgotten() {
    let (server, mut device) = (Server::default(), Device::default());
    device.make(&server, 0, 0);
    let hours = |hours: i64| hours * 3_600_000;
    let mut entry = device.entries.remove(0);
    assert!(!entry.is_doubtful(hours(1000)), "it was never sent");
    entry.sent_at = hours(1);
    assert!(!entry.is_doubtful(hours(1000)), "its version tells");
    entry.fields.0.clear();
    assert!(!entry.is_doubtful(hours(72)));
    assert!(entry.is_doubtful(hours(73)));
    assert!(!entry.is_doubtful(hours(1) - 60_000), "the clock was set right by a minute");
    entry.sent_at = hours(3);
    assert!(entry.is_doubtful(hours(1)), "the clock was set back by hours");
}
