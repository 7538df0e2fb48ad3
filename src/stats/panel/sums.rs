//! What the values add up to. A sweep reads these sums instead of the ratings, which makes it several times as
//! quick; in the Gaussian form they never change.

use super::design::Design;

pub(super) struct Sums {
    /// By candidate, then dimension.
    pub candidates: Vec<f64>,
    /// By rater, then dimension.
    pub raters: Vec<f64>,
    /// By dimension.
    pub all: Vec<f64>,
    pub forms: Vec<f64>,
    pub squares: f64,
}

impl Sums {
    pub fn new(design: &Design, values: &[f64]) -> Self {
        let d = design.dimensions;
        let mut sums = Self {
            candidates: vec![0.0; design.candidates.units.len() * d],
            raters: vec![0.0; design.raters.units.len() * d],
            all: vec![0.0; d],
            forms: vec![0.0; design.forms.len()],
            squares: 0.0,
        };
        sums.refill(design, values);
        sums
    }

    /// `values` by form, then dimension; 0 where there is no rating.
    pub fn refill(&mut self, design: &Design, values: &[f64]) {
        let d = design.dimensions;
        self.candidates.fill(0.0);
        self.raters.fill(0.0);
        self.all.fill(0.0);
        self.squares = 0.0;
        for (index, form) in design.forms.iter().enumerate() {
            let candidate = &mut self.candidates[form.candidate * d..][..d];
            let rater = &mut self.raters[form.rater * d..][..d];
            let mut sum = 0.0;
            for (i, &value) in values[index * d..][..d].iter().enumerate() {
                candidate[i] += value;
                rater[i] += value;
                sum += value;
                self.squares += value * value;
            }
            self.forms[index] = sum;
        }
        for candidate in self.candidates.chunks_exact(d) {
            self.all.iter_mut().zip(candidate).for_each(|(all, x)| *all += x);
        }
    }
}
