/* Endpoints of Rust's frameworks. */
#include "endpoints.h"

#define AXUM \
	"src/main.rs\nuse axum::{routing::{any, get, on, post, MethodFilter}, Router};\nasync fn list() {}\nasync fn create() {}\n"
#define ACTIX "src/main.rs\nuse actix_web::{get, post, web, App, HttpServer};\nasync fn list() {}\n"
#define ROCKET "src/main.rs\nuse rocket::{get, post, routes};\n"

static const struct endpoint_row rows[] = {
	/* axum */
	{ AXUM "fn main() { let app = Router::new().route(\"/a/{id}\", get(list).post(create)).layer(cors()); }\n",
		"GET /a/{id} list; POST /a/{id} create" },
	{ AXUM "fn main() { let app = Router::new().nest(\"/x\", users()).merge(Router::new().route(\"/b\", any(list))); }\nfn users() "
	       "-> Router { Router::new().route(\"/\", get(list)) }\n",
		"ANY /b list; GET /x list" },
	{ AXUM "fn main() { let api = Router::new().route(\"/a\", on(MethodFilter::PUT, list)); let app = "
	       "Router::new().nest(\"/x\", api).route_service(\"/f\", files); }\n",
		"ANY /f; PUT /x/a list" },
	{ AXUM "fn main() { Router::new().nest_service(\"/s\", dir()).nest(\"/x\", Router::new().fallback(list)); }\n",
		"ANY /s/{*}; ANY /x/{*} list" },
	{ AXUM "fn users(r: Router<State>) -> Router<State> { r.route(\"/a\", get(list)) }\n", "GET …/a list" },
	{ AXUM "fn main() { c.route(\"/a\", fetch(list)); }\n#[cfg(test)]\nmod tests { fn t() { Router::new().route(\"/t\", "
	       "axum::routing::get(list)); } }\n",
		"" },
	{ "src/main.rs\nuse utoipa_axum::{router::OpenApiRouter, routes};\n#[utoipa::path(get, path = \"/a\")]\nasync fn list() {}\nfn "
	  "main() { OpenApiRouter::new().nest(\"/x\", OpenApiRouter::new().routes(routes!(list))); }\n",
		"GET /x/a list" },
	{ "src/main.rs\nuse utoipa_axum::{router::OpenApiRouter, routes};\n#[utoipa::path(get, path = \"/a\")]\nasync fn list() {}\nfn "
	  "main() { let (router, api) = OpenApiRouter::new().routes(routes!(list)).split_for_parts(); let router = "
	  "router.route(\"/b\", axum::routing::get(list)); }\n",
		"GET /a list; GET /b list" },
	{ "src/main.rs\nuse axum::{routing::{get, put}, Router};\nuse utoipa_axum::router::OpenApiRouter;\nasync fn list() {}\nfn "
	  "main() { let up: OpenApiRouter = Router::new().route(\"/a\", put(list)).into(); OpenApiRouter::new().nest(\"/x\", "
	  "OpenApiRouter::new().merge(up).merge(OpenApiRouter::from(Router::new().route(\"/b\", get(list))))); }\n",
		"GET /x/b list; PUT /x/a list" },
	{ AXUM "#[utoipa::path(get, path = \"/a\")]\nasync fn one() {}\nfn main() { Router::new().route(\"/b\", get(one)); }\n",
		"GET /b one" },
	{ "src/main.rs\nuse aide::axum::{routing::get_with, ApiRouter};\nasync fn list() {}\nfn main() { "
	  "ApiRouter::new().api_route_with(\"/a\", get_with(list, op).head_with(list, op), tag); }\n",
		"GET /a list; HEAD /a list" },
	{ AXUM "use tower_http::services::ServeDir;\nuse axum::routing::{get_service, post_service};\nfn main() { Router::new()"
	       ".route(\"/a\", get_service(ServeDir::new(\"a\"))).route(\"/b\", post_service(ServeDir::new(\"b\")))"
	       ".nest_service(\"/c\", ServeDir::new(\"c\")); }\n",
		"GET /a files; GET /c/{*} files; POST /b files" },
	/* actix-web */
	{ ACTIX "#[get(\"/me\")]\nasync fn me() {}\nfn main() { HttpServer::new(|| App::new().service(web::scope(\"/x\").service(me)."
		"route(\"/a\", web::get().to(list)))); }\n",
		"GET /x/a list; GET /x/me me" },
	{ ACTIX "fn users(cfg: &mut web::ServiceConfig) { cfg.service(web::resource(\"/a\").route(web::put().to(list)).route("
		"web::delete().to(list))); }\nfn main() { App::new().service(web::scope(\"/x\").configure(users)).service("
		"web::scope(\"/y\").configure(|c| users(c))); }\n",
		"DELETE /x/a list; DELETE /y/a list; PUT /x/a list; PUT /y/a list" },
	{ ACTIX "#[actix_web::route(\"/m\", method = \"GET\", method = \"POST\")]\nasync fn both() {}\nfn main() { "
		"App::new().service(both).service(web::resource(\"/r\").to(list)); }\n",
		"ANY /r list; GET, POST /m both" },
	{ ACTIX "#[post(\"/a\")]\nasync fn alone() {}\n", "POST …/a alone" },
	/* rocket */
	{ ROCKET
		"#[get(\"/<id>?<text>\")]\nfn one(id: u8) {}\n#[post(\"/\", data = \"<body>\")]\nfn create() {}\nfn main() { "
		"rocket::build().attach(db()).mount(\"/x\", routes![one, create]); }\n",
		"GET /x/{id} one; POST /x create" },
	{ ROCKET "#[get(\"/a\")]\nfn one() {}\nfn all() -> Vec<rocket::Route> { routes![one] }\nfn main() { "
		 "rocket::build().mount(\"/x\", all()).mount(\"/y\", all()); }\n",
		"GET /x/a one; GET /y/a one" },
	{ ROCKET
		"#[get(\"/a\")]\nfn a() {}\n#[get(\"/b\")]\nfn b() {}\n#[get(\"/c\")]\nfn c() {}\nfn routes() -> Vec<rocket::Route> "
		"{ let mut routes = routes![a]; routes.append(&mut other()); routes }\nfn other() -> Vec<rocket::Route> { let mut "
		"list = Vec::new(); if on() { list.extend(routes![b]); } list.append(&mut routes![c]); list }\nfn main() { "
		"rocket::build().mount([\"/x\", \"/y\"].concat(), routes()); }\n",
		"GET /x/y/a a; GET /x/y/b b; GET /x/y/c c" },
	{ ROCKET
		"#[get(\"/a\")]\nfn a() {}\n#[get(\"/b\")]\nfn b() {}\n#[get(\"/c\")]\nfn c() {}\nfn all() -> Vec<rocket::Route> { "
		"if off() { return routes![c]; } match on() { true => routes![a], false => { log(); routes![b] } } }\nfn main() { "
		"rocket::build().mount([base(), \"/x\"].concat(), all()); }\n",
		"GET …/x/a a; GET …/x/b b; GET …/x/c c" },
	{ ROCKET
		"#[rocket::route(\"/a\", method = PROPFIND)]\nfn one() {}\nfn main() { rocket::build().mount(\"/\", routes![one]); }\n",
		"" },
	{ ROCKET
		"#[rocket::route(PUT, uri = \"/a\")]\nfn one() {}\nfn main() { rocket::build().mount(\"/\", routes![one]); }\n",
		"PUT /a one" },
	/* tide, poem, Salvo */
	{ "src/main.rs\nasync fn one() {}\nfn main() { let mut app = tide::new(); app.at(\"/a/:id\").get(one).put(one); "
	  "app.at(\"/x\").nest({ let mut api = tide::new(); api.at(\"/b\").post(one); api }); app.at(\"/f\").serve_dir(\"f\"); }\n",
		"GET /a/{id} one; GET /f/{*} files; POST /x/b one; PUT /a/{id} one" },
	{ "src/main.rs\nuse poem::{get, Route};\nasync fn one() {}\nfn main() { Route::new().at(\"/a/:id\", get(one).post(one))"
	  ".nest(\"/x\", Route::new().at(\"/b\", get(one))); }\n",
		"GET /a/{id} one; GET /x/b one; POST /a/{id} one" },
	{ "src/main.rs\nuse salvo::prelude::*;\nasync fn one() {}\nfn main() { Router::new().push(Router::with_path(\"api\")"
	  ".hoop(auth).get(one).push(Router::with_path(\"{id}\").delete(one))).push(Router::new().path(\"b\").post(one)); }\n",
		"DELETE …/api/{id} one; GET …/api one; POST …/b one" },
};

ENDPOINT_TESTS(rows)
