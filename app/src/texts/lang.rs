use serde::{Deserialize, Serialize};

/// A language of the interface. Hant is written in Hong Kong and Taiwan wording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// English
    #[default]
    #[serde(rename = "en")]
    En,
    /// 简体中文
    #[serde(rename = "zh-Hans")]
    Hans,
    /// 繁體中文
    #[serde(rename = "zh-Hant")]
    Hant,
}

impl Lang {
    /// All, in the order in which a person is offered them.
    pub const ALL: [Lang; 3] = [Lang::En, Lang::Hans, Lang::Hant];

    /// The tag that `<html lang>`, cookies and the database carry.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Hans => "zh-Hans",
            Lang::Hant => "zh-Hant",
        }
    }

    /// The language's own name for itself: the one text that is never translated.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Hans => "简体中文",
            Lang::Hant => "繁體中文",
        }
    }

    /// The language of a tag; regions count as the script that they write.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        if tag == "en" || tag.starts_with("en-") {
            return Some(Lang::En);
        }
        if !(tag == "zh" || tag.starts_with("zh-")) {
            return None;
        }
        let hant = ["hant", "-tw", "-hk", "-mo"].iter().any(|part| tag.contains(part));
        Some(if hant { Lang::Hant } else { Lang::Hans })
    }

    /// The first language of an `Accept-Language` header that we speak.
    pub fn from_accept(header: &str) -> Option<Self> {
        header.split(',').filter_map(|part| part.split(';').next()).find_map(Self::from_tag)
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn tags_find_their_script() {
        assert_eq!(Lang::from_accept("fr-CH, zh-HK;q=0.9, en;q=0.8"), Some(Lang::Hant));
        assert_eq!(Lang::from_accept("zh-CN,zh;q=0.9"), Some(Lang::Hans));
        assert_eq!(Lang::from_accept("fr, de"), None);
        for lang in Lang::ALL {
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        }
    }
}
