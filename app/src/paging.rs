//! Where a page of a list ends. A store reads one row more than it shows: that tells whether there are more.

/// A page of rows of which up to one more than `most` were read, and the place behind which the next one begins, where
/// there are more.
pub fn page_of<T, P>(mut rows: Vec<T>, most: impl Into<i64>, place: impl Fn(&T) -> P) -> (Vec<T>, Option<P>) {
    let most = usize::try_from(most.into()).unwrap_or(usize::MAX);
    let is_more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| is_more).map(place);
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn the_row_too_many_only_tells_that_there_are_more() {
        assert_eq!(page_of(vec![1, 2, 3], 2, |row| *row), (vec![1, 2], Some(2)));
        assert_eq!(page_of(vec![1, 2], 2, |row| *row), (vec![1, 2], None));
        assert_eq!(page_of(Vec::<i32>::new(), 2, |row| *row), (vec![], None));
    }
}
