/* Where imports of Python lead, what they bind, and what strings name. */
#include "pieces.h"

/* "app/b.py", "app/b.py as a whole", "library", or the cause */
static void describe_link(const struct model *m, struct import_link link, struct buf *out)
{
	if (link.target == IMPORT_FILE)
		buf_printf(out, "%.*s%s", STR_ARG(model_file(m, link.file)->path), link.whole ? " as a whole" : "");
	else
		buf_add_text(out, link.target == IMPORT_LIBRARY ? "library" : import_cause_text(link.cause));
}

/* The last import of the first file. */
static const struct {
	const char *files, *leads;
} imports[] = {
	/* relative */
	{ "app/a.py\nfrom .b import f\n--\napp/b.py\n", "app/b.py" },
	{ "app/a.py\nfrom . import b\n--\napp/b.py\n", "app/b.py as a whole" },
	{ "app/x/a.py\nfrom ..b import f\n--\napp/b.py\n", "app/b.py" },
	{ "app/a.py\nfrom . import gone\n", "no such module" },
	{ "a.py\nfrom .. import b\n", "outside the project" },
	/* a package before a module of its name, code before its stub */
	{ "app/a.py\nfrom .b import f\n--\napp/b.py\n--\napp/b/__init__.py\n", "app/b/__init__.py" },
	{ "app/a.py\nfrom .b import f\n--\napp/b.py\n--\napp/b.pyi\n", "app/b.py" },
	{ "app/a.py\nfrom .b import f\n--\napp/b.pyi\n", "app/b.pyi" },
	/* a name of the package before a module in it */
	{ "a.py\nfrom app import b\n--\napp/__init__.py\nb = 1\n--\napp/b.py\n", "app/__init__.py" },
	{ "a.py\nfrom app import b\n--\napp/__init__.py\n--\napp/b.py\n", "app/b.py as a whole" },
	{ "app/__init__.py\nfrom . import b\n--\napp/b.py\n", "app/b.py as a whole" },
	/* the nearest root; never the inside of a package */
	{ "one/app/main.py\nfrom app.b import f\n--\none/app/b.py\n--\ntwo/app/b.py\n", "one/app/b.py" },
	{ "app/x/a.py\nimport redis\n--\napp/__init__.py\n--\napp/x/__init__.py\n--\napp/x/redis.py\n", "library" },
	{ "tools/a.py\nimport helper\n--\ntools/helper.py\n", "tools/helper.py" },
	{ "tools/a.py\nimport helper\nif __name__ == '__main__':\n    helper.run()\n--\ntools/helper.py\n--\ntools/__init__.py\n",
		"tools/helper.py" },
	/* the standard library, unless the file beside has what is asked for */
	{ "tools/a.py\nimport logging\n--\ntools/logging.py\n", "library" },
	{ "tools/a.py\nfrom logging import getLogger\n--\ntools/logging.py\ndef setup():\n    pass\n", "library" },
	{ "tools/a.py\nfrom token import Token\n--\ntools/token.py\nclass Token:\n    pass\n", "tools/token.py" },
	{ "a.py\nfrom queue.models import Job\n--\nqueue/__init__.py\n--\nqueue/models.py\n", "queue/models.py" },
	/* namespace packages: parts in several roots, hidden by a package with an __init__ */
	{ "a.py\nfrom acme.two import x\n--\npyrightconfig.json\n{ \"extraPaths\": [\"one\", \"two\"] }\n--\none/acme/one.py\n--\n"
	  "two/acme/two.py\n",
		"two/acme/two.py" },
	{ "a.py\nfrom acme.two import x\n--\npyrightconfig.json\n{ \"extraPaths\": [\"one\", \"two\"] }\n--\none/acme/two.py\n--\n"
	  "two/acme/__init__.py\n",
		"no such module" },
	{ "a.py\nfrom alembic import op\n--\nalembic/env.py\n", "library" },
	/* what a package of the project's own lacks is missing; what else has its name and is required is not */
	{ "a.py\nfrom app.gone import f\n--\napp/__init__.py\n", "no such module" },
	{ "a.py\nfrom redis.asyncio import Redis\n--\nredis.py\n--\npyproject.toml\n[project]\ndependencies = [\"Redis>=5\"]\n",
		"library" },
	/* build backends and tools */
	{ "tests/a.py\nimport shop\n--\nsrc/shop/__init__.py\n--\npyproject.toml\n[project]\nname = \"shop\"\n",
		"src/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\nsetup.cfg\n[options]\npackage_dir =\n    =lib\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\nsetup.cfg\n[options.packages.find]\nwhere = lib\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\nsetup.py\nsetup(name='shop', package_dir={'': 'lib'})\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\nsetup.py\nsetup(name='shop', "
	  "packages=find_packages(where='lib'))\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop.x\n--\nlib/x.py\n--\npyproject.toml\n[tool.setuptools]\npackage-dir = { shop = \"lib\" }\n",
		"lib/x.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npyproject.toml\n[tool.setuptools]\npackages.find.where = "
	  "[\"lib\"]\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npyproject.toml\n[tool.poetry]\npackages = [{ include = "
	  "\"shop\", from = \"lib\" }]\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npyproject.toml\n[[tool.poetry.packages]]\ninclude = "
	  "\"shop\"\nfrom = \"lib\"\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npyproject.toml\n[tool.hatch.build.targets.wheel]\npackages = "
	  "[\"lib/shop\"]\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop.x\n--\nlib/x.py\n--\npyproject.toml\n[tool.hatch.build.targets.wheel.sources]\n\"lib\" = "
	  "\"shop\"\n",
		"lib/x.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npyproject.toml\n[tool.pdm.build]\npackage-dir = \"lib\"\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npyproject.toml\n[tool.uv.build-backend]\nmodule-root = "
	  "\"lib\"\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npyproject.toml\n[tool.maturin]\npython-source = \"lib\"\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npytest.ini\n[pytest]\npythonpath = . lib\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\nmypy.ini\n[mypy]\nmypy_path = $MYPY_CONFIG_FILE_DIR/x:lib\n",
		"lib/shop/__init__.py" },
	{ "tests/a.py\nimport shop\n--\nlib/shop/__init__.py\n--\npyproject.toml\n[[tool.pyright.executionEnvironments]]\nroot = "
	  "\"lib\"\n",
		"lib/shop/__init__.py" },
	/* projects that depend on each other: by path, by name, in a workspace, editable */
	{ "api/a.py\nimport core\n--\napi/pyproject.toml\n[tool.poetry.dependencies]\ncore = { path = \"../core\" }\n--\n"
	  "core/src/core/__init__.py\n--\nother/core/__init__.py\n",
		"core/src/core/__init__.py" },
	{ "api/a.py\nimport core\n--\napi/pyproject.toml\n[project]\ndependencies = [\"acme_core\"]\n--\ncore/pyproject.toml\n"
	  "[project]\nname = \"acme-core\"\n--\ncore/core/__init__.py\n--\nother/core/__init__.py\n",
		"core/core/__init__.py" },
	{ "api/a.py\nimport core\n--\napi/requirements.txt\n-e ../core\n--\ncore/core/__init__.py\n--\nother/core/__init__.py\n",
		"core/core/__init__.py" },
	/* elsewhere: only where one place has it */
	{ "api/a.py\nimport core.x\n--\nlibs/core/__init__.py\n--\nlibs/core/x.py\n", "libs/core/x.py" },
	{ "api/a.py\nimport core.x\n--\none/core/__init__.py\n--\none/core/x.py\n--\ntwo/core/__init__.py\n--\ntwo/core/x.py\n",
		"in several places" },
	{ "api/a.py\nimport config\n--\nother/config.py\n", "library" },
};

static file_id first_file(const struct project *p, const char *files)
{
	return model_find_file(p->result.model, first_path(files));
}

static void test_imports(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(imports) / sizeof(*imports); i++) {
		struct project p;
		struct buf leads = { 0 };
		project_open(&p, imports[i].files);
		const struct model *m = p.result.model;
		file_id file = first_file(&p, imports[i].files);
		describe_link(m, model_import(m, file, model_file(m, file)->facts.import_count - 1), &leads);
		if (!str_is(buf_str(&leads), imports[i].leads))
			print_message("row %zu: %s\n", i, imports[i].files);
		assert_string_equal(buf_cstr(&leads), imports[i].leads);
		buf_release(&leads);
		project_close(&p);
	}
}

/* "app/b.py:2", "file app/b.py", "library x.y", "unknown" */
static void describe_meaning(const struct model *m, struct meaning means, struct buf *out)
{
	const struct model_file *at = model_file(m, means.file);
	switch (means.kind) {
	case MEANS_DECLARATION:
		buf_printf(
			out, "%.*s:%u", STR_ARG(at->path), facts_line(&at->facts, at->facts.nodes[means.node].start));
		break;
	case MEANS_MODULE:
		buf_printf(out, "file %.*s", STR_ARG(at->path));
		break;
	case MEANS_LIBRARY:
	case MEANS_BUILTIN:
		buf_printf(out, "library %.*s", STR_ARG(means.name));
		break;
	default:
		buf_add_text(out, "unknown");
	}
}

/* What a path means at the end of the first file. */
static const struct {
	const char *files, *path, *means;
} names[] = {
	{ "a.py\nimport app.b\nimport app.c\n--\napp/__init__.py\n--\napp/b.py\n--\napp/c.py\ndef f():\n    pass\n",
		"app.c.f", "app/c.py:1" },
	{ "a.py\nimport app.b\n--\napp/__init__.py\ndef f():\n    pass\n--\napp/b.py\n", "app.f", "app/__init__.py:1" },
	{ "a.py\nimport app.b as b\n--\napp/b.py\ndef f():\n    pass\n", "b.f", "app/b.py:1" },
	{ "a.py\nimport app.b as app\n--\napp/b.py\ndef f():\n    pass\n", "app.f", "app/b.py:1" },
	{ "a.py\nimport os.path\nimport os\n", "os.path.join", "library os.path.join" },
	/* through an __init__ */
	{ "a.py\nfrom app import f\n--\napp/__init__.py\nfrom .b import g as f\n--\napp/b.py\ndef g():\n    pass\n",
		"f", "app/b.py:1" },
	{ "a.py\nfrom app import b\n--\napp/__init__.py\nfrom . import b\n--\napp/b.py\ndef f():\n    pass\n", "b.f",
		"app/b.py:1" },
	{ "a.py\nfrom app import b\n--\napp/__init__.py\nfrom . import b\n--\napp/b.py\n", "b", "file app/b.py" },
	{ "a.py\nimport app\n--\napp/__init__.py\n--\napp/b.py\ndef f():\n    pass\n", "app.b.f", "app/b.py:1" },
	{ "a.py\nfrom app import x\n--\napp/__init__.py\nimport app.b as x\n--\napp/b.py\ndef f():\n    pass\n", "x.f",
		"app/b.py:1" },
	/* stars */
	{ "a.py\nfrom app import *\n--\napp/__init__.py\nfrom .b import *\n--\napp/b.py\ndef f():\n    pass\n", "f",
		"app/b.py:1" },
	{ "a.py\nfrom app import f\n--\napp/__init__.py\nfrom .b import *\n--\napp/b.py\n__all__ = ['f']\ndef f():\n    pass\n",
		"f", "app/b.py:2" },
	{ "a.py\nfrom app import f\n--\napp/__init__.py\nfrom .b import *\n--\napp/b.py\n__all__ = ['g']\ndef f():\n    pass\n",
		"f", "unknown" },
	{ "a.py\nfrom app import f\n--\napp/__init__.py\nfrom .b import *\n--\napp/b.py\n__all__ = ['g']\n__all__ += ['f']\ndef "
	  "f():\n    pass\n",
		"f", "app/b.py:3" },
	{ "a.py\nfrom app import f\n--\napp/__init__.py\nfrom .b import *\n--\napp/b.py\n__all__ = ['g']\n__all__.extend(['f'])\ndef "
	  "f():\n    pass\n",
		"f", "app/b.py:3" },
	{ "a.py\nfrom app import f\n--\napp/__init__.py\nfrom .b import *\n--\napp/b.py\n__all__ = names()\ndef f():\n    pass\n",
		"f", "app/b.py:2" },
	{ "a.py\nfrom app import _f\n--\napp/__init__.py\nfrom .b import *\n--\napp/b.py\ndef _f():\n    pass\n", "_f",
		"unknown" },
	{ "a.py\nfrom app import f\n--\napp/__init__.py\nfrom .b import *\nfrom .c import *\n--\napp/b.py\ndef f():\n    pass\n--\n"
	  "app/c.py\n\ndef f():\n    pass\n",
		"f", "app/c.py:2" },
	{ "a.py\nfrom b import *\n--\nb.py\nfrom c import *\n--\nc.py\nfrom b import *\n", "f", "library f" },
	/* a try is no scope */
	{ "a.py\ntry:\n    import ujson as json\nexcept ImportError:\n    import json\n", "json.dumps",
		"library ujson.dumps" },
};

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, names[i].files);
		file_id file = first_file(&p, names[i].files);
		struct meaning means = model_path_meaning(p.result.model, file, 0, str_from(names[i].path));
		describe_meaning(p.result.model, means, &found);
		if (!str_is(buf_str(&found), names[i].means))
			print_message("row %zu: %s\n", i, names[i].files);
		assert_string_equal(buf_cstr(&found), names[i].means);
		buf_release(&found);
		project_close(&p);
	}
}

/* What a string of the first file names. */
static const struct {
	const char *files, *text, *names;
} references[] = {
	{ "urls.py\nfrom django.urls import include, path\nx = [path('', include('shop.urls'))]\n--\nshop/__init__.py\n--\nshop/urls.py\n",
		"shop.urls", "file shop/urls.py" },
	{ "urls.py\nfrom django.urls import include\ninclude(('shop.urls', 'shop'), namespace='s')\n--\nshop/__init__.py\n--\n"
	  "shop/urls.py\n",
		"shop.urls", "file shop/urls.py" },
	{ "urls.py\nfrom django.urls import include\ninclude(('shop.urls', 'shop'), namespace='s')\n--\nshop/__init__.py\n--\n"
	  "shop/urls.py\n",
		"shop", "unknown" },
	{ "urls.py\nfrom mine import include\ninclude('shop.urls')\n--\nshop/__init__.py\n--\nshop/urls.py\n--\nmine.py\ndef "
	  "include(x):\n    pass\n",
		"shop.urls", "unknown" },
	{ "settings.py\nROOT_URLCONF = 'shop.urls'\n--\nshop/__init__.py\n--\nshop/urls.py\n", "shop.urls",
		"file shop/urls.py" },
	{ "settings.py\nINSTALLED_APPS = ['django.contrib.auth'] + ['shop']\n--\nshop/__init__.py\n", "shop",
		"file shop/__init__.py" },
	{ "settings.py\nINSTALLED_APPS = []\nINSTALLED_APPS += ('shop',)\n--\nshop/__init__.py\n", "shop",
		"file shop/__init__.py" },
	{ "settings.py\nINSTALLED_APPS = ['django.contrib.auth']\n", "django.contrib.auth",
		"library django.contrib.auth" },
	{ "settings.py\nNAMES = ['shop']\n--\nshop/__init__.py\n", "shop", "unknown" },
	{ "settings.py\nMIDDLEWARE = ['shop.middleware.Log']\n--\nshop/__init__.py\n--\nshop/middleware.py\nclass Log:\n    pass\n",
		"shop.middleware.Log", "shop/middleware.py:1" },
	{ "settings.py\nREST_FRAMEWORK = {'DEFAULT_PERMISSION_CLASSES': ['shop.rights.Staff']}\n--\nshop/__init__.py\n--\n"
	  "shop/rights.py\nclass Staff:\n    pass\n",
		"shop.rights.Staff", "shop/rights.py:1" },
	{ "settings.py\nAUTH_USER_MODEL = 'shop.User'\n--\nshop/models.py\nclass User:\n    pass\n", "shop.User",
		"shop/models.py:1" },
	{ "settings.py\nAUTH_USER_MODEL = 'store.User'\n--\nshop/apps.py\nclass ShopConfig:\n    label = 'store'\n--\n"
	  "shop/models/__init__.py\nfrom .users import User\n--\nshop/models/users.py\nclass User:\n    pass\n",
		"store.User", "shop/models/users.py:1" },
	{ "settings.py\nAUTH_USER_MODEL = 'shop.User'\n--\na/shop/models.py\nclass User:\n    pass\n--\nb/shop/models.py\nclass "
	  "User:\n    pass\n",
		"shop.User", "unknown" },
	{ "shop/models.py\nfrom django.db import models\nclass Order(models.Model):\n    user = models.ForeignKey('User', 1)\nclass "
	  "User(models.Model):\n    pass\n",
		"User", "shop/models.py:4" },
	{ "a.py\nfrom celery import Celery\napp = Celery('x', include=['shop.tasks'])\n--\nshop/__init__.py\n--\nshop/tasks.py\n",
		"shop.tasks", "file shop/tasks.py" },
	{ "a.py\nfrom celery import Celery\napp = Celery('shop')\n--\nshop/__init__.py\n", "shop", "unknown" },
	{ "a.py\nfrom celery import Celery\napp = Celery('x')\napp.autodiscover_tasks(['shop'])\n--\nshop/__init__.py\n--\n"
	  "shop/tasks.py\n",
		"shop", "file shop/tasks.py" },
	{ "a.py\nfrom celery import Celery\napp = Celery('x')\napp.conf.imports = ['shop.tasks']\n--\nshop/__init__.py\n--\n"
	  "shop/tasks.py\n",
		"shop.tasks", "file shop/tasks.py" },
	{ "a.py\nfrom celery import Celery\napp = Celery('x')\napp.send_task('shop.tasks.send')\n--\nshop/__init__.py\n--\n"
	  "shop/tasks.py\nfrom celery import shared_task\n@shared_task\ndef send():\n    pass\n",
		"shop.tasks.send", "shop/tasks.py:3" },
	{ "a.py\nfrom celery import Celery\napp = Celery('x')\napp.send_task('mail')\n--\nshop/tasks.py\nfrom celery import "
	  "shared_task\n@shared_task(name='mail')\ndef send():\n    pass\n",
		"mail", "shop/tasks.py:3" },
	{ "a.py\nCELERY_BEAT_SCHEDULE = {'daily': {'task': 'shop.tasks.send', 'args': 'shop'}}\n--\nshop/__init__.py\n--\n"
	  "shop/tasks.py\ndef send():\n    pass\n",
		"shop.tasks.send", "shop/tasks.py:1" },
	{ "a.py\nCELERY_BEAT_SCHEDULE = {'daily': {'task': 'shop.tasks.send', 'args': 'shop'}}\n--\nshop/__init__.py\n",
		"shop", "unknown" },
	{ "run.py\nimport uvicorn\nuvicorn.run('shop.main:app', host='0.0.0.0')\n--\nshop/__init__.py\n--\nshop/main.py\nfrom fastapi "
	  "import FastAPI\napp = FastAPI()\n",
		"shop.main:app", "shop/main.py:2" },
	{ "a.py\nimport importlib\nimportlib.import_module('shop.urls')\n--\nshop/__init__.py\n--\nshop/urls.py\n",
		"shop.urls", "file shop/urls.py" },
	{ "shop/a.py\nfrom importlib import import_module\nimport_module('.urls', package=__package__)\n--\nshop/__init__.py\n--\n"
	  "shop/urls.py\n",
		".urls", "file shop/urls.py" },
};

static node_id find_string(const struct facts *f, const char *text)
{
	node_id found = 0;
	for (node_id n = 1; n < f->node_count && !found; n++)
		if (node_kind(f, n) == NODE_STRING && str_is(node_name(f, n), text))
			found = n;
	return found;
}

static void test_references(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(references) / sizeof(*references); i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, references[i].files);
		const struct model *m = p.result.model;
		file_id file = first_file(&p, references[i].files);
		node_id string = find_string(&model_file(m, file)->facts, references[i].text);
		assert_int_not_equal(string, 0);
		describe_meaning(m, model_reference(m, file, string), &found);
		if (!str_is(buf_str(&found), references[i].names))
			print_message("row %zu: %s\n", i, references[i].files);
		assert_string_equal(buf_cstr(&found), references[i].names);
		buf_release(&found);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_imports), cmocka_unit_test(test_names),
		cmocka_unit_test(test_references) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
