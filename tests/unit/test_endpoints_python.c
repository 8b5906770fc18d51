/* Endpoints of FastAPI, Starlette, Flask, Quart, Sanic, aiohttp, Django, its REST framework, and Ninja. */
#include "endpoints.h"

#define FASTAPI "main.py\nfrom fastapi import APIRouter, FastAPI\n"
#define FLASK "main.py\nfrom flask import Blueprint, Flask\n"
#define DJANGO(more) \
	"settings.py\nROOT_URLCONF = \"urls\"\n--\nurls.py\nfrom django.urls import include, path, re_path\n" more
#define VIEWS \
	"--\nviews.py\nfrom django.views import View\nfrom django.views.decorators.http import require_POST\nfrom django.views.generic import ListView\nfrom rest_framework import viewsets, generics, mixins\nfrom rest_framework.decorators import action, api_view\n"

static const struct endpoint_row rows[] = {
	/* FastAPI */
	{ FASTAPI
		"app = FastAPI()\nusers = APIRouter(prefix=\"/users\")\n@users.get(\"/{id}\")\ndef one(id): pass\napi = "
		"APIRouter()\napi.include_router(users)\napp.include_router(api, prefix=\"/v1\")\n@app.post(\"/a\")\ndef a(): pass\n",
		"GET /v1/users/{id} one; POST /a a" },
	{ FASTAPI
		"class Users(APIRouter):\n    pass\na = Users(prefix=\"/a\")\nb = Users(prefix=\"/b\")\n@a.get(\"/x\")\ndef x(): "
		"pass\n@b.get(\"/y\")\ndef y(): pass\napp = FastAPI()\napp.include_router(a)\napp.include_router(b)\n",
		"GET /a/x x; GET /b/y y" },
	{ FASTAPI
		"def router_class():\n    class Made(APIRouter):\n        pass\n    return Made\nMade = router_class()\nr = "
		"Made(prefix=\"/r\")\n@r.get(\"/x\")\ndef x(): pass\napp = FastAPI()\napp.include_router(r)\n",
		"GET /r/x x" },
	/* a router that is handed to the function that mounts it; a decorator that is called; a prefix that nobody knows */
	{ FASTAPI
		"r = APIRouter(prefix=\"/v1\")\n@r.get(\"/x\")\ndef x(): pass\ndef serve(app: FastAPI, api: APIRouter):\n    "
		"app.include_router(api, prefix=\"/api\")\n    @api.get(\"/y\")\n    def y(): pass\ndef main():\n    app = "
		"FastAPI()\n    serve(app, r)\n",
		"GET /api/v1/x x; GET /api/v1/y y" },
	{ FASTAPI "app = FastAPI()\ndef x(): pass\ny = app.post(\"/x\", tags=[\"a\"])(x)\n", "POST /x x" },
	{ FASTAPI
		"import settings\nr = APIRouter()\n@r.get(\"/x\")\ndef x(): pass\napp = FastAPI()\napp.include_router(r, "
		"prefix=settings.prefix())\n",
		"GET …/x x" },
	{ FASTAPI
		"app = FastAPI()\n@app.websocket(path=\"/w\")\ndef w(): pass\ndef v(): pass\napp.add_api_websocket_route(\"/v\", v)\n"
		"app.mount(\"/files\", static_files())\n",
		"ANY /files/{*}; GET /v v; GET /w w" },
	/* Starlette */
	{ "main.py\nfrom starlette.applications import Starlette\nfrom starlette.routing import Mount, Route, WebSocketRoute\nfrom "
	  "starlette.endpoints import HTTPEndpoint\nclass E(HTTPEndpoint):\n    def post(self, request): pass\ndef w(socket): "
	  "pass\napp = Starlette(routes=[Route(\"/e\", E), WebSocketRoute(\"/w\", w), Mount(\"/s\", app=static_files())])\n",
		"ANY /s/{*}; GET /w w; POST /e E.post" },
	/* lists that are put together */
	{ "main.py\nfrom starlette.applications import Starlette\nfrom starlette.routing import Route\ndef a(request): pass\ndef "
	  "make():\n    routes = [Route(\"/a\", a)]\n    if on:\n        routes += [Route(\"/b\", a)]\n    more = []\n    "
	  "more.append(Route(\"/c\", a))\n    routes.extend(more)\n    return Starlette(routes=routes)\n",
		"GET /a a; GET /b a; GET /c a" },
	/* Flask */
	{ FLASK "app = Flask(__name__)\nb = Blueprint(\"b\", __name__, url_prefix=\"/b\")\n@b.post(\"/x/<int:id>\")\ndef x(id): "
		"pass\napp.register_blueprint(b)\n",
		"POST /b/x/{id} x" },
	/* where a blueprint is registered may say another prefix; the methods of views */
	{ FLASK "from flask.views import MethodView, View\napp = Flask(__name__)\nb = Blueprint(\"b\", __name__, "
		"url_prefix=\"/b\")\nclass M(MethodView):\n    def get(self): pass\n    def put(self): pass\nclass V(View):\n    "
		"methods = [\"GET\", \"POST\"]\n    def dispatch_request(self): pass\nb.add_url_rule(\"/m\", "
		"view_func=M.as_view(\"m\"), methods=[\"GET\"])\nb.add_url_rule(\"/v\", "
		"view_func=V.as_view(\"v\"))\napp.register_blueprint(b, url_prefix=\"/c\")\n",
		"GET /c/m M.get; GET, POST /c/v V.dispatch_request" },
	/* a decorator does not see the variables of its function */
	{ "main.py\nfrom bottle import Bottle, get\napp = Bottle()\nadmin = Bottle()\n@get(\"/ping\")\ndef ping(): pass\n@app.route(\"/a/<id:int>\", "
	  "method=[\"POST\"])\ndef a(id): pass\n@admin.get(\"/b\")\ndef b(): pass\napp.mount(\"/admin\", admin)\n",
		"GET /admin/b b; GET …/ping ping; POST /a/{id} a" },
	{ "main.py\nfrom robyn import Robyn, SubRouter\napp = Robyn(__file__)\napi = SubRouter(__file__, prefix=\"/api\")\n"
	  "@app.get(\"/a/:id\")\ndef a(): pass\n@api.post(\"/b\")\ndef b(): pass\napp.include_router(api)\n",
		"GET /a/{id} a; POST /api/b b" },
	{ FLASK "app = Flask(__name__, static_url_path=\"/assets\", static_folder=\"public\")\nplain = Flask(__name__)\n"
		"@app.query(\"/search\")\ndef search(): pass\n",
		"GET /assets/{*} files; QUERY /search search" },
	{ FLASK "users = Flask(__name__)\n@users.get(\"/users\")\ndef listing():\n    users = query()\n    return users\n",
		"GET /users listing" },
	/* applications in lists, and one of two */
	{ FLASK "def make():\n    app = Flask(__name__)\n    @app.get(\"/a\")\n    def a(): pass\n    return app\ndef pick():\n    "
		"app = current or make()\n    return app\nall = [make(), Flask(\"b\")]\n",
		"GET /a a" },
	/* Flask-RESTful and Flask-RESTX */
	{ FLASK "from flask_restful import Api, Resource\nclass OurApi(Api):\n    pass\napp = Flask(__name__)\napi = OurApi(app, "
		"prefix=\"/v2\")\nlate = Api()\nlate.init_app(app)\nclass R(Resource):\n    def get(self): pass\n"
		"api.add_resource(R, \"/r\", \"/r/<int:id>\", endpoint=\"r\")\nlate.add_resource(R, \"/l\")\n",
		"GET /l R.get; GET /v2/r R.get; GET /v2/r/{id} R.get" },
	{ FLASK "from flask_restful import Api, Resource\nclass OurApi(Api):\n    def add(self, resource, *urls, **more):\n        "
		"return self.add_resource(resource, *urls, **more)\napi = OurApi(Flask(__name__))\nclass R(Resource):\n    def get(self): "
		"pass\n    def put(self): pass\nclass S(Resource):\n    def post(self): pass\napi.add(R, \"/r\", \"/q\", "
		"endpoint=\"r\")\napi.add(S, \"/s\")\n",
		"GET /q R.get; GET /r R.get; POST /s S.post; PUT /q R.put; PUT /r R.put" },
	{ FLASK "from flask_restful import Api, Resource\nclass OurApi(Api):\n    def add(self, resource, *urls):\n        urls = "
		"[scoped(url) for url in urls]\n        return self.add_resource(resource, *urls)\napi = "
		"OurApi(Flask(__name__))\nclass R(Resource):\n    def get(self): pass\napi.add(R, \"/r\")\n",
		"GET …/r R.get" },
	{ FLASK "from flask_restx import Api, Namespace, Resource\nbp = Blueprint(\"a\", __name__, url_prefix=\"/api\")\napi = "
		"Api(bp)\nusers = Namespace(\"users\")\nitems = Namespace(\"items\")\nmore = "
		"api.namespace(\"more\")\n@users.route(\"/<int:id>\", \"/me\")\nclass U(Resource):\n    def get(self): "
		"pass\n@items.route(\"/\")\nclass I(Resource):\n    def post(self): pass\n@more.route(\"/x\")\nclass "
		"X(Resource):\n    def delete(self): pass\napi.add_namespace(users)\napi.add_namespace(items, "
		"\"/things\")\nFlask(__name__).register_blueprint(bp)\n",
		"DELETE /api/more/x X.delete; GET /api/users/me U.get; GET /api/users/{id} U.get; POST /api/things I.post" },
	/* Flask-AppBuilder */
	{ "views.py\nfrom flask_appbuilder import BaseView, expose\nfrom flask_appbuilder.api import BaseApi\nclass A(BaseApi):\n    "
	  "resource_name = \"a\"\n    @expose(\"/<int:id>\", methods=(\"GET\", \"PUT\"))\n    def one(self, id): pass\nclass "
	  "B(A):\n    version = \"v2\"\n    @expose(\"/b\")\n    def b(self): pass\nclass V(BaseView):\n    route_base = "
	  "\"/v\"\n    @expose(\"/list/\")\n    def list(self): pass\nclass W(BaseView):\n    @expose(\"/w\")\n    def w(self): "
	  "pass\n",
		"GET /api/v2/a/b B.b; GET /v/list V.list; GET …/w W.w; GET, PUT /api/v1/a/{id} A.one" },
	/* Quart */
	{ "main.py\nfrom quart import Quart\napp = Quart(__name__)\n@app.websocket(\"/w\")\nasync def w(): "
	  "pass\n@app.delete(\"/d/<int:id>\")\nasync def d(id): pass\n",
		"DELETE /d/{id} d; GET /w w" },
	/* Sanic */
	{ "main.py\nfrom sanic import Blueprint, Sanic\nfrom sanic.views import HTTPMethodView\napp = Sanic(\"a\")\nb = "
	  "Blueprint(\"b\", url_prefix=\"/b\")\n@b.get(\"/x/<id:int>\")\ndef x(request): pass\nclass V(HTTPMethodView):\n    def "
	  "put(self, request): pass\ndef w(request, ws): pass\napp.add_route(V.as_view(), \"/v\")\n"
	  "app.add_websocket_route(w, \"/w\")\napp.static(\"/s\", \"./s\")\napp.blueprint(b)\napp.blueprint(b, "
	  "url_prefix=\"/c\")\n",
		"GET /b/x/{id} x; GET /c/x/{id} x; GET /s/{*} files; GET /w w; PUT /v V.put" },
	{ "main.py\nfrom sanic import Blueprint, Sanic\na = Blueprint(\"a\", url_prefix=\"/a\")\nb = Blueprint(\"b\", "
	  "version=1)\n@a.get(\"/x\")\ndef x(request): pass\n@a.get(\"/y\", version=3)\ndef y(request): "
	  "pass\n@b.get(\"/z\")\ndef z(request): pass\napp = Sanic(\"s\")\napp.blueprint(Blueprint.group(a, b, "
	  "url_prefix=\"/g\", version=2))\n",
		"GET /v1/g/z z; GET /v2/g/a/x x; GET /v3/g/a/y y" },
	/* aiohttp */
	{ "main.py\nfrom aiohttp import web\nroutes = web.RouteTableDef()\n@routes.view(\"/v/{id}\")\nclass V(web.View):\n    def "
	  "get(self): pass\n    def patch(self): pass\n@routes.route(\"PUT\", \"/p\")\ndef p(request): pass\ndef setup(app):\n   "
	  " app.router.add_routes([web.view(\"/w\", V)])\n    app.router.add_static(\"/s/\", path=\"s\")\n    "
	  "add = app.router.add_route\n    add(\"*\", \"/any\", p)\napp = web.Application()\napp.add_routes(routes)\nsetup(app)\n",
		"ANY /any p; GET /s/{*} files; GET /v/{id} V.get; GET /w V.get; PATCH /v/{id} V.patch; PATCH /w V.patch; PUT /p p" },
	/* Django */
	{ DJANGO("import views\nurlpatterns = [path(\"a/<int:id>/\", views.a), path(\"v/\", views.V.as_view())]\nurlpatterns += "
		 "[path(\"p\", views.p)]\n") VIEWS
		"def a(request, id): pass\n@require_POST\ndef p(request): pass\nclass V(View):\n    def get(self, request): pass\n    "
		"def post(self, request): pass\n",
		"ANY /a/{id} a; GET /v V.get; POST /p p; POST /v V.post" },
	{ DJANGO("urlpatterns = [path(\"x/\", include(\"shop.urls\")), re_path(r\"^y/\", include((\"shop.urls\", \"shop\"))), "
		 "path(\"lib/\", include(\"elsewhere.urls\"))]\n") "--\nshop/__init__.py\n--\nshop/urls.py\nfrom django.urls import "
								   "re_path\ndef a(request): pass\nurlpatterns = "
								   "[re_path(r\"^a/(?P<id>\\d+)/$\", a)]\n",
		"ANY /x/a/{id} a; ANY /y/a/{id} a" },
	{ DJANGO("def a(request, rest): pass\nurlpatterns = [re_path(r\"^a/(?P<rest>.*)$\", a)]\n"),
		"ANY /a/{*rest} a" },
	{ DJANGO("def a(request): pass\nmore = [path(\"a\", a)]\nurlpatterns = [path(\"x/\", include([path(\"b\", a)])), "
		 "path(\"y/\", include((more, \"ns\"))), *more]\nif DEBUG:\n    urlpatterns.append(path(\"d\", a))\n"),
		"ANY /a a; ANY /d a; ANY /x/b a; ANY /y/a a" },
	{ DJANGO("from django.contrib.auth.decorators import login_required\nimport views\nurlpatterns = [path(\"l\", "
		 "login_required(views.L.as_view())), path(\"a\", views.a), path(\"t\", views.T.as_view({\"put\": \"change\"}))]\n")
			VIEWS
		"class L(ListView):\n    pass\n@api_view([\"GET\", \"POST\"])\ndef a(request): pass\nclass T(viewsets.ViewSet):\n    "
		"def change(self, request): pass\n",
		"GET /l; GET, POST /a a; PUT /t T.change" },
	/* its REST framework */
	{ DJANGO("from rest_framework.routers import DefaultRouter\nimport views\nrouter = DefaultRouter()\nrouter.register(r\"a\", "
		 "views.A)\nurlpatterns = [path(\"api/\", include(router.urls))]\n") VIEWS
		"class A(viewsets.ReadOnlyModelViewSet[Row]):\n    lookup_field = \"slug\"\n    def list(self, request): pass\n    "
		"@action(detail=True, methods=[\"post\"])\n    def send(self, request, slug): pass\n    @action(detail=False, "
		"url_path=\"all-of-it\")\n    def everything(self, request): pass\n",
		"GET /api/a A.list; GET /api/a/all-of-it A.everything; GET /api/a/{slug}; POST /api/a/{slug}/send A.send" },
	{ DJANGO("from rest_framework.routers import SimpleRouter\nimport views\nrouter = SimpleRouter()\nrouter.register(\"b\", "
		 "views.B)\nurlpatterns = router.urls\n") VIEWS
		"class Base(mixins.DestroyModelMixin, viewsets.GenericViewSet):\n    pass\nclass B(Base):\n    def create(self, request): "
		"pass\n",
		"DELETE /b/{pk}; POST /b B.create" },
	/* Ninja */
	{ DJANGO("from ninja import NinjaAPI, Router\nr = Router()\n@r.get(\"/x\")\ndef x(request): pass\napi = NinjaAPI()\n"
		 "api.add_router(\"/r/\", r)\nurlpatterns = [path(\"api/\", api.urls)]\n"),
		"GET /api/r/x x" },
	/* what only looks like it */
	{ "a.py\nfrom os import path\nurlpatterns = [path(\"a\", b)]\n", "" },
};

ENDPOINT_TESTS(rows)
