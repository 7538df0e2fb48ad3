//! How an interview's time is meant to be spent: a welcome, each dimension alike, and an end that belongs to the candidate.

/// Minutes of each part, in order. They add up to the interview's length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimePlan {
    /// Who we are, how it goes, what is written down.
    pub welcome: i64,
    /// One per dimension; the first get the minutes that are left over.
    pub dimensions: Vec<i64>,
    /// The candidate's questions, and what happens next.
    pub end: i64,
}

impl TimePlan {
    pub fn new(minutes: i64, dimensions: usize) -> TimePlan {
        let aside = match minutes {
            30.. => 5,
            15.. => 2,
            10.. => 1,
            _ => 0,
        };
        let (mut welcome, mut end) = (aside, aside);
        let count = i64::try_from(dimensions).unwrap_or(i64::MAX);
        // An interview on many dimensions keeps at least two minutes for each.
        if minutes - welcome - end < 2 * count {
            (welcome, end) = (0, 0);
        }
        let left = minutes - welcome - end;
        if count == 0 {
            return TimePlan { welcome, dimensions: Vec::new(), end: end + left };
        }
        let shares = (0..count).map(|n| left / count + i64::from(n < left % count)).collect();
        TimePlan { welcome, dimensions: shares, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_add_up_to_the_interview() {
        for minutes in 5..=480 {
            for dimensions in 0..=12 {
                let plan = TimePlan::new(minutes, dimensions);
                assert_eq!(plan.welcome + plan.dimensions.iter().sum::<i64>() + plan.end, minutes);
                assert_eq!(plan.dimensions.len(), dimensions);
            }
        }
    }

    #[test]
    fn an_hour_leaves_ten_minutes_for_people_and_a_short_talk_fewer() {
        assert_eq!(TimePlan::new(60, 6), TimePlan { welcome: 5, dimensions: vec![9, 9, 8, 8, 8, 8], end: 5 });
        assert_eq!(TimePlan::new(20, 2), TimePlan { welcome: 2, dimensions: vec![8, 8], end: 2 });
        assert_eq!(TimePlan::new(10, 6), TimePlan { welcome: 0, dimensions: vec![2, 2, 2, 2, 1, 1], end: 0 });
    }
}
