//! Large photos in parts: broken off, they go on; whole, they are photos like any other.

use crate::house::{Caller, House, Reply, key, noon};
use app::fault::{Fault, Note};
use app::photos::sweep;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use server::demo::cast;
use sha2::{Digest, Sha256};
use sqlx::PgPool;

const PHONE: &[u8] = include_bytes!("phone.jpg");
const PART: usize = 512 * 1024;
const SIZE: usize = 1_300_000;

/// A photo of more than two parts: what follows the picture is no harm to it.
fn large() -> Vec<u8> {
    let mut bytes = PHONE.to_vec();
    bytes.resize(SIZE, 0);
    bytes
}

async fn ask(caller: &Caller<'_>, method: Method, query: &str, offset: &str, bytes: &[u8]) -> Reply {
    let request = caller.request(method, &format!("/photos/parts?{query}")).header("upload-offset", offset);
    caller.house.send(request.body(Body::from(bytes.to_vec())).unwrap()).await
}

/// Begins an upload of a file.
async fn begin(caller: &Caller<'_>, estate: &str, key: &str, file: &[u8]) -> Reply {
    announce(caller, estate, key, file.len(), file).await
}

/// Says that so many bytes will come, and that they are this file.
async fn announce(caller: &Caller<'_>, estate: &str, key: &str, size: usize, file: &[u8]) -> Reply {
    ask(caller, Method::POST, &announced(estate, key, size, file), "", &[]).await
}

fn announced(estate: &str, key: &str, size: usize, file: &[u8]) -> String {
    let digest: String = Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("estate={estate}&key={key}&size={size}&digest={digest}")
}

async fn look(caller: &Caller<'_>, key: &str) -> Reply {
    ask(caller, Method::HEAD, &format!("key={key}"), "", &[]).await
}

/// Sends the part that begins at a byte.
async fn part(caller: &Caller<'_>, key: &str, file: &[u8], from: usize) -> Reply {
    let until = file.len().min(from + PART);
    ask(caller, Method::PATCH, &format!("key={key}"), &from.to_string(), &file[from..until]).await
}

/// How far an upload has come, by the header of an answer.
fn offset(reply: &Reply) -> (StatusCode, usize) {
    let offset = reply.headers.get("upload-offset").unwrap_or_else(|| panic!("{}: {}", reply.status, reply.text()));
    (reply.status, offset.to_str().unwrap().parse().unwrap())
}

fn photo(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    reply.json()["id"].as_str().unwrap().to_owned()
}

fn fault(reply: &Reply) -> (u16, Fault) {
    (reply.status.as_u16(), serde_json::from_slice(&reply.body).unwrap())
}

async fn estate_of(caller: &Caller<'_>) -> String {
    let catalogue = caller.post_exactly("services/catalogue", &[]).await.ok();
    catalogue["estate"]["id"].as_str().unwrap().to_owned()
}

/// The key of an upload that this caller has begun.
pub async fn began(caller: &Caller<'_>, estate: &str) -> String {
    let key = key();
    assert_eq!(begin(caller, estate, &key, &large()).await.status, StatusCode::OK);
    key
}

/// What somebody is answered who begins an upload, looks for it or goes on with it.
pub async fn offered(caller: &Caller<'_>, method: Method, estate: &str, key: &str) -> StatusCode {
    ask(caller, method, &announced(estate, key, SIZE, &large()), "0", b"part").await.status
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_large_photo_goes_on_from_where_it_broke_off(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (estate, key, file) = (estate_of(&resident).await, key(), large());
    assert_eq!(offset(&begin(&resident, &estate, &key, &file).await), (StatusCode::OK, 0));
    assert_eq!(offset(&part(&resident, &key, &file, 0).await), (StatusCode::OK, PART));
    // The answer was lost: the same part again, then a part from nowhere.
    assert_eq!(offset(&part(&resident, &key, &file, 0).await), (StatusCode::CONFLICT, PART));
    assert_eq!(offset(&part(&resident, &key, &file, 2 * PART).await), (StatusCode::CONFLICT, PART));
    // Another day, another tab.
    assert_eq!(offset(&look(&resident, &key).await), (StatusCode::OK, PART));
    assert_eq!(offset(&begin(&resident, &estate, &key, &file).await), (StatusCode::OK, PART));
    assert_eq!(offset(&part(&resident, &key, &file, PART).await), (StatusCode::OK, 2 * PART));
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 0);
    let id = photo(&part(&resident, &key, &file, 2 * PART).await);
    assert_eq!(resident.get(&format!("/photos/{estate}/{id}")).await.status, StatusCode::OK);

    // However it is sent again, it is the same photo, and nothing of it needs to come again.
    assert_eq!(photo(&begin(&resident, &estate, &key, &file).await), id);
    assert_eq!(photo(&part(&resident, &key, &file, SIZE).await), id);
    let whole = |bytes: Vec<u8>| {
        resident.request(Method::POST, &format!("/photos?estate={estate}&key={key}")).body(Body::from(bytes)).unwrap()
    };
    assert_eq!(photo(&house.send(whole(file.clone())).await), id);
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 1);
    assert_eq!(house.value::<i64>("select count(*) from upload_part").await, 0);
    // Under its key nothing else comes.
    assert_eq!(fault(&house.send(whole(PHONE.to_vec())).await), (422, Fault::KeyReused));
    assert_eq!(fault(&announce(&resident, &estate, &key, SIZE + 1, &file).await), (422, Fault::KeyReused));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_last_part_at_once_makes_one_photo(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (estate, key, file) = (estate_of(&resident).await, key(), large());
    begin(&resident, &estate, &key, &file).await;
    for from in [0, PART] {
        part(&resident, &key, &file, from).await;
    }
    let last = futures::future::join_all((0..4).map(|_| part(&resident, &key, &file, 2 * PART))).await;
    assert!(last.iter().any(|reply| reply.status == StatusCode::CREATED), "{last:?}");
    for reply in &last {
        assert!(matches!(reply.status, StatusCode::CREATED | StatusCode::CONFLICT), "{}", reply.text());
    }
    let id = photo(&part(&resident, &key, &file, SIZE).await);
    assert!(last.iter().filter(|reply| reply.status == StatusCode::CREATED).all(|reply| photo(reply) == id));
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_too_heavy_or_no_photo_is_refused(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (estate, file) = (estate_of(&resident).await, large());
    let too_heavy = Fault::field("photos", Note::TooHeavy(12));
    assert_eq!(fault(&announce(&resident, &estate, &key(), 12_000_001, &file).await), (422, too_heavy.clone()));
    assert_eq!(fault(&announce(&resident, &estate, &key(), 0, &file).await).0, 422);
    let once = key();
    announce(&resident, &estate, &once, 600_000, &file).await;
    let query = format!("key={once}");
    let all = ask(&resident, Method::PATCH, &query, "0", &file[..PART + 1]).await;
    assert_eq!(fault(&all), (413, too_heavy.clone()), "more than a part");
    part(&resident, &once, &file, 0).await;
    assert_eq!(fault(&part(&resident, &once, &file, PART).await), (413, too_heavy), "more than was announced");
    assert_eq!(ask(&resident, Method::PATCH, &query, "here", b"x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(offset(&look(&resident, &once).await).1, PART, "and nothing of it was taken");

    let nothing = vec![0; PART + 1];
    let once = key();
    begin(&resident, &estate, &once, &nothing).await;
    part(&resident, &once, &nothing, 0).await;
    let refused = part(&resident, &once, &nothing, PART).await;
    assert_eq!(fault(&refused), (422, Fault::field("photos", Note::NotAnImage)));
    assert_eq!(look(&resident, &once).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_upload_is_its_senders_own(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (estate, file) = (estate_of(&resident).await, large());
    let key = began(&resident, &estate).await;
    let spouse = house.as_person(cast::SPOUSE).await;
    assert_eq!(look(&spouse, &key).await.status, StatusCode::NOT_FOUND);
    assert_eq!(part(&spouse, &key, &file, 0).await.status, StatusCode::NOT_FOUND);
    assert_eq!(part(&house.stranger(), &key, &file, 0).await.status, StatusCode::UNAUTHORIZED);
    part(&resident, &key, &file, 0).await;
    assert_eq!(offset(&begin(&spouse, &estate, &key, &file).await), (StatusCode::OK, 0), "a key is its account's own");
    // Whoever has sent too many waits, and sends nothing again.
    part(&resident, &key, &file, PART).await;
    let many =
        "insert into attempt (subject, window_at, tries) select 'upload:' || id, $1::timestamptz, 120 from account";
    sqlx::query(many).bind(noon()).execute(&house.pool).await.unwrap();
    assert_eq!(part(&resident, &key, &file, 2 * PART).await.status, StatusCode::TOO_MANY_REQUESTS);
    sqlx::query("truncate attempt").execute(&house.pool).await.unwrap();
    assert_eq!(offset(&begin(&resident, &estate, &key, &file).await), (StatusCode::OK, SIZE));
    photo(&part(&resident, &key, &file, SIZE).await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_not_ended_is_forgotten(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (estate, file) = (estate_of(&resident).await, large());
    let (broken_off, ended) = (began(&resident, &estate).await, began(&resident, &estate).await);
    part(&resident, &broken_off, &file, 0).await;
    for from in [0, PART, 2 * PART] {
        part(&resident, &ended, &file, from).await;
    }
    // A photo that nobody attached is gone after a day: a phone that was offline for so long sends it again.
    sweep(&house.backend, noon() + chrono::Duration::hours(25)).await.unwrap();
    assert_eq!(offset(&begin(&resident, &estate, &ended, &file).await), (StatusCode::OK, 0));
    sweep(&house.backend, noon() + chrono::Duration::hours(71)).await.unwrap();
    assert_eq!(offset(&look(&resident, &broken_off).await), (StatusCode::OK, PART));
    sweep(&house.backend, noon() + chrono::Duration::hours(73)).await.unwrap();
    assert_eq!(look(&resident, &broken_off).await.status, StatusCode::NOT_FOUND);

    // Of many that are begun the last twenty go on.
    let mut keys = Vec::new();
    for _ in 0..21 {
        house.advance(1);
        keys.push(began(&resident, &estate).await);
    }
    assert_eq!(look(&resident, &keys[0]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(look(&resident, &keys[1]).await.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn under_a_key_comes_one_file(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (estate, file) = (estate_of(&resident).await, large());
    let mut other = file.clone();
    other[2 * PART] ^= 1;
    // Another of the same size, before and after the first is a photo.
    let key = began(&resident, &estate).await;
    assert_eq!(fault(&begin(&resident, &estate, &key, &other).await), (422, Fault::KeyReused));
    for from in [0, PART, 2 * PART] {
        part(&resident, &key, &file, from).await;
    }
    assert_eq!(fault(&begin(&resident, &estate, &key, &other).await), (422, Fault::KeyReused));
    photo(&begin(&resident, &estate, &key, &file).await);
    // The end of another makes no photo of two halves.
    let key = began(&resident, &estate).await;
    for from in [0, PART] {
        part(&resident, &key, &file, from).await;
    }
    assert_eq!(fault(&part(&resident, &key, &other, 2 * PART).await), (422, Fault::KeyReused));
    assert_eq!(look(&resident, &key).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 1);
    let none = ask(&resident, Method::POST, &format!("estate={estate}&key={key}&size=9"), "", &[]).await;
    assert_eq!(fault(&none), (422, Fault::field("digest", Note::Malformed)));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_begins_too_many_waits_and_goes_on_with_those_begun(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (estate, file) = (estate_of(&resident).await, large());
    let key = began(&resident, &estate).await;
    sqlx::query("update attempt set tries = 240 where subject like 'upload_begun:%'")
        .execute(&house.pool)
        .await
        .unwrap();
    let many = begin(&resident, &estate, &crate::house::key(), &file).await;
    assert_eq!(many.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(offset(&begin(&resident, &estate, &key, &file).await), (StatusCode::OK, 0));
    assert_eq!(house.value::<i64>("select count(*) from upload").await, 1);
}
