//! A world's site on a port of its own, for a browser to open.

use std::{net::TcpListener, sync::Arc};

use actix_web::{App, HttpServer, dev::ServerHandle};
use attune::{
    store,
    web::{self, Shared},
};

use crate::support::world::World;

/// The world's site on a port of its own.
pub struct Site {
    pub base: String,
    handle: ServerHandle,
}

impl World {
    pub fn serve(&self) -> Site {
        Site::of(&self.shared, &self.url)
    }
}

impl Site {
    pub fn of(shared: &Arc<Shared>, url: &str) -> Site {
        Site::on(TcpListener::bind("127.0.0.1:0").unwrap(), shared, url)
    }

    /// On an address that has a name: `http://localhost` and the listener's port, which the settings must tell too.
    pub fn named(listener: TcpListener, shared: &Arc<Shared>, url: &str) -> Site {
        let mut site = Site::on(listener, shared, url);
        site.base = site.base.replace("127.0.0.1", "localhost");
        site
    }

    fn on(listener: TcpListener, shared: &Arc<Shared>, url: &str) -> Site {
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (shared, url) = (Arc::clone(shared), url.to_owned());
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    App::new().configure(web::site(Arc::clone(&shared), store::pool(&url, 4).unwrap()))
                })
                .workers(1)
                .disable_signals()
                .shutdown_timeout(1)
                .listen(listener)
                .unwrap()
                .run();
                sender.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Site { base, handle: receiver.recv().unwrap() }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}
