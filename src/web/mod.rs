//! All of HTTP: who asks, what they may do, and the pages and wire forms that answer.

pub mod api;
mod assets;
pub mod download;
pub mod failure;
pub mod forms;
mod guard;
pub mod letter;
pub mod limits;
pub mod pages;
pub mod scim;
pub mod serve;
pub mod session;
pub mod veil;
pub mod view;
pub mod who;

use std::sync::Arc;

use actix_web::{
    middleware::{Compress, from_fn},
    web::{self, Data, FormConfig, ServiceConfig},
};

use crate::{
    clock::Clock, config::Config, sign_on::outward::Outward, store::Pool, usecases::password::Hashing,
    usecases::sealing::Sealing, worker::Wake,
};

/// What every request handler of every worker shares.
pub struct Shared {
    pub config: Config,
    pub clock: Clock,
    pub keys: session::Keys,
    pub views: view::Views,
    pub hashing: Hashing,
    pub sealing: Sealing,
    pub requests: limits::Requests,
    pub sign_in_limit: guard::Limit,
    pub second_step_limit: guard::Limit,
    pub passkey_limit: guard::Limit,
    pub sign_on_limit: guard::Limit,
    /// The way to organisations' identity providers.
    pub outward: Outward,
    pub password_reset_limit: guard::Limit,
    /// Where exports wait for their turn.
    pub downloads: download::Places,
    /// For whoever has put a letter into the outbox and committed.
    pub outbox: Wake,
}

impl Shared {
    /// # Errors
    /// When the secret key is missing or a template does not parse.
    pub fn new(config: Config, clock: Clock, hashing: Hashing) -> anyhow::Result<Arc<Shared>> {
        assets::pack();
        let secret = config.secret_key.as_deref().ok_or_else(|| anyhow::anyhow!("the secret key is missing"))?;
        Ok(Arc::new(Shared {
            keys: session::Keys::new(secret, &config.old_secret_keys),
            sealing: Sealing::new(secret, &config.old_secret_keys)?,
            views: view::Views::new()?,
            requests: limits::Requests::new(config.requests_per_minute),
            sign_in_limit: guard::Limit::sign_in(),
            second_step_limit: guard::Limit::second_step(),
            passkey_limit: guard::Limit::passkey(),
            sign_on_limit: guard::Limit::sign_in(),
            outward: Outward::new(!config.is_https(), config.sign_on_hosts.clone())?,
            password_reset_limit: guard::Limit::password_reset(),
            downloads: download::Places::default(),
            outbox: Wake::default(),
            config,
            clock,
            hashing,
        }))
    }
}

/// The largest form: a note of 20,000 characters that are sent as nine bytes each, with what stands around it.
const LARGEST_FORM: usize = 256 * 1024;

/// The whole site. Middlewares run from the last `wrap` to the first: the veil sees every answer as it goes out; the guard sees a request first, then it is
/// identified; a failure is rendered inside both, when it is known in whose language.
pub fn site(shared: Arc<Shared>, pool: Pool) -> impl FnOnce(&mut ServiceConfig) {
    move |config: &mut ServiceConfig| {
        let forms = FormConfig::default().limit(LARGEST_FORM);
        config.app_data(Data::from(shared)).app_data(Data::new(pool)).app_data(forms).service(
            web::scope("")
                .wrap(from_fn(limits::limit))
                .wrap(from_fn(failure::render))
                .wrap(from_fn(who::identify))
                .wrap(from_fn(guard::guard))
                .wrap(from_fn(veil::veil))
                .wrap(Compress::default())
                .configure(api::routes)
                .configure(scim::routes)
                .configure(pages::routes)
                .configure(assets::routes),
        );
    }
}
