//! Codes that people read to each other: `LY-00042-K`. The last letter checks the others.

/// 23 letters, a prime: no I, O or Q, which look like digits.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

/// The code of the estate's nth request.
pub fn code(prefix: &str, number: i64) -> String {
    let body = format!("{prefix}{number:05}");
    format!("{prefix}-{number:05}-{}", check(&body))
}

/// A code as somebody typed it, in its proper form; `None` where the check letter does not fit.
pub fn parse(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    if plain.len() < 8 || plain.len() > 14 {
        return None;
    }
    let (body, letter) = plain.split_at(plain.len() - 1);
    let (prefix, digits) = body.split_at(2);
    let number: i64 = digits.parse().ok()?;
    (letter.starts_with(check(body)) && code(prefix, number).len() == plain.len() + 2).then(|| code(prefix, number))
}

/// Weights differ from place to place and never vanish modulo the prime: any one wrong character and
/// any two neighbours swapped change the sum.
fn check(body: &str) -> char {
    let sum: usize = body.bytes().rev().enumerate().map(|(place, byte)| (place + 2) * value(byte)).sum();
    char::from(LETTERS[sum % LETTERS.len()])
}

fn value(byte: u8) -> usize {
    match byte {
        b'0'..=b'9' => usize::from(byte - b'0'),
        _ => usize::from(byte.wrapping_sub(b'A')) % 23,
    }
}

#[cfg(test)]
mod tests {
    use super::{code, parse};

    #[test]
    fn a_code_survives_being_typed_badly() {
        let proper = code("LY", 42);
        assert_eq!(parse(&proper.to_lowercase().replace('-', " ")), Some(proper));
        assert_eq!(parse("LY-00042"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn one_wrong_digit_or_two_swapped_are_noticed() {
        let proper = code("LY", 50_817);
        let digits: Vec<char> = proper.chars().collect();
        for place in 3..8 {
            for digit in '0'..='9' {
                let mut typed = digits.clone();
                typed[place] = digit;
                let typed: String = typed.into_iter().collect();
                assert_eq!(parse(&typed).is_some(), typed == proper, "{typed}");
            }
        }
        for place in 3..7 {
            let mut typed = digits.clone();
            typed.swap(place, place + 1);
            let typed: String = typed.into_iter().collect();
            assert_eq!(parse(&typed).is_some(), typed == proper, "{typed}");
        }
    }
}
