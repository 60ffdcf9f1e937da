//! The queue as a sheet for other programs: CSV, row by row as they are read, or XLSX, written beside the memory and then
//! sent; refused where it has more rows than such a sheet can hold. Batches follow each other by keyset, each on a
//! connection of its own: a slow reader holds nothing.

use super::super::model::{Card, MOST_SHEET_ROWS, Registered, Sieve};
use super::super::words::{channel_word, place_text, stage_word, urgency_word};
use super::listing::register;
use super::queue::{Asked, Search};
use crate::backend::{Backend, broken};
use crate::estate::Zone;
use crate::fault::Fault;
use crate::forms::reply_for;
use crate::moment::Moment;
use crate::people::{Viewer, manners_of};
use crate::requests::After;
use crate::texts::{Texts, language};
use axum::Extension;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::NaiveDateTime;
use futures::{StreamExt, stream};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};

/// Rows that are read at once.
const BATCH: i64 = 500;
/// Cells of a row.
const COLUMNS: usize = 14;
/// Bytes of a finished sheet that are sent at once.
const CHUNK: usize = 64 * 1024;

/// The exports: `GET /staff/export.csv` and `.xlsx`, with the queue's own address behind them.
pub fn export_routes() -> Router<Backend> {
    Router::new().route("/staff/export.csv", get(csv)).route("/staff/export.xlsx", get(xlsx))
}

/// One cell.
enum Cell {
    Text(String),
    At(NaiveDateTime),
    Nothing,
}

/// A sheet that is being read.
struct Sheet {
    backend: Backend,
    search: Search,
    t: Texts,
    zone: Zone,
    after: Option<After>,
    is_over: bool,
}

impl Sheet {
    async fn of(
        backend: Backend,
        viewer: Option<Extension<Viewer>>,
        headers: &HeaderMap,
        query: &HashMap<String, String>,
    ) -> Result<Self, Fault> {
        let Extension(viewer) = viewer.ok_or(Fault::SignedOut)?;
        let staff = viewer.staff()?;
        let lang = manners_of(headers).lang;
        let now = backend.clock.now();
        let zone = Zone::of(&staff.zone);
        let sieve = Sieve::of(|tag| query.get(tag).cloned());
        let asked = Asked::of(query.get("view").map(String::as_str), query.get("q").map(String::as_str), sieve);
        let mut db = backend.pool.acquire().await?;
        let search = Search::of(&mut db, staff, asked, now).await?;
        drop(db);
        Ok(Self { backend, search, t: language(lang).texts(lang), zone, after: None, is_over: false })
    }

    /// The register's columns (C4): client, phone, words and the appointed time among them.
    fn heading(&self) -> [&'static str; COLUMNS] {
        let t = self.t;
        [
            t.sheet_code(),
            t.sheet_received(),
            t.facet_state(),
            t.sheet_urgency(),
            t.facet_problem(),
            t.sheet_place(),
            t.list_col_client(),
            t.list_col_phone(),
            t.list_col_words(),
            t.list_col_appointed(),
            t.facet_source(),
            t.facet_department(),
            t.facet_person(),
            t.sheet_due(),
        ]
    }

    /// Whether it is known, before any of it is read, that XLSX cannot hold it.
    async fn is_too_long(&self) -> Result<bool, Fault> {
        let mut db = self.backend.pool.acquire().await?;
        Ok(self.search.total(&mut db).await?.is_some_and(|rows| rows > i64::from(MOST_SHEET_ROWS)))
    }

    /// The next rows; none once all were read.
    async fn batch(&mut self) -> Result<Vec<[Cell; COLUMNS]>, Fault> {
        if self.is_over {
            return Ok(Vec::new());
        }
        let mut db = self.backend.pool.acquire().await?;
        let (cards, next) = self.search.page(&mut db, self.after, BATCH).await?;
        (self.after, self.is_over) = (next, next.is_none());
        let mut whole = register(&mut db, self.search.staff(), &cards).await?;
        let cells = |card: Card| {
            let (line, channel) = whole.remove(&card.id)?;
            Some(self.row(card, line, channel_word(self.t, channel)))
        };
        Ok(cards.into_iter().filter_map(cells).collect())
    }

    fn row(&self, card: Card, registered: Registered, channel: &str) -> [Cell; COLUMNS] {
        let t = self.t;
        let text = |text: &str| Cell::Text(one_line(text));
        let line = card.line;
        let due = || line.promise.map_or(Cell::Nothing, |promise| Cell::At(self.clock(promise.due_at)));
        let appointed = match (registered.from, registered.until) {
            (Some(from), Some(until)) => {
                let (from, until) = (self.clock(from), self.clock(until));
                Cell::Text(format!("{}–{}", from.format("%Y-%m-%d %H:%M"), until.format("%H:%M")))
            }
            _ => due(),
        };
        let client = registered.client.as_ref();
        let phone = client.and_then(|client| client.phone.as_deref());
        [
            text(&card.code),
            Cell::At(self.clock(card.received_at)),
            text(stage_word(t, &line.stage)),
            text(urgency_word(t, card.urgency)),
            text(card.item.of(t.lang)),
            text(&place_text(t, &card.place)),
            client.map_or(Cell::Nothing, |client| text(&client.name)),
            phone.map_or(Cell::Nothing, text),
            text(&registered.words),
            appointed,
            text(channel),
            text(line.holder.department.names.of(t.lang)),
            line.holder.person.as_deref().map_or(Cell::Nothing, text),
            due(),
        ]
    }

    /// What the clock on the estate's wall shows, to the minute.
    fn clock(&self, at: Moment) -> NaiveDateTime {
        self.zone.shown_at(at)
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().to_owned()
}

/// A cell of CSV that no program takes for a formula. In XLSX a text is a text, whatever it begins with.
fn harmless(text: &str) -> String {
    let line = one_line(text);
    if line.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) { format!("'{line}") } else { line }
}

async fn csv(
    State(backend): State<Backend>,
    viewer: Option<Extension<Viewer>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let sheet = match Sheet::of(backend, viewer, &headers, &query).await {
        Ok(sheet) => sheet,
        Err(fault) => return reply_for(&headers, &fault),
    };
    // The mark by which sheets know UTF-8.
    let heading = [b"\xef\xbb\xbf".to_vec(), line(sheet.heading())].concat();
    let rows = stream::unfold(sheet, |mut sheet| async move {
        let batch = match sheet.batch().await {
            Ok(batch) if batch.is_empty() => return None,
            Ok(batch) => Ok(Bytes::from(
                batch.into_iter().flat_map(|row| line(row.each_ref().map(written))).collect::<Vec<u8>>(),
            )),
            // The connection breaks off: a sheet that ends early must not look whole.
            Err(fault) => {
                sheet.is_over = true;
                Err(std::io::Error::other(format!("{fault:?}")))
            }
        };
        Some((batch, sheet))
    });
    // Whoever compresses a body asks once more after its end.
    let body = Body::from_stream(stream::iter([Ok(Bytes::from(heading))]).chain(rows).fuse());
    file("text/csv; charset=utf-8", "csv", body)
}

/// One line of CSV, quoted where it must be.
fn line<T: AsRef<str>>(cells: [T; COLUMNS]) -> Vec<u8> {
    let cells = cells.map(|cell| {
        let cell = cell.as_ref();
        if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    });
    format!("{}\r\n", cells.join(",")).into_bytes()
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::At(at) => at.format("%Y-%m-%d %H:%M").to_string(),
        Cell::Nothing => String::new(),
    }
}

async fn xlsx(
    State(backend): State<Backend>,
    viewer: Option<Extension<Viewer>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let made = async {
        let mut sheet = Sheet::of(backend, viewer, &headers, &query).await?;
        let book = if sheet.is_too_long().await? { None } else { workbook(&mut sheet).await? };
        Ok::<_, Fault>((book, sheet.t))
    };
    match made.await {
        Ok((None, t)) => (StatusCode::UNPROCESSABLE_ENTITY, t.list_too_long(MOST_SHEET_ROWS)).into_response(),
        Ok((Some(made), _)) => {
            let chunks = stream::unfold(made, |mut made| async move {
                let mut chunk = vec![0; CHUNK];
                match made.read(&mut chunk) {
                    Ok(0) => None,
                    Ok(read) => {
                        chunk.truncate(read);
                        Some((Ok(Bytes::from(chunk)), made))
                    }
                    Err(error) => Some((Err(error), made)),
                }
            });
            file(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
                Body::from_stream(chunks.fuse()),
            )
        }
        Err(fault) => reply_for(&headers, &fault),
    }
}

/// Writes a workbook into a file that nobody else sees and that is gone once it was read; none where there are more rows
/// than it can hold.
async fn workbook(sheet: &mut Sheet) -> Result<Option<std::fs::File>, Fault> {
    let unwritten = |error: XlsxError| broken("a sheet could not be written", &error);
    let mut book = Workbook::new();
    let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let bold = Format::new().set_bold();
    let page = book.add_worksheet_with_constant_memory().map_err(unwritten)?;
    for (column, (name, width)) in
        (0_u16..).zip(sheet.heading().into_iter().zip([14, 16, 14, 10, 24, 28, 18, 18, 60, 22, 12, 18, 16, 16]))
    {
        page.set_column_width(column, width).map_err(unwritten)?;
        page.write_string_with_format(0, column, name, &bold).map_err(unwritten)?;
    }
    let mut number = 0;
    loop {
        let batch = sheet.batch().await?;
        if batch.is_empty() {
            break;
        }
        for row in batch {
            if number == MOST_SHEET_ROWS {
                return Ok(None);
            }
            number += 1;
            for (column, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Text(text) => page.write_string(number, column, text).map(|_| ()),
                    Cell::At(at) => page.write_datetime_with_format(number, column, at, &time).map(|_| ()),
                    Cell::Nothing => Ok(()),
                }
                .map_err(unwritten)?;
            }
        }
    }
    let written = tokio::task::spawn_blocking(move || {
        let mut file = tempfile::tempfile()?;
        book.save_to_writer(&file).map_err(std::io::Error::other)?;
        file.seek(SeekFrom::Start(0))?;
        Ok::<_, std::io::Error>(file)
    });
    let written = written.await.map_err(|error| broken("a sheet was not finished", &error))?;
    written.map(Some).map_err(|error| broken("a sheet could not be stored", &error))
}

fn file(kind: &'static str, ending: &str, body: Body) -> Response {
    let name = format!("attachment; filename=\"requests.{ending}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, harmless, line, one_line};

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in
            [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), (" -2", "'-2"), ("\t+3\n4", "'+3 4"), ("a=b", "a=b")]
        {
            assert_eq!(harmless(cell), expected);
        }
        assert_eq!(one_line("=1\n+1"), "=1 +1", "a workbook's cell says what somebody wrote");
    }

    #[test]
    fn commas_and_quotes_stay_in_their_cell() {
        let mut cells = [""; COLUMNS];
        cells[0] = "a,\"b\"";
        assert_eq!(line(cells), b"\"a,\"\"b\"\"\",,,,,,,,,,,,,\r\n");
    }
}
