/* Rust: the layers of structs, of what their impl blocks hold, and of functions. */
#include "meanings.h"

#define SHOP \
	"\n--\nCargo.toml\n[package]\nname = \"shop\"\nedition = \"2021\"\n[dependencies]\naxum = \"0.7\"\nactix-web = \"4\"\nrocket = \"0.5\"\ntonic = \"0.12\"\nsqlx = \"0.8\"\ndiesel = \"2\"\nsea-orm = \"1\"\nasync-graphql = \"7\"\n"

static const struct {
	const char *files; /* the layer is that of the function `f` of the first file, or of its first struct */
	enum layer layer;
	const char *reason;
} layers[] = {
	/* handlers */
	{ "src/users.rs\npub async fn f() {}\n--\nsrc/main.rs\nmod users;\nuse axum::{routing::get, Router};\nfn main() { Router::new().route(\"/\", "
	  "get(users::f)); }" SHOP,
		LAYER_CONTROLLER, "it is registered for a route" },
	{ "src/users.rs\npub async fn f() {}\n--\nsrc/main.rs\nmod users;\nuse actix_web::web;\nfn main() { "
	  "app.route(\"/\", web::get().to(users::f)); }" SHOP,
		LAYER_CONTROLLER, "it is registered for a route" },
	{ "src/main.rs\nuse actix_web::get;\n#[get(\"/users\")]\nasync fn f() {}" SHOP, LAYER_CONTROLLER,
		"its attribute is a route" },
	{ "src/main.rs\nuse rocket::get;\n#[get(\"/users\")]\nasync fn f() {}" SHOP, LAYER_CONTROLLER,
		"its attribute is a route" },
	{ "src/users.rs\n#[get(\"/users\")]\npub async fn f() {}\n--\nsrc/main.rs\n#[macro_use]\nextern crate rocket;\nmod users;" SHOP,
		LAYER_CONTROLLER, "its attribute is a route" },
	{ "src/main.rs\nuse axum::{routing::get, Router};\nfn f() { Router::new().route(\"/\", get(list)); }\nfn list() {}" SHOP,
		LAYER_CONTROLLER, "it registers routes" },
	{ "src/main.rs\nuse axum::{routing::get, Router};\nfn f() {}\nfn r() { Router::new().route(\"/\", get(list)); }\nfn list() {}" SHOP,
		LAYER_NONE, "nothing says so" },
	{ "src/lib.rs\nuse tonic::{Request, Response, Status};\nuse pb::greeter_server::Greeter;\npub struct Hello;\n#[tonic::async_trait]\nimpl Greeter "
	  "for Hello {\nasync fn say(&self, r: Request<A>) -> Result<Response<B>, Status> {}\n}" SHOP,
		LAYER_CONTROLLER, "it answers requests" },
	{ "src/lib.rs\nuse tonic::{Request, Status, service::Interceptor};\npub struct Auth;\nimpl Interceptor for Auth {\nfn call(&mut self, r: "
	  "Request<()>) -> Result<Request<()>, Status> {}\n}" SHOP,
		LAYER_NONE, "nothing says so" },
	{ "src/lib.rs\nuse async_graphql::Object;\npub struct Query;\n#[Object]\nimpl Query { async fn users(&self) {} }" SHOP,
		LAYER_CONTROLLER, "decorated as a controller" },
	/* entities */
	{ "src/lib.rs\n#[derive(Debug, sqlx::FromRow)]\npub struct User { id: i32 }" SHOP, LAYER_ENTITY,
		"derived from an entity class" },
	{ "src/lib.rs\nuse diesel::prelude::*;\n#[derive(Queryable, Identifiable)]\npub struct User { id: i32 }" SHOP,
		LAYER_ENTITY, "derived from an entity class" },
	{ "src/lib.rs\nuse diesel::Queryable;\n#[cfg_attr(feature = \"full\", derive(Queryable))]\npub struct User { id: i32 }" SHOP,
		LAYER_ENTITY, "derived from an entity class" },
	{ "src/lib.rs\nuse sea_orm::entity::prelude::*;\n#[derive(Clone, DeriveEntityModel)]\n#[sea_orm(table_name = \"users\")]\npub struct Model { "
	  "id: i32 }" SHOP,
		LAYER_ENTITY, "derived from an entity class" },
	{ "src/lib.rs\nuse diesel::prelude::*;\n#[derive(Insertable)]\npub struct NewUser { id: i32 }" SHOP, LAYER_NONE,
		"it holds data only" },
	{ "src/lib.rs\nmod mine { pub use my::Queryable; }\nuse mine::Queryable;\n#[derive(Queryable)]\npub struct User { id: i32 }" SHOP,
		LAYER_NONE, "it holds data only" },
	/* services and repositories */
	{ "src/lib.rs\npub struct UserService;\nmod more { impl super::UserService { fn go(&self) {} } }" SHOP,
		LAYER_SERVICE, "its name ends in Service" },
	{ "src/lib.rs\npub trait UserRepository {}\npub struct Pg;\nimpl UserRepository for Pg {}" SHOP,
		LAYER_REPOSITORY, "by the name of the trait that it implements" },
	{ "src/services/users.rs\npub struct Users;\nimpl Users { fn go(&self) {} }" SHOP, LAYER_SERVICE,
		"it lies in a folder named services" },
	{ "src/services/users.rs\npub struct Users { id: i32 }" SHOP, LAYER_NONE, "it holds data only" },
	{ "src/service/all.rs\nuse crate::hello::Hello;\npub struct All { hello: Hello }\nimpl All { fn new() {} }\n--\nsrc/lib.rs\nmod hello;\nmod service { mod all; "
	  "}\n--\nsrc/hello.rs\nuse tonic::{Request, Response, Status};\npub struct Hello;\nimpl Greeter for Hello {\nasync fn say(&self, r: Request<A>) -> "
	  "Result<Response<B>, Status> {}\n}" SHOP,
		LAYER_NONE, "a composition root, by its fields" },
	{ "src/service/users.rs\npub fn f() {}" SHOP, LAYER_SERVICE, "it lies in a folder named service" },
	{ "src/user_repository.rs\npub fn f() {}" SHOP, LAYER_REPOSITORY, "its file is named _repository" },
	{ "src/db/users.rs\nuse sqlx::PgPool;\npub async fn f(pool: &PgPool) {}" SHOP, LAYER_REPOSITORY,
		"it is handed a connection, in a folder named db" },
	{ "src/db/config.rs\npub fn f(url: &str) {}" SHOP, LAYER_NONE, "nothing says so" },
	{ "src/db/users.rs\nuse std::sync::Arc;\npub struct Users { pool: Arc<sqlx::PgPool> }\nimpl Users { fn go(&self) {} }" SHOP,
		LAYER_NONE, "nothing says so" },
	{ "src/handlers/users.rs\npub fn f() {}" SHOP, LAYER_NONE, "nothing says so" },
};

static node_id subject(const struct facts *f)
{
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CLASS || (node_kind(f, n) == NODE_FUNCTION && str_is(node_name(f, n), "f")))
			return n;
	return 0;
}

static void test_layers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(layers) / sizeof(*layers); i++) {
		struct project p;
		project_open(&p, layers[i].files);
		const struct model *m = p.result.model;
		file_id file = first_file(m, layers[i].files);
		node_id node = subject(&model_file(m, file)->facts);
		struct layer_evidence evidence = model_layer_of(m, file, node);
		if (evidence.layer != layers[i].layer || strcmp(evidence.reason, layers[i].reason) != 0)
			print_message("row %zu: %s (%s)\n", i, layer_name(evidence.layer), evidence.reason);
		assert_int_equal(evidence.layer, layers[i].layer);
		assert_string_equal(evidence.reason, layers[i].reason);
		project_close(&p);
	}
}

static void test_layer_of_what_impl_blocks_hold(void **state)
{
	(void)state;
	struct project p;
	project_open(&p,
		"src/lib.rs\nmod users;\nimpl users::UserService { fn go(&self) { run(); } }\nenum Kind { A }\nimpl Kind { fn is(&self) {} "
		"}\n--\nsrc/users.rs\npub struct UserService;" SHOP);
	const struct model *m = p.result.model;
	file_id file = model_find_file(m, STR("src/lib.rs"));
	const struct facts *f = &model_file(m, file)->facts;
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) == NODE_CALL)
			assert_int_equal(model_layer_of(m, file, n).layer, LAYER_SERVICE);
		if (node_kind(f, n) == NODE_FUNCTION && str_is(node_name(f, n), "is"))
			assert_int_equal(model_layer_of(m, file, n).layer, LAYER_NONE);
	}
	project_close(&p);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_layers),
		cmocka_unit_test(test_layer_of_what_impl_blocks_hold) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
