/* Rust: types, impl blocks, traits and what implements them. */
#include "meanings.h"

#define SHOP \
	"\n--\nCargo.toml\n[package]\nname = \"shop\"\nedition = \"2021\"\n[dependencies]\naxum = \"0.7\"\nactix-web = \"4\"\nsqlx = \"0.8\"\n"
#define REPO                                                                                                                                          \
	"\n--\nsrc/repo.rs\npub struct Repo { pub pool: sqlx::PgPool }\npub trait Find { fn find(&self) -> User;\nfn all(&self) {} }\npub "           \
	"struct User { pub name: Name }\npub struct Name;\n--\nsrc/repo_impl.rs\nuse crate::repo::*;\nimpl Repo {\npub fn new() -> Self "             \
	"{ }\npub async fn load(&self) -> Result<User, E> { }\n}\nimpl Find for Repo {\nfn find(&self) -> User { }\n}\nimpl User { pub fn go(&self) " \
	"{} }\nimpl Name { pub fn show(&self) {} }" SHOP
#define ROOT "src/lib.rs\nmod repo;\nmod repo_impl;\nuse repo::*;\nuse std::sync::Arc;\n"

static const struct meaning_row calls[] = {
	/* impl blocks in other files */
	{ ROOT "fn f() { Repo::new(); }" REPO, "Repo::new", "declared src/repo_impl.rs:3" },
	{ ROOT "fn f(r: Repo) { r.load(); }" REPO, "r.load", "declared src/repo_impl.rs:4" },
	{ ROOT "fn f(r: &mut Repo) { r.load(); }" REPO, "r.load", "declared src/repo_impl.rs:4" },
	{ ROOT "fn f() { let r = Repo::new(); r.load(); }" REPO, "r.load", "declared src/repo_impl.rs:4" },
	{ ROOT "fn f() { let r = Repo { pool: p }; r.load(); }" REPO, "r.load", "declared src/repo_impl.rs:4" },
	{ ROOT "type R = Repo;\nfn f() { R::new(); }" REPO, "R::new", "declared src/repo_impl.rs:3" },
	{ ROOT "struct S { repo: Repo }\nimpl S { fn f(&self) { self.repo.load(); } }" REPO, "self.repo.load",
		"declared src/repo_impl.rs:4" },
	{ ROOT "struct S;\nimpl S { fn f() { Self::g(); }\nfn g() {} }" REPO, "Self::g", "declared src/lib.rs:7" },
	{ ROOT "struct S;\nimpl S { fn f(&self) { self.g(); } }\nmod more { impl super::S { pub fn g(&self) {} } }" REPO,
		"self.g", "declared src/lib.rs:7" },
	/* wrappers */
	{ ROOT "struct S { repo: Arc<Repo> }\nimpl S { fn f(&self) { self.repo.load(); } }" REPO, "self.repo.load",
		"declared src/repo_impl.rs:4" },
	{ ROOT "fn f() { let r = Arc::new(Repo::new()); r.load(); }" REPO, "r.load", "declared src/repo_impl.rs:4" },
	{ ROOT "fn f(r: Arc<std::sync::Mutex<Repo>>) { let g = r.lock().unwrap(); g.load(); }" REPO, "g.load",
		"declared src/repo_impl.rs:4" },
	{ ROOT "struct Arc<T>(T);\nfn f(r: Arc<Repo>) { r.load(); }" REPO, "r.load", "unknown" },
	{ ROOT "fn f(r: Option<Repo>) { if let Some(r) = r { r.load(); } }" REPO, "r.load",
		"declared src/repo_impl.rs:4" },
	{ ROOT "fn f(r: Option<Repo>) { match r { Some(x) => x.load(), None => {} } }" REPO, "x.load",
		"declared src/repo_impl.rs:4" },
	{ ROOT "type Answer<T> = std::result::Result<T, String>;\nfn g() -> Answer<Repo> {}\nfn f() { let r = g()?; r.load(); }" REPO,
		"r.load", "declared src/repo_impl.rs:4" },
	/* extractors */
	{ ROOT "use axum::extract::State;\nfn f(State(r): State<Repo>) { r.load(); }" REPO, "r.load",
		"declared src/repo_impl.rs:4" },
	{ ROOT "use axum::extract::State;\nstruct App { repo: Arc<Repo> }\nfn f(State(app): State<Arc<App>>) { app.repo.load(); }" REPO,
		"app.repo.load", "declared src/repo_impl.rs:4" },
	{ ROOT "use actix_web::web;\nfn f(r: web::Data<Repo>) { r.load(); }" REPO, "r.load",
		"declared src/repo_impl.rs:4" },
	/* results */
	{ ROOT "async fn f(r: Repo) { let u = r.load().await?; u.go(); }" REPO, "u.go", "declared src/repo_impl.rs:9" },
	{ ROOT "async fn f(r: Repo) { let u = r.load().await.unwrap(); u.name.show(); }" REPO, "u.name.show",
		"declared src/repo_impl.rs:10" },
	{ ROOT "async fn f(r: Repo) { r.load().await?.go(); }" REPO, "go", "declared src/repo_impl.rs:9" },
	{ ROOT "fn f(u: User) { let User { name, .. } = u; name.show(); }" REPO, "name.show",
		"declared src/repo_impl.rs:10" },
	{ ROOT "fn f(u: User) { let User { name: n } = u; n.show(); }" REPO, "n.show", "declared src/repo_impl.rs:10" },
	{ ROOT "struct Id(Name);\nfn f(i: Id) { let Id(n) = i; n.show(); }" REPO, "n.show",
		"declared src/repo_impl.rs:10" },
	{ ROOT "struct Id(Name);\nfn f(i: Id) { i.0.show(); }" REPO, "i.0.show", "declared src/repo_impl.rs:10" },
	{ ROOT "enum E { A(Name) }\nfn f(e: E) { match e { E::A(n) => n.show() } }" REPO, "n.show",
		"declared src/repo_impl.rs:10" },
	/* a name that a let gives anew */
	{ ROOT "fn f(r: Repo) { let r = r.clone(); r.load(); }" REPO, "r.load", "declared src/repo_impl.rs:4" },
	{ ROOT "fn f(r: Arc<Repo>) { let a = r; a.load(); }" REPO, "a.load", "declared src/repo_impl.rs:4" },
	{ ROOT "fn f(res: Result<Repo, E>) { if let Ok(load) = res { load.load(); } }" REPO, "load.load",
		"declared src/repo_impl.rs:4" },
	/* traits */
	{ ROOT "fn f(r: Repo) { r.find(); }" REPO, "r.find", "declared src/repo_impl.rs:7" },
	{ ROOT "fn f(r: Repo) { r.all(); }" REPO, "r.all", "declared src/repo.rs:3" },
	{ ROOT "fn f(r: &dyn Find) { r.find(); }" REPO, "r.find", "declared src/repo.rs:2" },
	{ ROOT "fn f(r: Arc<dyn Find + Send>) { r.find(); }" REPO, "r.find", "declared src/repo.rs:2" },
	{ ROOT "fn f(r: Box<dyn Find>) { r.find(); }" REPO, "r.find", "declared src/repo.rs:2" },
	{ ROOT "fn f(r: &impl Find) { r.find(); }" REPO, "r.find", "declared src/repo.rs:2" },
	{ ROOT "fn f<R: Clone + Find>(r: R) { r.find(); }" REPO, "r.find", "declared src/repo.rs:2" },
	{ ROOT "fn f<R>(r: R) where R: Find { r.find(); }" REPO, "r.find", "declared src/repo.rs:2" },
	{ ROOT "struct S<R: Find> { repo: R }\nimpl<R: Find> S<R> { fn f(&self) { self.repo.find(); } }" REPO,
		"self.repo.find", "declared src/repo.rs:2" },
	{ ROOT "struct S<R> { repo: R }\nimpl<R: Find> S<R> { fn f(&self) { self.repo.find(); } }" REPO,
		"self.repo.find", "declared src/repo.rs:2" },
	{ ROOT "trait More: Send + Find {}\nfn f(r: &dyn More) { r.find(); }" REPO, "r.find",
		"declared src/repo.rs:2" },
	{ ROOT "trait T { fn a(&self) { self.b(); }\nfn b(&self); }" REPO, "self.b", "declared src/lib.rs:6" },
	{ ROOT "struct App(Arc<Repo>);\nimpl std::ops::Deref for App { type Target = Repo; }\nfn f(a: App) { a.load(); }" REPO,
		"a.load", "declared src/repo_impl.rs:4" },
	/* types of libraries */
	{ ROOT "fn f(r: Repo) { r.pool.acquire(); }" REPO, "r.pool.acquire", "library sqlx::PgPool::acquire" },
	{ ROOT "fn f() { let t = std::time::Instant::new(); t.elapsed(); }" REPO, "t.elapsed",
		"library std::time::Instant::elapsed" },
	{ ROOT "fn f(x: Unknown) { let y = x.go(); y.stop(); }" REPO, "y.stop", "local" },
};

static void test_calls(void **state)
{
	(void)state;
	CHECK_MEANINGS(calls);
}

static void test_implementations(void **state)
{
	(void)state;
	struct project p;
	uint32_t count;
	project_open(&p,
		"src/lib.rs\nmod pg;\npub trait Repo {}\nstruct Fast;\nimpl Repo for Fast {}\nimpl<T: Clone> Repo for T {}\ntrait More: Repo "
		"{}\n#[cfg(test)]\nmod tests { struct Fake;\nimpl super::Repo for Fake {} }\n--\nsrc/pg.rs\nuse crate::Repo as R;\npub struct "
		"Pg;\nimpl R for Pg {}" SHOP);
	const struct model *m = p.result.model;
	file_id lib = model_find_file(m, STR("src/lib.rs")), pg = model_find_file(m, STR("src/pg.rs"));
	node_id trait = node_child_of_kind(&model_file(m, lib)->facts, 0, NODE_INTERFACE);
	const struct implementation *found = model_implementations(m, lib, trait, &count);
	assert_int_equal(count, 2);
	assert_int_equal(found[0].file, lib);
	assert_int_equal(found[1].file, pg);
	assert_null(model_implementations(m, lib, 0, &count));
	assert_int_equal(count, 0);
	project_close(&p);
}

/* A request that a handler hands on to a trait reaches what implements it. */
static void test_reach_through_a_trait(void **state)
{
	(void)state;
	struct project p;
	project_open(&p,
		"src/lib.rs\nuse axum::{extract::State, routing::get, Router};\nuse std::sync::Arc;\npub trait Repo { fn find(&self); }\npub struct "
		"Pg;\nimpl Repo for Pg { fn find(&self) {} }\nasync fn list(State(repo): State<Arc<dyn Repo>>) { repo.find(); }\nfn router() { "
		"Router::new().route(\"/\", get(list)); }" SHOP);
	const struct model *m = p.result.model;
	file_id lib = model_find_file(m, STR("src/lib.rs"));
	const struct facts *f = &model_file(m, lib)->facts;
	node_id impl = node_child_of_kind(f, 0, NODE_IMPL);
	assert_int_equal(model_reach(m, lib, node_child_of_kind(f, impl, NODE_FUNCTION)), REACH_REQUEST);
	project_close(&p);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_calls), cmocka_unit_test(test_implementations),
		cmocka_unit_test(test_reach_through_a_trait) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
