//! Tie bands: who can be told from whom on the evidence, without ranking by decimals.
//!
//! Candidates are taken by falling mean. The first is the leader of a band, and the band reaches down to the last candidate
//! whose interval overlaps the leader's; the next candidate leads the next band. So everybody below a band is clearly
//! below its leader, and nobody who could be level with the leader is left out. Members need not all overlap each other
//! (`level`), and a lower member may still overlap somebody below the band (`clear`); both are said, never hidden.
//!
//! Two intervals of 90 % that do not overlap are a stricter sign of a difference than a test at 10 % (with equal errors about
//! 2 %; Schenker & Gentleman 2001, *The American Statistician* 55:182). For a hiring decision that caution is wanted.

use super::estimate::Estimate;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Indexes into the estimates, by falling value (then by index).
    pub members: Vec<usize>,
    /// Every two members overlap: none can be told from another.
    pub level: bool,
    /// No member overlaps anybody in a lower band.
    pub clear: bool,
}

pub fn bands(estimates: &[Estimate]) -> Vec<Band> {
    let mut order: Vec<usize> = (0..estimates.len()).collect();
    order.sort_by(|&a, &b| estimates[b].value.total_cmp(&estimates[a].value).then(a.cmp(&b)));

    let mut bands = Vec::new();
    let mut rest = order.as_slice();
    while let Some(&leader) = rest.first() {
        let last = rest.iter().rposition(|&other| overlap(&estimates[leader], &estimates[other])).unwrap_or(0);
        let (members, below) = rest.split_at(last + 1);
        bands.push(Band {
            level: members.iter().all(|&a| members.iter().all(|&b| overlap(&estimates[a], &estimates[b]))),
            clear: !members.iter().any(|&a| below.iter().any(|&b| overlap(&estimates[a], &estimates[b]))),
            members: members.to_vec(),
        });
        rest = below;
    }
    bands
}

/// Whether the intervals share a point; one that touches does.
pub fn overlap(a: &Estimate, b: &Estimate) -> bool {
    a.lower <= b.upper && b.lower <= a.upper
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn around(value: f64, half: f64) -> Estimate {
        Estimate { value, lower: value - half, upper: value + half, level: 0.9 }
    }

    #[test]
    fn those_who_overlap_the_leader_share_the_leaders_band() {
        let found = bands(&[around(2.0, 0.2), around(4.2, 0.3), around(4.5, 0.3)]);

        let first = Band { members: vec![2, 1], level: true, clear: true };
        assert_eq!(found, [first, Band { members: vec![0], level: true, clear: true }]);
    }

    #[test]
    fn a_lower_member_who_overlaps_the_next_band_blurs_the_edge() {
        let found = bands(&[around(4.4, 0.3), around(4.0, 0.3), around(3.6, 0.3)]);

        assert_eq!(found[0], Band { members: vec![0, 1], level: true, clear: false });
    }

    #[test]
    fn a_wide_interval_far_down_pulls_those_between_into_the_band() {
        let found = bands(&[around(4.6, 0.2), around(4.0, 0.2), around(3.8, 1.0)]);

        assert_eq!(found, [Band { members: vec![0, 1, 2], level: false, clear: true }]);
    }

    proptest! {
        #[test]
        fn everybody_is_in_one_band_and_everybody_below_is_clearly_below_the_leader(
            values in prop::collection::vec((1.0f64..5.0, 0.01f64..1.0), 0..12)
        ) {
            let estimates: Vec<_> = values.into_iter().map(|(v, h)| around(v, h)).collect();
            let found = bands(&estimates);
            let mut all: Vec<usize> = found.iter().flat_map(|b| b.members.clone()).collect();
            for (i, band) in found.iter().enumerate() {
                for lower in found[i + 1..].iter().flat_map(|b| &b.members) {
                    prop_assert!(!overlap(&estimates[band.members[0]], &estimates[*lower]));
                }
            }
            all.sort_unstable();
            prop_assert_eq!(all, (0..estimates.len()).collect::<Vec<_>>());
        }
    }
}
