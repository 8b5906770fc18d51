/* Endpoints of net/http, gin, echo, chi, fiber and gorilla/mux. */
#include "endpoints.h"

#define GO(imports) \
	"a.go\npackage main\nimport (\n\"net/http\"\n" imports ")\nfunc h(w http.ResponseWriter, r *http.Request) {}\n"
#define HTTP GO("")
#define GIN GO("\"github.com/gin-gonic/gin\"\n")
#define ECHO GO("\"github.com/labstack/echo/v4\"\n")
#define CHI GO("\"github.com/go-chi/chi/v5\"\n")
#define FIBER GO("\"github.com/gofiber/fiber/v2\"\n")
#define MUX GO("\"github.com/gorilla/mux\"\n")

static const struct endpoint_row rows[] = {
	/* net/http */
	{ HTTP "func main() { http.HandleFunc(\"/a\", h) }\n", "ANY /a h" },
	{ HTTP "func main() { m := http.NewServeMux(); m.HandleFunc(\"GET /a/{id}\", h); m.Handle(\"POST x.io/b\", "
	       "http.HandlerFunc(h)) }\n",
		"GET /a/{id} h; POST /b h" },
	{ HTTP "func main() { m := http.NewServeMux(); m.HandleFunc(\"/b/\", h); m.HandleFunc(\"/{$}\", h); m.HandleFunc(\"/f/{p...}\", "
	       "h) }\n",
		"ANY / h; ANY /b/{*} h; ANY /f/{*p} h" },
	{ HTTP "func main() { api := http.NewServeMux(); api.HandleFunc(\"/a\", h); http.Handle(\"/api/\", "
	       "http.StripPrefix(\"/api\", logged(api))) }\nfunc logged(n http.Handler) http.Handler { return n }\n",
		"ANY /api/a h" },
	{ HTTP "func main() { http.Handle(\"/s/\", http.StripPrefix(\"/s/\", http.FileServer(dir))) }\n",
		"GET /s/{*} files" },
	{ HTTP "type users struct{}\nfunc (u *users) ServeHTTP(w http.ResponseWriter, r *http.Request) {}\nfunc main() { "
	       "http.Handle(\"/a\", &users{}) }\n",
		"ANY /a users.ServeHTTP" },
	{ HTTP "func newA(n int) http.Handler { return nil }\nfunc main() { http.Handle(\"/a\", newA(size())) }\nfunc size() int { "
	       "return 1 }\n",
		"ANY /a newA" },
	{ HTTP "func main() { http.Get(\"/a\"); c.Handle(\"/b\", h) }\n", "" },
	/* what functions are called with */
	{ HTTP "func routes(m *http.ServeMux, prefix string) { m.HandleFunc(\"GET \"+prefix+\"/a\", h) }\nfunc main() { "
	       "routes(http.NewServeMux(), \"/x\") }\n",
		"GET /x/a h" },
	{ CHI "func routes(r chi.Router, at string) { r.Route(at, func(r chi.Router) { r.Get(\"/a\", h) }) }\nfunc main() { "
	      "routes(chi.NewRouter(), \"/x\") }\n",
		"GET /x/a h" },
	/* tables */
	{ HTTP "type route struct { method, path string; f http.HandlerFunc }\nvar routes = []route{{\"GET\", \"/a\", h}, {path: "
	       "\"/b\", f: h}}\nfunc main() { for _, r := range routes { http.HandleFunc(r.path, r.f) } }\n",
		"ANY /a h; ANY /b h" },
	{ HTTP "func main() { for p, f := range map[string]http.HandlerFunc{\"/a\": h, \"/b\": h} { http.HandleFunc(p, f) } }\n",
		"ANY /a h; ANY /b h" },
	/* gin */
	{ GIN "func main() { r := gin.Default(); v1 := r.Group(\"/v1\"); { v1.GET(\"/a/:id\", auth(), one); v1.Any(\"/f/*rest\", one) "
	      "} }\nfunc one(c *gin.Context) {}\n",
		"ANY /v1/f/{*rest} one; GET /v1/a/{id} one" },
	{ GIN "func main() { r := gin.New(); r.Handle(http.MethodPatch, \"/a\", one); r.Match([]string{\"GET\", \"HEAD\"}, \"/b\", "
	      "one) }\nfunc one(c *gin.Context) {}\n",
		"GET, HEAD /b one; PATCH /a one" },
	{ GIN "type S struct { r *gin.Engine }\nfunc New() *S { return &S{r: gin.New()} }\nfunc (s *S) routes() { register(s.r.Group(\"/x\")) "
	      "}\nfunc register(g *gin.RouterGroup) { g.POST(\"/a\", s.one) }\n",
		"POST /x/a" },
	{ GIN "type registrar interface { GET(string, ...gin.HandlerFunc) gin.IRoutes }\nfunc main() { routes(gin.New().Group(\"/x\")) }\nfunc "
	      "routes(r registrar) { r.GET(\"/a\", one) }\nfunc one(c *gin.Context) {}\n",
		"GET /x/a one" },
	/* an example that the program serves, and one that nothing imports */
	{ "go.mod\nmodule m\n--\nmain.go\npackage main\nimport (\"github.com/gin-gonic/gin\"; \"m/router/example\")\n"
	  "func main() { example.Add(gin.New()) }\n--\nrouter/example/a.go\npackage example\n"
	  "import (\"github.com/gin-gonic/gin\"; \"m/router/example/more\")\n"
	  "func Add(r *gin.Engine) { r.GET(\"/a\", one); more.Add(r) }\nfunc one(c *gin.Context) {}\n--\n"
	  "router/example/more/b.go\npackage more\nimport \"github.com/gin-gonic/gin\"\n"
	  "func Add(r *gin.Engine) { r.GET(\"/b\", one) }\nfunc one(c *gin.Context) {}\n--\n"
	  "example/c.go\npackage example\nimport \"github.com/gin-gonic/gin\"\n"
	  "func Add() { gin.New().GET(\"/c\", one) }\nfunc one(c *gin.Context) {}\n",
		"GET /a one; GET /b one" },
	{ "go.mod\nmodule m\n--\nmain.go\npackage main\nimport (\"github.com/gin-gonic/gin\"; \"m/users\")\nfunc main() { "
	  "users.Routes(gin.New().Group(\"/u\")) }\n--\nusers/r.go\npackage users\nimport \"github.com/gin-gonic/gin\"\nconst list = "
	  "\"/list\"\nfunc Routes(r gin.IRouter) { r.GET(list, List) }\nfunc List(c *gin.Context) {}\n",
		"GET /u/list List" },
	/* echo */
	{ ECHO "func main() { e := echo.New(); g := e.Group(\"/v1\", mw); g.PUT(\"/a/:id\", one, mw); e.Add(\"DELETE\", \"/b\", one) }\nfunc "
	       "one(c echo.Context) error { return nil }\n",
		"DELETE /b one; PUT /v1/a/{id} one" },
	/* chi */
	{ CHI "func main() { r := chi.NewRouter(); r.Route(\"/a\", func(r chi.Router) { r.With(mw).Get(\"/{id:[0-9]+}\", h); "
	      "r.Group(func(r chi.Router) { r.Post(\"/\", h) }) }) }\n",
		"GET /a/{id} h; POST /a h" },
	{ CHI "func main() { r := chi.NewRouter(); r.Mount(\"/x\", sub()); r.Method(\"GET\", \"/m\", http.HandlerFunc(h)) }\nfunc sub() "
	      "http.Handler { r := chi.NewRouter(); r.Get(\"/a\", h); return r }\n",
		"GET /m h; GET /x/a h" },
	{ CHI "type todos struct{}\nfunc (t todos) Routes() chi.Router { r := chi.NewRouter(); r.Get(\"/\", t.list); return r }\nfunc (t "
	      "todos) list(w http.ResponseWriter, r *http.Request) {}\nfunc main() { chi.NewRouter().Mount(\"/t\", todos{}.Routes()) }\n",
		"GET /t todos.list" },
	/* fiber */
	{ FIBER "func main() { app := fiber.New(); app.Route(\"/v1\", func(r fiber.Router) { r.Get(\"/a\", one) }); app.Mount(\"/m\", "
		"sub); app.All(\"/all\", one) }\nvar sub = fiber.New()\nfunc init() { sub.Get(\"/b\", one) }\nfunc one(c *fiber.Ctx) error { "
		"return nil }\n",
		"ANY /all one; GET /m/b one; GET /v1/a one" },
	/* gorilla/mux */
	{ MUX "func main() { r := mux.NewRouter(); r.HandleFunc(\"/a\", h).Methods(\"GET\", http.MethodHead); r.HandleFunc(\"/b\", h) }\n",
		"ANY /b h; GET, HEAD /a h" },
	{ MUX "func main() { s := mux.NewRouter().PathPrefix(\"/x\").Subrouter(); s.HandleFunc(\"/a\", h).Methods(\"PUT\").Name(\"a\") }\n",
		"PUT /x/a h" },
	{ MUX "func main() { r := mux.NewRouter(); r.Methods(\"POST\").Path(\"/a\").HandlerFunc(h); r.Path(\"/b\").Methods(\"GET\")."
	      "Handler(http.HandlerFunc(h)); r.PathPrefix(\"/s/\").Handler(files) }\n",
		"ANY /s/{*}; GET /b h; POST /a h" },
	/* a generated server is served, a generated client is not */
	{ "gen.go\n// Code generated by oapi-codegen. DO NOT EDIT.\npackage api\nimport \"github.com/go-chi/chi/v5\"\nfunc Handler(r "
	  "chi.Router, w Wrapper) { r.Get(\"/a\", w.List) }\n",
		"GET …/a" },
	/* Hertz, Iris */
	{ "a.go\npackage main\nimport \"github.com/cloudwego/hertz/pkg/app/server\"\nfunc main() { h := server.Default(); g := "
	  "h.Group(\"/g\"); g.GET(\"/a/:id\", list); h.Any(\"/b\", list); h.Static(\"/f\", \"./f\") }\n",
		"ANY /b; GET /f/{*} files; GET /g/a/{id}" },
	{ "a.go\npackage main\nimport \"github.com/kataras/iris/v12\"\nfunc main() { app := iris.New(); app.Get(\"/a/{id:uint64}\", "
	  "list); app.PartyFunc(\"/p\", func(p iris.Party) { p.Post(\"/b\", list) }); app.Party(\"/q\").Handle(\"PUT\", \"/c\", list) }\n",
		"GET /a/{id}; POST /p/b; PUT /q/c" },
};

ENDPOINT_TESTS(rows)
