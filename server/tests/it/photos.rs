//! Photos from the phone to whoever may see them, one at a time and in plain forms.

use crate::house::{Caller, House, Reply, key, noon};
use crate::requests::{dispatched, matter, report, work};
use app::fault::{Fault, Note};
use app::photos::{PhotoStore, sweep};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use server::demo::cast;
use sqlx::PgPool;

/// 640 × 480, lying on its side (orientation 6), with the place and the phone that took it.
const PHONE: &[u8] = include_bytes!("phone.jpg");
const BOUNDARY: &str = "----a-boundary";

async fn send(caller: &Caller<'_>, query: &str, bytes: impl Into<Body>) -> Reply {
    let request = caller.request(Method::POST, &format!("/photos?{query}"));
    caller.house.send(request.header(header::CONTENT_TYPE, "image/jpeg").body(bytes.into()).unwrap()).await
}

/// What a photo of this caller's is answered with.
pub async fn offered(caller: &Caller<'_>, estate: &str) -> StatusCode {
    send(caller, &format!("estate={estate}&key={}", key()), PHONE).await.status
}

/// A photo of this caller's, in the estate where they live or work.
pub async fn sent(caller: &Caller<'_>, estate: &str) -> String {
    let reply = send(caller, &format!("estate={estate}&key={}", key()), PHONE).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    reply.json()["id"].as_str().unwrap().to_owned()
}

async fn sees(caller: &Caller<'_>, estate: &str, photo: &str) -> bool {
    let large = caller.get(&format!("/photos/{estate}/{photo}")).await.status;
    let small = caller.get(&format!("/photos/{estate}/{photo}/small")).await.status;
    assert_eq!(large, small);
    assert!(matches!(large, StatusCode::OK | StatusCode::NOT_FOUND), "{large}");
    large == StatusCode::OK
}

async fn estate_of(caller: &Caller<'_>) -> String {
    let catalogue = caller.post_exactly("services/catalogue", &[]).await.ok();
    catalogue["estate"]["id"].as_str().unwrap().to_owned()
}

/// What a report needs besides its photos.
async fn fields(resident: &Caller<'_>) -> Vec<(String, String)> {
    let catalogue = resident.post_exactly("services/catalogue", &[]).await.ok();
    let items = catalogue["items"].as_array().unwrap();
    let item = items
        .iter()
        .find(|item| item["parent"].is_string() && item["place"] != "common" && item["urgency"] == "normal")
        .unwrap();
    let field = |name: &str, value: &serde_json::Value| (name.to_owned(), value.as_str().unwrap().to_owned());
    vec![
        field("estate", &catalogue["estate"]["id"]),
        field("item", &item["id"]),
        ("place".to_owned(), format!("unit:{}", catalogue["homes"][0]["unit"]["id"].as_str().unwrap())),
        ("words".to_owned(), "The kitchen tap drips, see the photos.".to_owned()),
    ]
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// A report with photos that were sent before; its code.
async fn report_with(resident: &Caller<'_>, photos: &[&str]) -> Reply {
    let fields = fields(resident).await;
    let mut all = borrowed(&fields);
    all.extend(photos.iter().map(|photo| ("photos[]", *photo)));
    resident.post("requests/report", &all).await
}

/// Posts a plain form with files, as browsers without scripts do.
async fn submit(caller: &Caller<'_>, endpoint: &str, fields: &[(&str, &str)], files: &[&[u8]]) -> Reply {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for file in files {
        let name = "Content-Disposition: form-data; name=\"files\"; filename=\"IMG 1.jpg\"";
        body.extend_from_slice(format!("--{BOUNDARY}\r\n{name}\r\nContent-Type: image/jpeg\r\n\r\n").as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let request = caller
        .request(Method::POST, &format!("/api/{endpoint}"))
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::REFERER, "https://steward.test/report")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from(body))
        .unwrap();
    caller.house.send(request).await
}

/// What was kept of a refused form: its photos, its words, and why it was refused.
async fn kept(caller: &Caller<'_>, refused: &Reply) -> (Vec<String>, String, Option<Fault>) {
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.text());
    let location = refused.location();
    let (_, rest) = location.split_once("kept=").or_else(|| location.split_once("kept%3D")).expect(location);
    let id: String = rest.chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect();
    let browser = caller.clone().with_cookie("__Host-draft", &refused.cookie("__Host-draft").unwrap());
    let opened = browser.post_exactly("forms/open", &[("kept", &id)]).await.ok();
    let kept: app::forms::Kept = serde_json::from_value(opened["kept"].clone()).unwrap();
    let photos = kept.fields.all("photos[]").into_iter().map(str::to_owned).collect();
    (photos, kept.fields.get("words").unwrap_or_default().to_owned(), kept.fault)
}

/// The sign-in name of somebody in the office of an estate.
async fn of_staff(house: &House, sql: &'static str, estate: &str) -> String {
    let estate: uuid::Uuid = estate.parse().unwrap();
    sqlx::query_scalar(sql).bind(estate).fetch_one(&house.pool).await.unwrap()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_photo_shows_itself_to_those_whom_it_concerns(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let estate = estate_of(&resident).await;
    let photo = sent(&resident, &estate).await;

    // Loose, it is its sender's alone.
    assert!(sees(&resident, &estate, &photo).await);
    for somebody in [cast::SPOUSE, cast::NEIGHBOUR, cast::COORDINATOR] {
        assert!(!sees(&house.as_person(somebody).await, &estate, &photo).await, "{somebody}");
    }

    report_with(&resident, &[&photo]).await.ok();
    let technician = house.as_person(cast::TECHNICIAN).await;
    assert!(!sees(&technician, &estate, &photo).await, "nobody was sent yet");
    let code: String = house.value("select code from request").await;
    dispatched(&house, &code).await;
    for somebody in [cast::RESIDENT, cast::SPOUSE, cast::COORDINATOR, cast::TECHNICIAN, cast::CUSTOMER_SERVICE_HEAD] {
        assert!(sees(&house.as_person(somebody).await, &estate, &photo).await, "{somebody}");
    }
    let elsewhere = "select a.sign_in from staff_member m join account a on a.id = m.account_id
         join staff_role r on r.estate_id = m.estate_id and r.staff_id = m.id
         where m.estate_id = $1 and r.role in ('technician', 'cleaner', 'guard', 'gardener')
           and not exists (select from request q where q.department_id = m.department_id)
           and (select count(*) from staff_role o where o.estate_id = m.estate_id and o.staff_id = m.id) = 1
         order by m.id limit 1";
    let elsewhere = of_staff(&house, elsewhere, &estate).await;
    for somebody in [cast::NEIGHBOUR, cast::FORMER_RESIDENT, cast::BOYAN_CONTACT, &elsewhere] {
        assert!(!sees(&house.as_person(somebody).await, &estate, &photo).await, "{somebody}");
    }
    assert!(!sees(&house.stranger(), &estate, &photo).await);
    // Nor is it found under another estate, or under what is no id.
    for path in [format!("/photos/{photo}/{photo}"), format!("/photos/{estate}/{estate}"), "/photos/a/b".to_owned()] {
        assert_eq!(resident.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // Whoever moves in later sees nothing of what was before them.
    sqlx::query("update request set received_at = received_at - interval '40 years', version = version + 1")
        .execute(&house.pool)
        .await
        .unwrap();
    assert!(!sees(&house.as_person(cast::SPOUSE).await, &estate, &photo).await);
    assert!(sees(&resident, &estate, &photo).await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_goes_out_is_a_picture_and_nothing_else(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let estate = estate_of(&resident).await;
    let photo = sent(&resident, &estate).await;
    for (path, side) in
        [(format!("/photos/{estate}/{photo}"), 640_u16), (format!("/photos/{estate}/{photo}/small"), 480)]
    {
        let reply = resident.get(&path).await;
        let header = |name: &str| reply.headers.get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!(header("content-type"), "image/jpeg");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(header("content-disposition"), "inline");
        assert!(header("cache-control").starts_with("private, max-age="));
        for trace in [&b"Exif"[..], b"Acme", b"Phone 12", b"2026:11:21"] {
            assert!(PHONE.windows(trace.len()).any(|window| window == trace));
            assert!(!reply.body.windows(trace.len()).any(|window| window == trace));
        }
        // Height and width of the frame header: upright.
        let frame = reply.body.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        let height = u16::from_be_bytes([reply.body[frame + 5], reply.body[frame + 6]]);
        let width = u16::from_be_bytes([reply.body[frame + 7], reply.body[frame + 8]]);
        assert_eq!((width, height), (side / 4 * 3, side));

        let again = resident.request(Method::GET, &path).header(header::IF_NONE_MATCH, header("etag"));
        let again = house.send(again.body(Body::empty()).unwrap()).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        // Knowing its tag opens no door.
        let stranger = house.stranger().request(Method::GET, &path).header(header::IF_NONE_MATCH, header("etag"));
        assert_eq!(house.send(stranger.body(Body::empty()).unwrap()).await.status, StatusCode::NOT_FOUND);
    }
    let size: (i32, i32) = sqlx::query_as("select width, height from photo").fetch_one(&house.pool).await.unwrap();
    assert_eq!(size, (480, 640));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn photos_of_the_work_reach_the_resident_and_those_of_an_internal_note_do_not(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (estate, code) = (estate_of(&resident).await, report(&resident).await);
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &code, endpoint, &[]).await;
    }
    let (secret, proof) = (sent(&technician, &estate).await, sent(&technician, &estate).await);
    let seen = matter(&technician, &code).await;
    let id = seen["request"]["id"].as_str().unwrap();
    let remark =
        [("id", id), ("words", "The tiles behind were never sealed."), ("internal", "true"), ("photos[]", &secret)];
    technician.post("requests/remark", &remark).await.ok();
    work(&technician, &code, "work/complete", &[("note", "New cartridge."), ("photos[]", &proof)]).await;

    assert!(sees(&resident, &estate, &proof).await);
    assert!(!sees(&resident, &estate, &secret).await);
    assert!(sees(&house.as_person(cast::COORDINATOR).await, &estate, &secret).await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_same_photo_sent_again_is_the_same_photo(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let estate = estate_of(&resident).await;
    let query = format!("estate={estate}&key={}", key());
    let replies = futures::future::join_all((0..8).map(|_| send(&resident, &query, PHONE))).await;
    for reply in &replies {
        assert_eq!((reply.status, &reply.body), (StatusCode::CREATED, &replies[0].body), "{}", reply.text());
    }
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 1);
    assert_eq!(house.backend.photos.list().await.unwrap().len(), 2);

    let other = [PHONE, b"a byte more"].concat();
    let reply = send(&resident, &query, other.clone()).await;
    assert_eq!((reply.status, reply.json()), (StatusCode::UNPROCESSABLE_ENTITY, serde_json::json!("KeyReused")));
    // Another key is another photo, though it looks the same.
    sent(&resident, &estate).await;
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 2);
    assert_eq!(house.backend.photos.list().await.unwrap().len(), 2);
    // The key as a header.
    let key = key();
    let by_header =
        || resident.request(Method::POST, &format!("/photos?estate={estate}")).header("idempotency-key", &key);
    let first = house.send(by_header().body(Body::from(PHONE)).unwrap()).await;
    let second = house.send(by_header().body(Body::from(PHONE)).unwrap()).await;
    assert_eq!((first.status, &first.body), (StatusCode::CREATED, &second.body));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_photo_that_will_not_do_is_refused_in_one_word(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let estate = estate_of(&resident).await;
    let refused = async |bytes: Vec<u8>, note: Note| {
        let reply = send(&resident, &format!("estate={estate}&key={}", key()), bytes).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(serde_json::from_slice::<Fault>(&reply.body).unwrap(), Fault::field("photos", note));
    };
    refused(b"%PDF-1.7 as IMG_0001.jpg".to_vec(), Note::NotAnImage).await;
    refused(Vec::new(), Note::NotAnImage).await;
    refused(PHONE[..PHONE.len() / 2].to_vec(), Note::NotAnImage).await;
    refused([PHONE, &vec![0; 12_000_000]].concat(), Note::TooHeavy(12)).await;
    let mut vast = PHONE.to_vec();
    let frame = vast.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    vast[frame + 5..frame + 9].copy_from_slice(&[0x13, 0x88, 0x1F, 0x40]);
    refused(vast, Note::TooManyPixels(24)).await;

    let stranger = send(&house.stranger(), &format!("estate={estate}"), PHONE).await;
    assert_eq!((stranger.status, stranger.json()), (StatusCode::UNAUTHORIZED, serde_json::json!("SignedOut")));
    let contact = house.as_person(cast::BOYAN_CONTACT).await;
    for query in [format!("estate={estate}"), "estate=nowhere".to_owned(), String::new()] {
        assert_eq!(send(&contact, &query, PHONE).await.status, StatusCode::NOT_FOUND, "{query}");
    }
    for query in [format!("estate={estate}&key=1"), format!("estate={estate}")] {
        let reply = send(&resident, &query, PHONE).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 0);
    assert!(house.backend.photos.list().await.unwrap().is_empty());

    sqlx::query("update attempt set tries = 120 where subject like 'upload:%'").execute(&house.pool).await.unwrap();
    let reply = send(&resident, &format!("estate={estate}&key={}", key()), PHONE).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn only_ones_own_loose_photos_can_be_attached(pool: PgPool) {
    let house = House::open(pool).await;
    let (resident, spouse) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SPOUSE).await);
    let estate = estate_of(&resident).await;
    let (mine, theirs) = (sent(&resident, &estate).await, sent(&spouse, &estate).await);
    let note = Fault::field("photos", Note::NotYourPhoto);
    for photos in [vec![mine.as_str(), &theirs], vec![&mine, &mine], vec![&mine, &estate]] {
        let reply = report_with(&resident, &photos).await;
        assert_eq!(serde_json::from_slice::<Fault>(&reply.body).unwrap(), note, "{}", reply.status);
    }
    assert_eq!(house.value::<i64>("select count(*) from request").await, 0, "nothing is half-written");
    report_with(&resident, &[&mine]).await.ok();
    let reply = report_with(&resident, &[&mine]).await;
    assert_eq!(serde_json::from_slice::<Fault>(&reply.body).unwrap(), note);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_plain_form_carries_its_photos(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (key, mut fields) = (key(), fields(&resident).await);
    fields.insert(0, ("key".to_owned(), key));
    // The third is an input that was left empty.
    let files = [PHONE, PHONE, b""];
    let reply = submit(&resident, "requests/report", &borrowed(&fields), &files).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert!(!reply.location().contains("kept="), "{}", reply.location());
    let attached = "select count(*) from photo where request_id is not null";
    assert_eq!(house.value::<i64>(attached).await, 2);
    // Tapped twice, or loaded again: one report, the same photos.
    let again = submit(&resident, "requests/report", &borrowed(&fields), &files).await;
    assert_eq!((again.status, again.location()), (reply.status, reply.location()));
    assert_eq!(house.value::<i64>("select count(*) from request").await, 1);
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_refused_plain_form_keeps_the_good_photos(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (key, mut fields) = (key(), fields(&resident).await);
    fields.insert(0, ("key".to_owned(), key));
    let fields = borrowed(&fields);
    let words = "The kitchen tap drips, see the photos.";

    let reply = submit(&resident, "requests/report", &fields, &[PHONE, b"%PDF-1.7", PHONE]).await;
    let (photos, typed, fault) = kept(&resident, &reply).await;
    assert_eq!((photos.len(), typed.as_str(), fault), (2, words, Some(Fault::field("photos", Note::NotAnImage))));

    // Two hundred: six are kept, and the browser is heard out to be told so.
    let reply = submit(&resident, "requests/report", &fields, &[PHONE; 200]).await;
    let (photos, typed, fault) = kept(&resident, &reply).await;
    assert_eq!((photos.len(), typed.as_str(), fault), (6, words, Some(Fault::field("photos", Note::TooMany(6)))));

    // Five that were kept before, and two more.
    let mut more = fields.clone();
    more.extend(photos[..5].iter().map(|photo| ("photos[]", photo.as_str())));
    let other = [PHONE, b" "].concat();
    let reply = submit(&resident, "requests/report", &more, &[&other, &other]).await;
    let (photos, _, fault) = kept(&resident, &reply).await;
    assert_eq!((photos.len(), fault), (6, Some(Fault::field("photos", Note::TooMany(6)))));

    // A text that no form takes.
    let long = "水".repeat(30_000);
    let mut wordy: Vec<_> = fields.iter().copied().filter(|(name, _)| *name != "words").collect();
    wordy.push(("words", &long));
    let reply = submit(&resident, "requests/report", &wordy, &[]).await;
    let (_, typed, fault) = kept(&resident, &reply).await;
    assert_eq!(fault, Some(Fault::field("words", Note::TooLong(16_384))));
    assert!(long.starts_with(&typed) && typed.len() > 65_000);
    assert_eq!(house.value::<i64>("select count(*) from request").await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_lost_session_costs_no_words(pool: PgPool) {
    let house = House::open(pool).await;
    let fields = fields(&house.as_person(cast::RESIDENT).await).await;
    let reply = submit(&house.stranger(), "requests/report", &borrowed(&fields), &[PHONE]).await;
    assert!(reply.location().starts_with("/sign-in?"), "{}", reply.location());
    let (photos, typed, fault) = kept(&house.stranger(), &reply).await;
    assert_eq!((photos.len(), typed.as_str()), (0, "The kitchen tap drips, see the photos."));
    assert_eq!(fault, Some(Fault::field("photos", Note::ChooseAgain)));
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_photo_that_nobody_attaches_is_gone_after_a_day(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let estate = estate_of(&resident).await;
    let query = format!("estate={estate}&key={}", key());
    send(&resident, &query, PHONE).await.ok();
    let attached = sent(&resident, &estate).await;
    report_with(&resident, &[&attached]).await.ok();

    sweep(&house.backend, noon() + chrono::Duration::hours(23)).await.unwrap();
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 2);
    sweep(&house.backend, noon() + chrono::Duration::hours(25)).await.unwrap();
    assert_eq!(house.value::<i64>("select count(*) from photo").await, 1);
    // Its file has the same content as the one that stays.
    assert!(sees(&resident, &estate, &attached).await);
    // A phone that was offline for so long sends it again under the same key, and it is there again.
    let late = send(&resident, &query, PHONE).await.ok();
    assert!(sees(&resident, &estate, late["id"].as_str().unwrap()).await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_file_that_no_photo_names_is_removed(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let estate = estate_of(&resident).await;
    sent(&resident, &estate).await;
    sent(&resident, &estate).await;
    assert_eq!(house.backend.photos.list().await.unwrap().len(), 2);
    sweep(&house.backend, noon() + chrono::Duration::hours(25)).await.unwrap();
    assert!(house.backend.photos.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_folder_keeps_files_under_their_hashes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photos");
    let store = PhotoStore::folder(&path).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700);
    let hash = "ab12".repeat(16);
    store.put(&hash, PHONE.into()).await.unwrap();
    store.put(&hash, PHONE.into()).await.unwrap();
    let again = PhotoStore::folder(&path).unwrap();
    assert_eq!(again.get(&hash).await.unwrap().unwrap(), PHONE);
    assert_eq!(again.get(&"cd34".repeat(16)).await.unwrap(), None);
    let place = format!("ab/12/{hash}.jpg");
    assert_eq!(again.list().await.unwrap(), [(place.clone(), PHONE.len() as u64)]);
    // What a power cut left half-written is written again.
    std::fs::write(path.join(&place), b"half").unwrap();
    again.put(&hash, PHONE.into()).await.unwrap();
    assert_eq!(again.get(&hash).await.unwrap().unwrap(), PHONE);
}
