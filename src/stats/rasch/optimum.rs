//! Maximum of a smooth function with its gradient: quasi-Newton steps, then Newton's method.

use nalgebra::{Cholesky, DMatrix, DVector};

/// The maximum, and what surrounds it.
pub struct Optimum {
    pub point: Vec<f64>,
    pub value: f64,
    /// Inverse of the negative Hessian.
    covariance: DMatrix<f64>,
}

impl Optimum {
    /// Standard error of a linear combination of the parameters.
    pub fn standard_error(&self, loading: &[f64]) -> f64 {
        let loading = DVector::from_column_slice(loading);
        (loading.transpose() * &self.covariance * &loading)[(0, 0)].sqrt()
    }
}

/// Climbs from the origin; `None` if no maximum with a positive definite information is found.
pub fn maximise(parameters: usize, evaluate: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Option<Optimum> {
    const STEPS: usize = 400;
    const NEWTON_STEPS: usize = 8;
    let measure = |point: &DVector<f64>| {
        let (value, gradient) = evaluate(point.as_slice());
        (value, DVector::from_vec(gradient))
    };

    let mut point = DVector::zeros(parameters);
    let (mut value, mut gradient) = measure(&point);
    let mut inverse = DMatrix::identity(parameters, parameters) / gradient.norm().max(1.0);
    for _ in 0..STEPS {
        if gradient.amax() < 1e-4 {
            break;
        }
        let direction = &inverse * &gradient;
        let Some((next, next_value, next_gradient)) = line_search(&point, value, &gradient, &direction, &measure)
        else {
            break;
        };
        let (moved, change) = (&next - &point, &gradient - &next_gradient);
        let curvature = moved.dot(&change);
        if curvature > 1e-12 {
            // Broyden–Fletcher–Goldfarb–Shanno update of the inverse.
            let image = &inverse * &change;
            let scale = (1.0 + change.dot(&image) / curvature) / curvature;
            inverse += &moved * moved.transpose() * scale
                - (&image * moved.transpose() + &moved * image.transpose()) / curvature;
        }
        (point, value, gradient) = (next, next_value, next_gradient);
    }
    for _ in 0..NEWTON_STEPS {
        let factor = Cholesky::new(information(&point, &measure))?;
        if gradient.amax() < 1e-7 {
            return Some(Optimum { point: point.as_slice().to_vec(), value, covariance: factor.inverse() });
        }
        point += factor.solve(&gradient);
        (value, gradient) = measure(&point);
        if !value.is_finite() {
            return None;
        }
    }
    None
}

/// The first halved step that climbs enough (Armijo).
fn line_search(
    point: &DVector<f64>,
    value: f64,
    gradient: &DVector<f64>,
    direction: &DVector<f64>,
    measure: &impl Fn(&DVector<f64>) -> (f64, DVector<f64>),
) -> Option<(DVector<f64>, f64, DVector<f64>)> {
    let slope = gradient.dot(direction);
    let mut length = (2.0 / direction.amax()).min(1.0);
    for _ in 0..40 {
        let next = point + direction * length;
        let (next_value, next_gradient) = measure(&next);
        if next_value.is_finite() && next_value >= value + 1e-4 * length * slope {
            return Some((next, next_value, next_gradient));
        }
        length /= 2.0;
    }
    None
}

/// Negative Hessian by central differences of the gradient.
fn information(point: &DVector<f64>, measure: &impl Fn(&DVector<f64>) -> (f64, DVector<f64>)) -> DMatrix<f64> {
    const STEP: f64 = 1e-4;
    let n = point.len();
    let mut information = DMatrix::zeros(n, n);
    for column in 0..n {
        let mut moved = point.clone();
        moved[column] += STEP;
        let (_, above) = measure(&moved);
        moved[column] -= 2.0 * STEP;
        let (_, below) = measure(&moved);
        information.set_column(column, &((below - above) / (2.0 * STEP)));
    }
    (&information + information.transpose()) / 2.0
}
