use super::super::model::Siren;
use super::browser::manners;
use crate::fault::Fault;
use crate::notices::store::Alarm;
use crate::texts::language;
use crate::visitors::VisitNews;

/// An emergency goes before whoever waits. `base` is where notices are read.
pub fn siren(base: &str, alarm: Option<Alarm>, caller: Option<VisitNews>) -> Result<Option<Siren>, Fault> {
    let lang = manners()?.lang;
    let t = language(lang).texts(lang);
    if let Some(alarm) = alarm {
        let lang = alarm.title.nearest(lang);
        return Ok(Some(Siren {
            href: format!("{base}/{}", alarm.notice),
            words: t.frame_alarm().to_owned(),
            name: alarm.title.of(lang).to_owned(),
            lang: lang.tag().to_owned(),
            is_caller: false,
        }));
    }
    let (href, words) = match caller {
        Some(VisitNews::Waits { visit, home }) => (format!("/visitors/{visit}"), t.told_visitor(home.label(t))),
        Some(VisitNews::Rings { place }) => ("/staff/visitors".to_owned(), t.told_ring(place.label(t))),
        _ => return Ok(None),
    };
    Ok(Some(Siren { href, words, name: String::new(), lang: lang.tag().to_owned(), is_caller: true }))
}
