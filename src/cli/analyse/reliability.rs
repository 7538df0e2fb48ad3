//! How far raters agree, in the names of the file.

use serde::Serialize;

use super::{
    figure::{Estimate, Figure, Named},
    pool::Pool,
};
use crate::stats::{
    estimate::{Outcome, finite},
    reliability::{
        self as core, Agreement,
        components::Components as Reml,
        generalizability::{COEFFICIENT_LEVEL, posterior},
        kappa::PairAgreement,
    },
    shown,
    variances::Variances,
};

#[derive(Debug, Serialize)]
pub struct Reliability {
    pub dimensions: Named<OfDimension>,
    pub composite: Composite,
    pub components: Components,
    pub g: Figure<G>,
}

#[derive(Debug, Serialize)]
pub struct OfDimension {
    pub icc: Icc,
    pub krippendorff: Krippendorff,
    pub kappa: Named<Kappa>,
}

#[derive(Debug, Serialize)]
pub struct Icc {
    pub icc1: Figure<Estimate>,
    pub icc1k: Figure<Estimate>,
    pub icca1: Figure<Estimate>,
    pub iccak: Figure<Estimate>,
    pub iccc1: Figure<Estimate>,
    pub iccck: Figure<Estimate>,
}

#[derive(Debug, Serialize)]
pub struct Krippendorff {
    pub nominal: Figure<Estimate>,
    pub ordinal: Figure<Estimate>,
    pub interval: Figure<Estimate>,
    pub ratio: Figure<Estimate>,
}

#[derive(Debug, Serialize)]
pub struct Kappa {
    pub linear: Figure<f64>,
    pub quadratic: Figure<f64>,
    pub exact: Figure<f64>,
    pub within_one: Figure<f64>,
    /// Candidates whom both rated.
    pub shared: usize,
}

#[derive(Debug, Serialize)]
pub struct Composite {
    pub icc: Icc,
    pub krippendorff: Krippendorff,
    pub alpha: Figure<Estimate>,
    pub omega: Figure<Estimate>,
    pub sem: Figure<f64>,
}

#[derive(Debug, Serialize)]
pub struct Components {
    pub reml: Figure<Six<f64>>,
    pub panel: Figure<Six<Estimate>>,
}

/// One figure for each variance.
#[derive(Debug, Serialize)]
pub struct Six<T> {
    pub candidate: Figure<T>,
    pub candidate_dimension: Figure<T>,
    pub rater: Figure<T>,
    pub rater_dimension: Figure<T>,
    pub candidate_rater: Figure<T>,
    pub residual: Figure<T>,
}

#[derive(Debug, Serialize)]
pub struct G {
    pub qk: Figure<Estimate>,
    /// By number of raters: the same for everybody.
    pub relative: Figure<Named<f64>>,
    /// By number of raters: others for every candidate.
    pub absolute: Figure<Named<f64>>,
    /// Of a candidate's mean in a comparison, in points.
    pub standard_error: Figure<Estimate>,
}

pub fn reliability(pool: &Pool, shown: &Outcome<shown::Comparison>, seed: u64) -> Reliability {
    let draws: &[Variances] = shown.as_ref().map_or(&[], |shown| shown.fit.draws.variances());
    let found = core::reliability(&pool.ratings, &pool.weights, draws, seed);
    let dimensions = found.dimensions.iter().map(|agreement| of_dimension(pool, agreement));
    Reliability {
        dimensions: Named(pool.dimensions.iter().cloned().zip(dimensions).collect()),
        composite: Composite {
            icc: icc(&found.composite.icc),
            krippendorff: krippendorff(&found.composite.krippendorff),
            alpha: found.composite.alpha.into(),
            omega: found.composite.omega.into(),
            sem: found.composite.standard_error.into(),
        },
        components: Components {
            reml: found.components.map(reml).into(),
            panel: match shown {
                Ok(_) => Figure::Value(panel(draws)),
                Err(reason) => Figure::absent(*reason),
            },
        },
        g: found.generalizability.map(g).into(),
    }
}

fn of_dimension(pool: &Pool, agreement: &Agreement) -> OfDimension {
    let pair = |(a, b, found): &(usize, usize, PairAgreement)| {
        let name = format!("{}|{}", pool.raters[*a], pool.raters[*b]);
        let kappa = Kappa {
            linear: found.linear.into(),
            quadratic: found.quadratic.into(),
            exact: found.exact.into(),
            within_one: found.within_one.into(),
            shared: found.shared,
        };
        (name, kappa)
    };
    OfDimension {
        icc: icc(&agreement.icc),
        krippendorff: krippendorff(&agreement.krippendorff),
        kappa: Named(agreement.pairs.iter().map(pair).collect()),
    }
}

fn icc(found: &core::icc::Icc) -> Icc {
    Icc {
        icc1: found.one_way_single.into(),
        icc1k: found.one_way_mean.into(),
        icca1: found.agreement_single.into(),
        iccak: found.agreement_mean.into(),
        iccc1: found.consistency_single.into(),
        iccck: found.consistency_mean.into(),
    }
}

fn krippendorff(found: &core::Krippendorff) -> Krippendorff {
    Krippendorff {
        nominal: found.nominal.into(),
        ordinal: found.ordinal.into(),
        interval: found.interval.into(),
        ratio: found.ratio.into(),
    }
}

fn reml(found: Reml) -> Six<f64> {
    let figure = |outcome: Outcome<f64>| outcome.and_then(finite).into();
    Six {
        candidate: figure(found.candidate),
        candidate_dimension: figure(found.candidate_dimension),
        rater: figure(found.rater),
        rater_dimension: figure(found.rater_dimension),
        candidate_rater: figure(found.candidate_rater),
        residual: figure(found.residual),
    }
}

fn panel(draws: &[Variances]) -> Six<Estimate> {
    let component = |which: fn(&Variances) -> f64| posterior(draws, COEFFICIENT_LEVEL, |v| finite(which(v))).into();
    Six {
        candidate: component(|v| v.candidate),
        candidate_dimension: component(|v| v.candidate_dimension),
        rater: component(|v| v.rater),
        rater_dimension: component(|v| v.rater_dimension),
        candidate_rater: component(|v| v.candidate_rater),
        residual: component(|v| v.residual),
    }
}

fn g(found: core::Generalizability) -> G {
    let curve = |values: [f64; core::generalizability::MOST_RATERS]| {
        Named((1..).zip(values).map(|(k, value): (usize, f64)| (k.to_string(), value)).collect())
    };
    G {
        qk: found.coefficient.into(),
        relative: found.curve.map(|c| curve(c.relative)).into(),
        absolute: found.curve.map(|c| curve(c.absolute)).into(),
        standard_error: found.standard_error.into(),
    }
}
