/* Endpoints of FastAPI, Flask, Django, its REST framework, and Ninja. */
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
	/* Flask */
	{ FLASK "app = Flask(__name__)\nb = Blueprint(\"b\", __name__, url_prefix=\"/b\")\n@b.post(\"/x/<int:id>\")\ndef x(id): "
		"pass\napp.register_blueprint(b)\n",
		"POST /b/x/{id} x" },
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
		"class A(viewsets.ReadOnlyModelViewSet):\n    lookup_field = \"slug\"\n    def list(self, request): pass\n    "
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
