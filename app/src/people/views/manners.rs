use crate::forms::Opened;
use crate::people::{ChooseManners, Manners, Theme};
use crate::texts::{Lang, texts};
use crate::ui::{Post, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Language, theme and type size; the page loads anew in them.
#[component]
pub fn MannersForm(
    /// As they are.
    manners: Manners,
    /// The page's key.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let langs = Lang::ALL
        .into_iter()
        .map(|lang| {
            view! {
                <label lang=lang.tag()>
                    <input type="radio" name="lang" value=lang.tag() checked=lang == t.lang/>
                    {lang.own_name()}
                </label>
            }
        })
        .collect_view();
    let themes = Theme::ALL
        .into_iter()
        .map(|theme| {
            let (symbol, word) = match theme {
                Theme::Auto => ("device", t.me_theme_auto()),
                Theme::Light => ("sun", t.me_theme_light()),
                Theme::Dark => ("moon", t.me_theme_dark()),
            };
            view! {
                <label>
                    <input type="radio" name="theme" value=theme.tag() checked=theme == manners.theme/>
                    {icon(symbol)} " " {word}
                </label>
            }
        })
        .collect_view();
    view! {
        <Post to=ChooseManners::PATH opened plain=true class="card prefs">
            <fieldset>
                <legend>{t.me_language()}</legend>
                <div class="segments">{langs}</div>
            </fieldset>
            <fieldset>
                <legend>{t.me_theme()}</legend>
                <div class="segments">{themes}</div>
            </fieldset>
            <fieldset>
                <legend>{t.me_text()}</legend>
                <div class="segments">
                    <label>
                        <input type="radio" name="large_text" value="false" checked=!manners.large_text/>
                        {t.me_text_normal()}
                    </label>
                    <label>
                        <input type="radio" name="large_text" value="true" checked=manners.large_text/>
                        {icon("text-size")} " " {t.me_text_large()}
                    </label>
                </div>
            </fieldset>
            <div class="submit">
                <button class="button">{t.me_save()}</button>
            </div>
        </Post>
    }
}
