//! A remark to an interviewer whose ratings are all the same although the evidence is not. It judges nobody and goes nowhere.

use super::rating::{Rating, Score};

/// What stands behind a rating.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub rating: Option<Rating>,
    pub signs_for: usize,
    pub signs_against: usize,
    pub has_note: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// All `count` ratings are this.
    pub score: Score,
    pub count: usize,
    pub but: But,
}

/// Why it is worth a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum But {
    /// So many dimensions have neither a tick nor a note.
    NoEvidence(usize),
    /// So many have only signs against, while others have only signs for.
    OnlyAgainst(usize),
}

/// Fewer ratings are often the same by chance.
const FEWEST: usize = 4;

/// The hint, when every dimension has the same score and what was seen differs.
pub fn hint(seen: &[Seen]) -> Option<Hint> {
    let scores: Option<Vec<Score>> = seen
        .iter()
        .map(|seen| match seen.rating {
            Some(Rating::Score(score)) => Some(score),
            _ => None,
        })
        .collect();
    let scores = scores?;
    let score = *scores.first()?;
    if scores.len() < FEWEST || scores.iter().any(|other| *other != score) {
        return None;
    }
    let bare = seen.iter().filter(|seen| seen.signs_for + seen.signs_against == 0 && !seen.has_note).count();
    let only_for = seen.iter().filter(|seen| seen.signs_for > 0 && seen.signs_against == 0).count();
    let only_against = seen.iter().filter(|seen| seen.signs_against > 0 && seen.signs_for == 0).count();
    let but = if (1..seen.len()).contains(&bare) {
        But::NoEvidence(bare)
    } else if only_for > 0 && only_against > 0 {
        But::OnlyAgainst(only_against)
    } else {
        return None;
    };
    Some(Hint { score, count: scores.len(), but })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(score: &str) -> Vec<Seen> {
        let rating = Rating::from_text(score).unwrap();
        vec![Seen { rating, signs_for: 1, has_note: true, ..Seen::default() }; 6]
    }

    #[test]
    fn six_fours_of_which_two_have_no_evidence_are_worth_a_second_look() {
        let mut seen = all("4");
        for bare in &mut seen[4..] {
            (bare.signs_for, bare.has_note) = (0, false);
        }

        let hint = hint(&seen).unwrap();

        assert_eq!((hint.score.get(), hint.count, hint.but), (4, 6, But::NoEvidence(2)));
    }

    #[test]
    fn the_same_rating_for_signs_that_point_both_ways_is_worth_one_too() {
        let mut seen = all("3");
        (seen[1].signs_for, seen[1].signs_against) = (0, 2);

        assert_eq!(hint(&seen).unwrap().but, But::OnlyAgainst(1));
    }

    #[test]
    fn equal_ratings_on_equal_evidence_different_ratings_and_unknown_ones_say_nothing() {
        assert_eq!(hint(&all("4")), None);
        assert_eq!(hint(&all("not_enough_evidence")), None);
        assert_eq!(hint(&[]), None);
        let mut bare = all("4");
        bare.iter_mut().for_each(|seen| (seen.signs_for, seen.has_note) = (0, false));
        assert_eq!(hint(&bare), None, "where nobody wrote anything the gaps say so");
        let mut different = all("4");
        different[0] = Seen { rating: Rating::from_text("3").unwrap(), ..Seen::default() };
        assert_eq!(hint(&different), None);
        let mut few = all("4");
        few.truncate(3);
        (few[0].signs_for, few[0].has_note) = (0, false);
        assert_eq!(hint(&few), None);
    }
}
