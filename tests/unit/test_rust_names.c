/* Rust: crates, the module tree, use, re-exports, and what paths mean through them. */
#include "meanings.h"

#define SHOP "\n--\nCargo.toml\n[package]\nname = \"shop\"\nedition = \"2021\"\n"

/* ---- the module tree ---- */

static const struct meaning_row modules[] = {
	{ "src/lib.rs\nmod store;\nfn f() { store::open(); }\n--\nsrc/store.rs\npub fn open() {}" SHOP, "store::open",
		"declared src/store.rs:1" },
	{ "src/lib.rs\nmod store;\nfn f() { store::open(); }\n--\nsrc/store/mod.rs\npub fn open() {}" SHOP,
		"store::open", "declared src/store/mod.rs:1" },
	{ "src/lib.rs\nmod a;\nfn f() { a::b::open(); }\n--\nsrc/a.rs\npub mod b;\n--\nsrc/a/b.rs\npub fn open() {}" SHOP,
		"a::b::open", "declared src/a/b.rs:1" },
	{ "src/lib.rs\nmod a;\nfn f() { a::b::open(); }\n--\nsrc/a/mod.rs\npub mod b;\n--\nsrc/a/b.rs\npub fn open() {}" SHOP,
		"a::b::open", "declared src/a/b.rs:1" },
	/* inline modules own a folder of their name */
	{ "src/lib.rs\nmod a { pub mod b; }\nfn f() { a::b::open(); }\n--\nsrc/a/b.rs\npub fn open() {}" SHOP,
		"a::b::open", "declared src/a/b.rs:1" },
	{ "src/lib.rs\nmod a { pub fn open() {} }\nfn f() { a::open(); }" SHOP, "a::open", "declared src/lib.rs:1" },
	/* what only a missing `pub` keeps from compiling */
	{ "src/lib.rs\nmod a { fn open() {} }\nfn f() { a::open(); }" SHOP, "a::open", "declared src/lib.rs:1" },
	/* #[path]: beside the file; in an inline module, in the folder of that */
	{ "src/lib.rs\n#[path = \"old/s.rs\"]\nmod store;\nfn f() { store::open(); }\n--\nsrc/old/s.rs\npub fn open() {}" SHOP,
		"store::open", "declared src/old/s.rs:1" },
	{ "src/a.rs\n#[path = \"c.rs\"]\npub mod b;\nfn f() { b::open(); }\n--\nsrc/lib.rs\nmod a;\n--\nsrc/c.rs\npub fn open() {}" SHOP,
		"b::open", "declared src/c.rs:1" },
	{ "src/a.rs\nmod i { #[path = \"c.rs\"] pub mod b; }\nfn f() { i::b::open(); }\n--\nsrc/lib.rs\nmod a;\n--\nsrc/a/i/c.rs\npub "
	  "fn open() {}" SHOP,
		"i::b::open", "declared src/a/i/c.rs:1" },
	{ "src/lib.rs\n#[path = \"x\"]\nmod a { pub mod b; }\nfn f() { a::b::open(); }\n--\nsrc/x/b.rs\npub fn open() {}" SHOP,
		"a::b::open", "declared src/x/b.rs:1" },
	/* a file that a #[path] names owns its folder */
	{ "src/lib.rs\n#[path = \"m/two.rs\"]\nmod m;\nfn f() { m::sub::open(); }\n--\nsrc/m/two.rs\npub mod "
	  "sub;\n--\nsrc/m/sub.rs\npub fn open() {}" SHOP,
		"m::sub::open", "declared src/m/sub.rs:1" },
	/* variants of a module for several platforms are one module */
	{ "src/lib.rs\n#[cfg(unix)]\n#[path = \"unix.rs\"]\nmod os;\n#[cfg(windows)]\n#[path = \"win.rs\"]\nmod os;\nfn f() { "
	  "os::registry(); }\n--\nsrc/unix.rs\npub fn fork() {}\n--\nsrc/win.rs\npub fn registry() {}" SHOP,
		"os::registry", "declared src/win.rs:1" },
	{ "src/lib.rs\n#[cfg_attr(unix, path = \"unix.rs\")]\n#[cfg_attr(windows, path = \"win.rs\")]\nmod os;\nfn f() { os::registry(); "
	  "}\n--\nsrc/unix.rs\npub fn fork() {}\n--\nsrc/win.rs\npub fn registry() {}" SHOP,
		"os::registry", "declared src/win.rs:1" },
	{ "src/lib.rs\nmod r#async;\nfn f() { r#async::open(); }\n--\nsrc/async.rs\npub fn open() {}" SHOP,
		"r#async::open", "declared src/async.rs:1" },
	/* a module does not see the names of the one around it */
	{ "src/lib.rs\nfn open() {}\nmod a { fn f() { open(); } }" SHOP, "open", "builtin open" },
	{ "src/lib.rs\nfn open() {}\nmod a { use super::*;\nfn f() { open(); } }" SHOP, "open",
		"declared src/lib.rs:1" },
	/* modules in the body of a macro, and files spliced into a module */
	{ "src/lib.rs\ncfg_if! { if #[cfg(unix)] { mod os; } else { mod os; } }\nfn f() { os::fork(); }\n--\nsrc/os.rs\npub fn fork() "
	  "{}" SHOP,
		"os::fork", "declared src/os.rs:1" },
	{ "src/lib.rs\ncfg_full! { pub mod os; }\nfn f() { os::fork(); }\n--\nsrc/os.rs\npub fn fork() {}" SHOP,
		"os::fork", "declared src/os.rs:1" },
	{ "src/lib.rs\ninclude!(\"more.rs\");\nfn f() { open(); }\n--\nsrc/more.rs\npub fn open() {}" SHOP, "open",
		"declared src/more.rs:1" },
	/* a module that declares itself ends somewhere */
	{ "src/lib.rs\nmod a;\nfn f() { a::a::open(); }\n--\nsrc/a.rs\n#[path = \"a.rs\"]\npub mod a;\npub fn open() {}" SHOP,
		"a::a::open", "declared src/a.rs:3" },
};

static void test_modules(void **state)
{
	(void)state;
	CHECK_MEANINGS(modules);
}

/* ---- use ---- */

#define STORE \
	"\n--\nsrc/store.rs\npub mod users;\npub fn open() {}\nfn hidden() {}\npub(crate) fn own() {}\n--\nsrc/store/users.rs\npub fn find() {}\npub struct User;\npub enum Kind { Admin, Guest }" SHOP

static const struct meaning_row uses[] = {
	{ "src/lib.rs\nmod store;\nuse crate::store::users::find;\nfn f() { find(); }" STORE, "find",
		"declared src/store/users.rs:1" },
	{ "src/lib.rs\nmod store;\nuse store::{users::{self, find as look}, open};\nfn f() { look(); }" STORE, "look",
		"declared src/store/users.rs:1" },
	{ "src/lib.rs\nmod store;\nuse store::{users::{self, find as look}, open};\nfn f() { users::find(); }" STORE,
		"users::find", "declared src/store/users.rs:1" },
	{ "src/lib.rs\nmod store;\nuse self::store::users as u;\nfn f() { u::find(); }" STORE, "u::find",
		"declared src/store/users.rs:1" },
	{ "src/lib.rs\nmod store;\nmod a { mod b { use super::super::store::open;\nfn f() { open(); } } }" STORE,
		"open", "declared src/store.rs:2" },
	{ "src/lib.rs\nmod store;\nuse store::*;\nfn f() { open(); }" STORE, "open", "declared src/store.rs:2" },
	{ "src/lib.rs\nmod store;\nuse store::*;\nfn f() { own(); }" STORE, "own", "declared src/store.rs:4" },
	/* a glob brings what is seen from where it stands */
	{ "src/lib.rs\nmod store;\nuse store::*;\nfn f() { hidden(); }" STORE, "hidden", "builtin hidden" },
	{ "src/lib.rs\nmod store;\nuse store::users::Kind::*;\nfn f() { Admin(); }" STORE, "Admin",
		"declared src/store/users.rs:3" },
	{ "src/lib.rs\nmod store;\nuse store::users::Kind::Guest;\nfn f() { Guest(); }" STORE, "Guest",
		"declared src/store/users.rs:3" },
	/* without a use */
	{ "src/lib.rs\nmod store;\nfn f() { crate::store::users::find(); }" STORE, "crate::store::users::find",
		"declared src/store/users.rs:1" },
	{ "src/lib.rs\nmod store;\nmod a { fn f() { super::store::open(); } }" STORE, "super::store::open",
		"declared src/store.rs:2" },
	{ "src/lib.rs\nmod store;\nfn f() { self::store::open(); }" STORE, "self::store::open",
		"declared src/store.rs:2" },
	/* inside of a function */
	{ "src/lib.rs\nmod store;\nfn f() { use crate::store::open; open(); }" STORE, "open",
		"declared src/store.rs:2" },
	{ "src/lib.rs\nmod store;\nfn f() { use crate::store::users::*; find(); }" STORE, "find",
		"declared src/store/users.rs:1" },
	{ "src/lib.rs\nfn f() { fn g() {} g(); }" SHOP, "g", "declared src/lib.rs:1" },
	/* a module and a function may share a name */
	{ "src/lib.rs\nmod find;\nuse find::find;\nfn f() { find(); }\n--\nsrc/find.rs\npub fn find() {}\npub fn other() {}" SHOP,
		"find", "declared src/find.rs:1" },
	{ "src/lib.rs\nmod find;\nuse find::find;\nfn f() { find::other(); }\n--\nsrc/find.rs\npub fn find() {}\npub fn other() {}" SHOP,
		"find::other", "declared src/find.rs:2" },
	/* a variable is no module */
	{ "src/lib.rs\nmod user;\nfn f() { let user = user::find(); }\n--\nsrc/user.rs\npub fn find() {}" SHOP,
		"user::find", "declared src/user.rs:1" },
	/* pub(super) is for the module around, and for no glob from farther off */
	{ "src/lib.rs\npub mod a { use self::b::*; pub mod b { pub(super) fn one() {} } fn f() { one(); } }" SHOP,
		"one", "declared src/lib.rs:1" },
	{ "src/lib.rs\nuse a::b::*;\npub mod a { pub mod b { pub(super) fn one() {} } }\nfn f() { one(); }" SHOP, "one",
		"builtin one" },
	/* a private module is nothing to those who see a value of its name */
	{ "src/lib.rs\nmod keys { mod store {} pub const store: u8 = 0; }\nuse keys::store;\nuse store::open;\nfn f() { open(); }" SHOP
	  "[dependencies]\nstore = \"1\"",
		"open", "library store::open" },
	/* what stands in the module itself is nearer than what a glob brings */
	{ "src/lib.rs\nmod store;\nuse store::*;\nfn open() {}\nfn f() { open(); }" STORE, "open",
		"declared src/lib.rs:3" },
};

static void test_uses(void **state)
{
	(void)state;
	CHECK_MEANINGS(uses);
}

static const struct meaning_row reexports[] = {
	{ "src/lib.rs\nmod store;\nuse store::find;\nfn f() { find(); }\n--\nsrc/store.rs\nmod users;\npub use "
	  "users::find;\n--\nsrc/store/users.rs\npub fn find() {}" SHOP,
		"find", "declared src/store/users.rs:1" },
	{ "src/lib.rs\nmod store;\nuse store::look;\nfn f() { look(); }\n--\nsrc/store.rs\nmod users;\npub use users::find as "
	  "look;\n--\nsrc/store/users.rs\npub fn find() {}" SHOP,
		"look", "declared src/store/users.rs:1" },
	{ "src/lib.rs\nmod store;\nfn f() { store::find(); }\n--\nsrc/store.rs\nmod users;\npub use users::*;\n--\nsrc/store/users.rs\npub "
	  "fn find() {}" SHOP,
		"store::find", "declared src/store/users.rs:1" },
	/* a private use is not passed on */
	{ "src/lib.rs\nmod store;\nfn f() { store::find(); }\n--\nsrc/store.rs\nmod users;\nuse users::*;\n--\nsrc/store/users.rs\npub fn "
	  "find() {}" SHOP,
		"store::find", "unknown" },
	/* a chain written upside down, and globs in a circle */
	{ "src/lib.rs\nuse a::f as g;\nfn h() { g(); }\npub mod a { pub use crate::b::f; }\npub mod b { pub use crate::c::f; }\npub mod c { "
	  "pub fn f() {} }" SHOP,
		"g", "declared src/lib.rs:5" },
	{ "src/lib.rs\npub mod a { pub use crate::b::*; pub fn one() {} }\npub mod b { pub use crate::a::*; pub fn two() {} }\nfn f() { "
	  "a::two(); }" SHOP,
		"a::two", "declared src/lib.rs:2" },
	{ "src/lib.rs\npub mod a { pub use crate::b::x; }\npub mod b { pub use crate::a::x; }\nfn f() { a::x(); }" SHOP,
		"a::x", "unknown" },
	/* a library through the project's own prelude */
	{ "src/lib.rs\nmod prelude;\nuse prelude::*;\nfn f() { query(); }\n--\nsrc/prelude.rs\npub use sqlx::query;" SHOP
	  "[dependencies]\nsqlx = "
	  "\"0.8\"",
		"query", "library sqlx::query" },
	{ "src/lib.rs\nmod prelude;\nuse prelude::*;\nfn f() { query(); }\n--\nsrc/prelude.rs\npub use sqlx::*;" SHOP
	  "[dependencies]\nsqlx = "
	  "\"0.8\"",
		"query", "library sqlx::query" },
	{ "src/lib.rs\nmod prelude;\nuse prelude::Pool;\nfn f() { Pool::connect(); }\n--\nsrc/prelude.rs\npub use sqlx::*;" SHOP
	  "[dependencies]\nsqlx "
	  "= \"0.8\"",
		"Pool::connect", "library sqlx::Pool::connect" },
};

static void test_reexports(void **state)
{
	(void)state;
	CHECK_MEANINGS(reexports);
}

/* Longer than there are passes, in both directions. */
static void test_long_chains(void **state)
{
	(void)state;
	enum { LINKS = 100 };
	struct buf text = { 0 };
	buf_add_text(&text, "src/lib.rs\nfn f() { m0::down(); m99::up(); }\n");
	for (unsigned i = 0; i < LINKS; i++)
		buf_printf(&text, "mod m%u { pub use crate::m%u::down; pub use crate::m%u::up; }\n", i, i + 1, i - 1);
	buf_printf(&text, "mod m%u { pub fn down() {} }\nmod m%u { pub fn up() {} }", LINKS, UINT32_MAX);
	buf_add_text(&text, SHOP);
	const struct meaning_row rows[] = { { buf_cstr(&text), "m0::down", "declared src/lib.rs:102" },
		{ buf_cstr(&text), "m99::up", "declared src/lib.rs:103" } };
	CHECK_MEANINGS(rows);
	buf_release(&text);
}

/* ---- crates ---- */

#define MEMBER(dir, name, more) "\n--\n" dir "/Cargo.toml\n[package]\nname = \"" name "\"\nedition = \"2021\"\n" more

static const struct meaning_row crates[] = {
	/* libraries by the name of their crate, whatever the manifest calls them */
	{ "src/lib.rs\nfn f() { pg::query(); }" SHOP "[dependencies]\npg = { package = \"sqlx\", version = \"0.8\" }",
		"pg::query", "library sqlx::query" },
	{ "src/lib.rs\nuse actix_web::web;\nfn f() { web::get(); }" SHOP "[dependencies]\nactix-web = \"4\"",
		"web::get", "library actix_web::web::get" },
	{ "src/lib.rs\nfn f() { std::fs::read(); }" SHOP, "std::fs::read", "library std::fs::read" },
	{ "src/lib.rs\nmod std { pub fn exit() {} }\nuse ::std::process;\nfn f() { process::exit(); }" SHOP,
		"process::exit", "library std::process::exit" },
	/* members of the workspace: by path, by the workspace's table, renamed, by another library name, patched */
	{ "api/src/lib.rs\nuse shop_store::open;\nfn f() { open(); }" MEMBER(
		  "api", "api", "[dependencies]\nshop-store = { path = \"../store\" }")
			MEMBER("store", "shop-store", "") "\n--\nstore/src/lib.rs\npub fn open() {}",
		"open", "declared store/src/lib.rs:1" },
	{ "api/src/lib.rs\nfn f() { db::open(); }" MEMBER("api", "api", "[dependencies]\ndb.workspace = true") MEMBER(
		  "store", "store",
		  "") "\n--\nstore/src/lib.rs\npub fn open() {}\n--\nCargo.toml\n[workspace]\nmembers = [\"*\"]\n[workspace.dependencies]\ndb = { "
		      "package = \"store\", path = \"store\" }",
		"db::open", "declared store/src/lib.rs:1" },
	{ "api/src/lib.rs\nfn f() { storage::open(); }" MEMBER(
		  "api", "api", "[dependencies]\nstore = { path = \"../store\" }") MEMBER("store", "store",
		  "[lib]\nname = \"storage\"\npath = \"lib/main.rs\"") "\n--\nstore/lib/main.rs\npub fn open() {}",
		"storage::open", "declared store/lib/main.rs:1" },
	{ "src/lib.rs\nfn f() { raft::open(); }" SHOP
	  "[dependencies]\nraft = \"1\"\n[workspace]\n[patch.crates-io]\nraft = { path = "
	  "\"vendor/raft\" }" MEMBER("vendor/raft", "raft", "") "\n--\nvendor/raft/src/lib.rs\npub fn "
								"open() {}",
		"raft::open", "declared vendor/raft/src/lib.rs:1" },
	{ "src/lib.rs\nfn f() { store::open(); }" SHOP
	  "[target.'cfg(unix)'.dependencies.store]\npath = \"store\"" MEMBER(
		  "store", "store", "") "\n--\nstore/src/lib.rs\npub fn open() {}",
		"store::open", "declared store/src/lib.rs:1" },
	/* which workspace it is of: the nearest one above that does not exclude it, or the one that it names */
	{ "x/src/lib.rs\nfn f() { db::open(); }" MEMBER("x", "x", "[dependencies]\ndb.workspace = true") MEMBER("store",
		  "store",
		  "") "\n--\nstore/src/lib.rs\npub fn open() {}\n--\nCargo.toml\n[workspace]\nexclude = [\"x\"]\n[workspace.dependencies]\ndb = { "
		      "package = \"store\", path = \"store\" }",
		"db::open", "library db::open" },
	{ "x/y/src/lib.rs\nfn f() { db::open(); }" MEMBER("x/y", "y", "[dependencies]\ndb.workspace = true") MEMBER(
		  "store", "store",
		  "") "\n--\nstore/src/lib.rs\npub fn open() {}\n--\nCargo.toml\n[workspace]\nmembers = [\"x/y\"]\nexclude = [\"x\"]\n[workspace.dependencies]\ndb "
		      "= { package = \"store\", path = \"store\" }",
		"db::open", "declared store/src/lib.rs:1" },
	{ "x/src/lib.rs\nfn f() { db::open(); }" MEMBER(
		  "x", "x", "workspace = \"../ws\"\n[dependencies]\ndb.workspace = true") MEMBER("store", "store",
		  "") "\n--\nstore/src/lib.rs\npub fn open() {}\n--\nws/Cargo.toml\n[workspace]\nmembers = [\"../x\"]\n[workspace.dependencies]\ndb = { "
		      "package = \"store\", path = \"../store\" }",
		"db::open", "declared store/src/lib.rs:1" },
	/* a member that is no dependency is a stranger */
	{ "api/src/lib.rs\nfn f() { store::open(); }" MEMBER("api", "api", "")
			MEMBER("store", "store", "") "\n--\nstore/src/lib.rs\npub fn open() {}",
		"store::open", "library store::open" },
	/* the other targets of a package see its library */
	{ "src/main.rs\nfn main() { shop::run(); }\n--\nsrc/lib.rs\npub fn run() {}" SHOP, "shop::run",
		"declared src/lib.rs:1" },
	{ "src/bin/tool.rs\nmod args;\nfn main() { args::read(); }\n--\nsrc/bin/args.rs\npub fn read() {}" SHOP,
		"args::read", "declared src/bin/args.rs:1" },
	{ "src/bin/tool/main.rs\nmod args;\nfn main() { args::read(); }\n--\nsrc/bin/tool/args.rs\npub fn read() {}" SHOP,
		"args::read", "declared src/bin/tool/args.rs:1" },
	{ "cmd/server.rs\nmod boot;\nfn main() { crate::boot::run(); }\n--\ncmd/boot.rs\npub fn run() {}" SHOP
	  "[[bin]]\nname = \"server\"\npath = \"cmd/server.rs\"",
		"crate::boot::run", "declared cmd/boot.rs:1" },
	{ "tests/api.rs\nmod common;\n#[test]\nfn t() { common::start(); }\n--\ntests/common/mod.rs\npub fn start() {}" SHOP,
		"common::start", "declared tests/common/mod.rs:1" },
	{ "build.rs\nmod gen;\nfn main() { gen::run(); }\n--\ngen.rs\npub fn run() {}" SHOP, "gen::run",
		"declared gen.rs:1" },
	/* extern crate */
	{ "src/net.rs\nfn f() { web::get(); }\n--\nsrc/lib.rs\nextern crate actix_web as web;\nmod net;" SHOP
	  "[dependencies]\nactix-web = \"4\"",
		"web::get", "library actix_web::get" },
	{ "src/a.rs\nfn f() { me::open(); }\n--\nsrc/lib.rs\nextern crate self as me;\nmod a;\npub fn open() {}" SHOP,
		"me::open", "declared src/lib.rs:3" },
	/* 2015: use starts at the crate's root */
	{ "src/a.rs\nuse store::open;\nfn f() { open(); }\n--\nsrc/lib.rs\nmod a;\nmod store;\n--\nsrc/store.rs\npub fn open() "
	  "{}\n--\nCargo.toml\n[package]\nname = \"old\"",
		"open", "declared src/store.rs:1" },
	{ "src/a.rs\nuse store::open;\nfn f() { open(); }\n--\nsrc/lib.rs\nmod a;\nmod store;\n--\nsrc/store.rs\npub fn open() {}" SHOP,
		"open", "library store::open" },
	{ "a/src/b.rs\nuse store::open;\nfn f() { open(); }\n--\na/src/lib.rs\nmod b;\nmod store;\n--\na/src/store.rs\npub fn open() "
	  "{}\n--\na/Cargo.toml\n[package]\nname = \"old\"\nedition.workspace = true\n--\nCargo.toml\n[workspace]\n[workspace.package]\nedition = \"2015\"",
		"open", "declared a/src/store.rs:1" },
	/* without a manifest, main.rs and lib.rs are roots */
	{ "x/main.rs\nmod a;\nfn main() { a::go(); }\n--\nx/a.rs\npub fn go() { crate::stop(); }", "a::go",
		"declared x/a.rs:1" },
	/* a file that no `mod` leads to stands where custom has it */
	{ "src/a/b.rs\nfn f() { super::open(); }\n--\nsrc/lib.rs\nmod a;\n--\nsrc/a.rs\npub fn open() {}" SHOP,
		"super::open", "declared src/a.rs:1" },
};

static void test_crates(void **state)
{
	(void)state;
	CHECK_MEANINGS(crates);
}

/* ---- macros ---- */

static const struct meaning_row macros[] = {
	{ "src/lib.rs\nbitflags! { pub struct Flags: u32 { const A = 1; } }\nfn f() { Flags::empty(); }\nfn g() { h(Flags); }" SHOP,
		"Flags::empty", "unknown" },
	{ "src/lib.rs\nlazy_static! { pub static ref POOL: Pool = Pool::new(); }\nstruct Pool;\nimpl Pool { fn get(&self) {} }\nfn f() { "
	  "POOL.get(); }" SHOP,
		"POOL.get", "declared src/lib.rs:3" },
	{ "src/lib.rs\n#[macro_use]\nmod a { macro_rules! say { () => {} } }\nfn f() { say!(); }" SHOP, "say",
		"declared src/lib.rs:2" },
	{ "src/lib.rs\nmod a { macro_rules! say { () => {} } }\nfn f() { say!(); }" SHOP, "say", "builtin say" },
	{ "src/a/b.rs\nfn f() { say!(); }\n--\nsrc/lib.rs\nmacro_rules! say { () => {} }\nmod a;\n--\nsrc/a.rs\nmod b;" SHOP,
		"say", "declared src/lib.rs:1" },
	{ "src/lib.rs\nmod a { #[macro_export]\nmacro_rules! say { () => {} } }\nfn f() { crate::say!(); }" SHOP,
		"crate::say", "declared src/lib.rs:2" },
	{ "src/lib.rs\nfn f() { println!(); }" SHOP, "println", "builtin println" },
	/* what a macro declares is unknown, and no library's */
	{ "src/lib.rs\ntable! { users (id) {} }\nfn f() { users::find(); }" SHOP, "users::find", "unknown" },
	{ "src/lib.rs\nmod schema;\nuse schema::users;\nfn f() { users::find(); }\n--\nsrc/schema.rs\ntable! { users (id) {} }" SHOP,
		"users::find", "unknown" },
};

static void test_macros(void **state)
{
	(void)state;
	CHECK_MEANINGS(macros);
}

/* ---- where imports lead ---- */

static const struct {
	const char *files;
	enum import_target target;
	enum import_cause cause;
	const char *leads_to;
} imports[] = {
	/* the first import of the first file */
	{ "src/lib.rs\nuse crate::store::open;\nmod store;\n--\nsrc/store.rs\npub fn open() {}" SHOP, IMPORT_FILE,
		CAUSE_NONE, "src/store.rs" },
	{ "src/lib.rs\nuse crate::store;\nmod store;\n--\nsrc/store.rs\npub fn open() {}" SHOP, IMPORT_FILE, CAUSE_NONE,
		"src/store.rs" },
	/* the file that declares it, not the one that passes it on */
	{ "src/lib.rs\nuse crate::store::find;\nmod store;\n--\nsrc/store.rs\nmod users;\npub use users::find;\n--\nsrc/store/users.rs\npub fn find() "
	  "{}" SHOP,
		IMPORT_FILE, CAUSE_NONE, "src/store/users.rs" },
	{ "src/lib.rs\nuse serde::Serialize;" SHOP "[dependencies]\nserde = \"1\"", IMPORT_LIBRARY, CAUSE_NONE, NULL },
	{ "src/lib.rs\nuse crate::db::PgPool;\nmod db { pub use sqlx::PgPool; }" SHOP "[dependencies]\nsqlx = \"0.8\"",
		IMPORT_LIBRARY, CAUSE_NONE, NULL },
	{ "src/lib.rs\nuse crate::store::open;\nmod store;" SHOP, IMPORT_UNRESOLVED, CAUSE_NO_FILE, NULL },
	{ "src/lib.rs\nuse crate::store::open;\nmod store { pub fn close() {} }" SHOP, IMPORT_UNRESOLVED, CAUSE_NO_NAME,
		NULL },
	/* a name that only a macro of one file can have declared comes from that file */
	{ "src/lib.rs\nuse crate::schema::users;\nmod schema;\n--\nsrc/schema.rs\ntable! { users (id) {} }" SHOP,
		IMPORT_FILE, CAUSE_MACRO, "src/schema.rs" },
	{ "src/lib.rs\nuse crate::schema::users::dsl::*;\nmod schema;\n--\nsrc/schema.rs\ntable! { users (id) {} }" SHOP,
		IMPORT_FILE, CAUSE_MACRO, "src/schema.rs" },
	{ "src/lib.rs\nuse crate::ports::MockRepo;\nmod ports;\n--\nsrc/ports.rs\n#[automock]\npub trait Repo {}" SHOP,
		IMPORT_FILE, CAUSE_MACRO, "src/ports.rs" },
	{ "src/lib.rs\nuse crate::all::users;\nmod all { pub use crate::a::*; pub use crate::b::*; }\nmod a { one! {} }\nmod b { two! {} }" SHOP,
		IMPORT_UNRESOLVED, CAUSE_MACRO, NULL },
};

static void test_imports(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(imports) / sizeof(*imports); i++) {
		struct project p;
		project_open(&p, imports[i].files);
		const struct model *m = p.result.model;
		struct import_link link = model_import(m, first_file(m, imports[i].files), 0);
		if (link.target != imports[i].target || link.cause != imports[i].cause)
			print_message("row %zu: %d %s\n", i, (int)link.target, import_cause_text(link.cause));
		assert_int_equal(link.target, imports[i].target);
		assert_int_equal(link.cause, imports[i].cause);
		if (imports[i].leads_to)
			assert_int_equal(link.file, model_find_file(m, str_from(imports[i].leads_to)));
		project_close(&p);
	}
}

/* ---- what files are for ---- */

#define CACHE(lib, cache, disk)                                                              \
	"src/lib.rs\n" lib "\n--\nsrc/cache/mod.rs\n" cache "\n--\nsrc/cache/disk.rs\n" disk \
	"\n--\nbenches/b.rs\nuse shop::cache;\nfn main() {}" SHOP "[[bench]]\nname = \"b\""

static const struct {
	const char *files;
	const char *path;
	enum file_class class;
} classes[] = {
	{ "src/lib.rs\n#[cfg(test)]\nmod checks;\n--\nsrc/checks.rs\nmod deep;\n--\nsrc/checks/deep.rs\nfn f() {}" SHOP,
		"src/checks/deep.rs", CLASS_TEST },
	{ "src/lib.rs\n#[cfg(any(feature = \"testing\"))]\nmod a;\n--\nsrc/a.rs\nfn f() {}" SHOP, "src/a.rs",
		CLASS_TEST },
	{ "src/lib.rs\n#[cfg(not(feature = \"testing\"))]\nmod a;\n--\nsrc/a.rs\nfn f() {}" SHOP, "src/a.rs",
		CLASS_PRODUCTION },
	{ "src/lib.rs\n#[cfg(feature = \"latest\")]\nmod a;\n--\nsrc/a.rs\nfn f() {}" SHOP, "src/a.rs",
		CLASS_PRODUCTION },
	{ "src/lib.rs\n#[cfg(not(test))]\nmod real;\n--\nsrc/real.rs\nfn f() {}" SHOP, "src/real.rs",
		CLASS_PRODUCTION },
	{ "src/it/main.rs\nmod a;\n--\nsrc/it/a.rs\nfn f() {}" SHOP
	  "[[test]]\nname = \"it\"\npath = \"src/it/main.rs\"",
		"src/it/a.rs", CLASS_TEST },
	{ "cmd/server.rs\nfn main() {}" SHOP "[[bin]]\nname = \"server\"\npath = \"cmd/server.rs\"", "cmd/server.rs",
		CLASS_ENTRY },
	{ "cmd/gen.rs\nfn main() {}" SHOP "build = \"cmd/gen.rs\"", "cmd/gen.rs", CLASS_SCRIPT },
	/* fixtures: named by a benchmark alone, with what is below them */
	{ CACHE("pub mod cache;", "pub mod disk;", ""), "src/cache/mod.rs", CLASS_TEST },
	{ CACHE("pub mod cache;", "pub mod disk;", ""), "src/cache/disk.rs", CLASS_TEST },
	{ CACHE("pub mod cache;", "pub mod disk;", "#[test]\nfn checks() {}"), "src/cache/disk.rs", CLASS_TEST },
	{ CACHE("pub mod cache;\n#[cfg(test)]\nmod tests { use crate::cache::disk; }", "pub mod disk;", ""),
		"src/cache/disk.rs", CLASS_TEST },
	/* named by an import, a path, a path in a string, as the way to another, by a glob */
	{ CACHE("pub mod cache;\nuse cache::once;", "pub fn once() {}", ""), "src/cache/mod.rs", CLASS_PRODUCTION },
	{ CACHE("pub mod cache;\nfn f() { crate::cache::once() }", "pub fn once() {}", ""), "src/cache/mod.rs",
		CLASS_PRODUCTION },
	{ CACHE("pub mod cache;\n#[serde(with = \"crate::cache\")]\nstruct S;", "pub fn once() {}", ""),
		"src/cache/mod.rs", CLASS_PRODUCTION },
	{ CACHE("pub mod cache;\nfn f() { cache::disk::open() }", "pub mod disk;", "pub fn open() {}"),
		"src/cache/mod.rs", CLASS_PRODUCTION },
	{ CACHE("pub mod cache;\npub use cache::*;", "pub mod disk;", ""), "src/cache/mod.rs", CLASS_PRODUCTION },
	/* used without a name: an impl of another's type, the impl of one's own that is named, a registered function, macros */
	{ CACHE("pub mod cache;\npub struct Shop;", "use crate::Shop;\nimpl Shop { pub fn once() {} }", ""),
		"src/cache/mod.rs", CLASS_PRODUCTION },
	{ CACHE("pub mod cache;\nuse cache::Disk;", "mod disk;\npub struct Disk;", "impl super::Disk { fn f() {} }"),
		"src/cache/disk.rs", CLASS_PRODUCTION },
	{ CACHE("pub mod cache;", "#[get(\"/\")]\npub fn once() {}", ""), "src/cache/mod.rs", CLASS_PRODUCTION },
	{ CACHE("#[macro_use]\npub mod cache;", "macro_rules! once { () => {} }", ""), "src/cache/mod.rs",
		CLASS_PRODUCTION },
	/* nobody names it, or only its own tests do */
	{ CACHE("pub mod cache;\nuse cache::once;", "mod disk;\npub fn once() {}", "fn f() {}"), "src/cache/disk.rs",
		CLASS_PRODUCTION },
	{ "src/lib.rs\nmod cache;\n--\nsrc/cache.rs\n#[cfg(test)]\nmod tests;\n--\nsrc/cache/tests.rs\nuse crate::cache::once;" SHOP,
		"src/cache.rs", CLASS_PRODUCTION },
};

static void test_classes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		struct project p;
		project_open(&p, classes[i].files);
		const struct model *m = p.result.model;
		const struct model_file *file = model_file(m, model_find_file(m, str_from(classes[i].path)));
		if (file->class != classes[i].class)
			print_message("row %zu: %s\n", i, file->class_reason);
		assert_int_equal(file->class, classes[i].class);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_modules), cmocka_unit_test(test_uses),
		cmocka_unit_test(test_reexports), cmocka_unit_test(test_long_chains), cmocka_unit_test(test_crates),
		cmocka_unit_test(test_macros), cmocka_unit_test(test_imports), cmocka_unit_test(test_classes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
