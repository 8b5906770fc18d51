/* Requests through wrappers and generated code: each call of a wrapper asks what it hands over. */
#include "requests.h"

static const struct row rows[] = {
	/* the path is handed over */
	{ "a.ts\nconst get = (path) => fetch('/api' + path);\nget('/users');\nget(`/users/${id}`);\n",
		"a.ts:2 GET /api/users\na.ts:3 GET /api/users/{id}\n" },
	{ "a.ts\nimport { request } from './b';\nrequest('/users', { method: 'POST' });\nrequest('/users');\n--\n"
	  "b.ts\nexport async function request(endpoint: string, options?: RequestInit) {\n"
	  " return fetch(`${API}${endpoint}`, options);\n}\n",
		"a.ts:2 POST …/users\na.ts:3 GET …/users\n" },
	{ "a.ts\nimport { request } from './b';\nrequest('/users', { method: 'POST', data });\nrequest('/users');\n--\n"
	  "b.ts\nexport const request = async (endpoint, options) => {\n"
	  " const { method = 'GET', version = 'v1' } = options || {};\n"
	  " const config = { method };\n return fetch(`${API}/${version}${endpoint}`, config);\n};\n",
		"a.ts:2 POST …/v1/users\na.ts:3 GET …/v1/users\n" },
	{ "a.ts\nimport { get, post } from './b';\nget('/users');\npost('/users', {});\n--\n"
	  "b.ts\nconst request = (endpoint, options) => fetch(`${API}${endpoint}`, options);\n"
	  "export const get = (endpoint) => request(endpoint, { method: 'GET' });\n"
	  "export const post = (endpoint, body) => request(endpoint, { method: 'POST', body });\n",
		"a.ts:2 GET …/users\na.ts:3 POST …/users\n" },
	{ "a.ts\nimport { api } from './b';\napi.get('/users');\napi.put('/users/1');\n--\nb.ts\nimport axios from 'axios';\n"
	  "export const api = { get(url) { return axios.get(`/api${url}`).then((r) => r.data); },\n"
	  " put: async (url) => (await axios.put(`/api${url}`)).data };\n",
		"a.ts:2 GET /api/users\na.ts:3 PUT /api/users/1\n" },
	{ "a.ts\nclass Client { private base = '/api';\n request(method: string, path: string) { return fetch(this.base + path, { "
	  "method }); }\n users() { return this.request('GET', '/users'); } }\nnew Client().request('DELETE', '/users');\n",
		"a.ts:3 GET /api/users\na.ts:4 DELETE /api/users\n" },
	{ "a.ts\nabstract class Resource { abstract resource: string; list() { return fetch(`/api/${this.resource}`); } }\n"
	  "class Users extends Resource { resource = 'users'; }\nclass Orders extends Resource { resource = 'orders'; }\n"
	  "new Users().list();\nconst o = new Orders();\no.list();\n",
		"a.ts:4 GET /api/users\na.ts:6 GET /api/orders\n" },
	{ "a.tsx\nfunction Load({ url }) { fetch(url); return null; }\nconst A = () => <Load url=\"/a\" />;\n",
		"a.tsx:2 GET /a\n" },
	{ "a.ts\nconst load = useCallback(async (path) => fetch(path), []);\nload('/a');\n", "a.ts:2 GET /a\n" },
	{ "a.ts\nconst get = (url, full = false) => fetch(full ? url : API + url);\nget('/a');\n", "a.ts:2 GET …/a\n" },
	{ "a.ts\nconst url = (p, id) => `/v1${p}/${id}`;\nfetch(url('/users', user.id));\n",
		"a.ts:2 GET /v1/users/{id}\n" },

	/* what a condition asks is handed over, or is not */
	{ "a.ts\nconst url = (id?: string, action?: string) => { const u = id ? `/users/${id}` : '/users';\n"
	  " return action ? `${u}/${action}` : u; };\nfetch(url());\nfetch(url(user.id));\nfetch(url(user.id, 'lock'));\n",
		"a.ts:3 GET /users\na.ts:4 GET /users/{id}\na.ts:5 GET /users/{id}/lock\n" },
	{ "a.ts\nconst url = ({ id, action }: Parts = {}) => { const u = id ? `/users/${id}` : '/users';\n"
	  " return action ? `${u}/${action}` : u; };\nfetch(url());\nfetch(url({ id }));\nfetch(url({ id, action: 'lock' }));\n",
		"a.ts:3 GET /users\na.ts:4 GET /users/{id}\na.ts:5 GET /users/{id}/lock\n" },
	{ "a.ts\nconst url = (id?: string) => { let u = '/users';\n if (id) u += `/${id}`;\n return u; };\n"
	  "fetch(url(user.id));\n",
		"" },
	{ "a.ts\nlet u = '/users';\nif (id) u += `/${id}`;\nfetch(`${u}/access`);\nfetch(`${v}/access`);\n",
		"a.ts:4 GET …/access\n" },
	{ "a.ts\nconst url = (id?: string) => { let u = `/users/`;\n if (id) u += `${id}/`;\n return u; };\nfetch(url(user.id));\n",
		"" },
	{ "a.ts\nconst url = (q?: string) => { let u = '/users';\n if (q) u += `?q=${q}`;\n return u; };\nfetch(url(q));\n",
		"a.ts:4 GET /users\n" },

	/* through an interface, to the only one that implements it */
	{ "a.ts\ninterface Api { get(url: string): Promise<X>; post: (url: string) => Promise<X>; }\n"
	  "class FetchApi implements Api { get(url) { return fetch('/v1' + url); }\n"
	  " post = (url) => fetch('/v1' + url, { method: 'POST' }); }\n"
	  "class Users { constructor(private api: Api) {}\n list() { this.api.get('/users'); this.api.post('/users'); } }\n",
		"a.ts:5 GET /v1/users\na.ts:5 POST /v1/users\n" },
	{ "a.ts\ninterface Api { get(url: string): Promise<X>; }\nexport const api: Api = { get: (url) => fetch('/v1' + url) };\n"
	  "api.get('/users');\n",
		"a.ts:3 GET /v1/users\n" },
	{ "a.ts\ninterface Api { get(url: string): Promise<X>; }\nclass A implements Api { get(url) { return fetch('/v1' + url); } }\n"
	  "class B implements Api { get(url) { return fetch('/v2' + url); } }\nfunction f(api: Api) { api.get('/users'); }\n",
		"" },

	/* a parameter that is one segment leaves the request where it is, but for calls that say more */
	{ "a.ts\nconst getUser = (id) => fetch(`/users/${id}`);\ngetUser(user.id);\ngetUser(x);\n",
		"a.ts:1 GET /users/{id}\n" },
	{ "a.ts\nconst getUser = (id) => fetch(`/users/${id}`);\ngetUser(user.id);\ngetUser('me');\n",
		"a.ts:1 GET /users/{id}\na.ts:3 GET /users/me\n" },
	{ "a.ts\nconst list = (resource) => fetch(`/api/${resource}`);\nlist('users');\nlist('orders');\n",
		"a.ts:2 GET /api/users\na.ts:3 GET /api/orders\n" },
	{ "a.ts\nconst list = (query) => fetch(`/users${query}`);\nlist('?page=1');\n", "a.ts:1 GET /users\n" },
	{ "a.ts\nconst get = (path) => fetch('/api' + path);\n", "" },
	{ "a.ts\nconst state = { selected: { id: null } };\nconst remove = (id) => fetch(`/users/${id}`, { method: 'DELETE' });\n"
	  "remove(state.selected.id);\nremove(user?.id ?? '');\n",
		"a.ts:2 DELETE /users/{id}\n" },
	{ "a.ts\nfunction f(p) { f(p + '/x'); return fetch(p); }\nf('/a');\n", "a.ts:2 GET /a\n" },
	{ "a.ts\nfunction f(p) { return fetch(p); }\nconst g = (p) => f(p), h = (p) => g(p), i = (p) => h(p);\ni('/a');\n",
		"a.ts:3 GET /a\n" },

	/* dispatch: a module constant, an instance with an interceptor */
	{ "api.js\nimport axios from 'axios';\nconst instance = axios.create({ baseURL: '/api/v1' });\n"
	  "instance.interceptors.request.use(function (config) { config.url = `${org}${config.url}`; return config; });\n"
	  "export default instance;\n--\n"
	  "tag/api.js\nimport API from '../api';\nconst resource = 'tags';\nexport default {\n"
	  " getAll(options) { return API.get(`/${resource}`, { params: { ...options } }); },\n"
	  " update(id, payload) { return API.put(`/${resource}/${id}`, payload); } };\n--\n"
	  "tag/store.js\nimport TagApi from './api';\nTagApi.update(state.selected.id, x);\nTagApi.getAll();\n",
		"tag/api.js:4 GET …/tags\ntag/api.js:5 PUT …/tags/{id}\n" },

	/* an abstract class: its subclasses say the paths, by fields, by methods, and by fields that are functions */
	{ "base.ts\nimport axios from 'axios';\nexport abstract class Crud<T> {\n abstract base: string;\n"
	  " abstract one(id: string): string;\n getAll() { return axios.get(this.base); }\n"
	  " getOne(id: string) { return axios.get(this.one(id)); }\n copy(id: string) { return axios.post(`${this.one(id)}/copy`); }\n}\n--\n"
	  "foods.ts\nimport { Crud } from './base';\nconst routes = { all: '/foods', one: (id: string) => `/foods/${id}` };\n"
	  "export class Foods extends Crud<Food> {\n base = routes.all;\n one = routes.one;\n}\n"
	  "export class Units extends Crud<Unit> {\n base = '/units';\n one(id: string) { return `/units/${id}`; }\n}\n--\n"
	  "a.ts\nimport { Foods, Units } from './foods';\nconst foods = new Foods(), units = new Units();\nfoods.getAll();\n"
	  "units.getOne('1');\nfoods.copy('2');\n",
		"a.ts:3 GET /foods\na.ts:4 GET /units/1\na.ts:5 POST /foods/2/copy\n" },
	{ "base.ts\nimport axios from 'axios';\nexport abstract class Crud {\n abstract base: string;\n"
	  " getAll() { return axios.get(this.base); }\n refresh() { return this.getAll(); }\n}\n"
	  "export class Tags extends Crud { base = '/tags'; }\nexport class Tools extends Crud { base = '/tools'; }\n--\n"
	  "store.ts\nimport { Crud } from './base';\nexport function useStore(api: Crud) {\n"
	  " return { refresh: async () => api.refresh() };\n}\n--\n"
	  "a.ts\nimport { Tags, Tools } from './base';\nimport { useStore } from './store';\nconst tools = new Tools();\n"
	  "useStore(new Tags());\nuseStore(tools);\n",
		"a.ts:4 GET /tags\na.ts:5 GET /tools\n" },

	/* a client's method that is handed over */
	{ "a.ts\nimport axios from 'axios';\nconst api = axios.create({ baseURL: '/api' });\n"
	  "async function safely(send: Send, url: string, data?: any) { return send(url, data).catch(() => null); }\n"
	  "function other(send: Send) { const run = (send: Send) => send('/inner'); return run; }\n"
	  "export const save = (id: string) => safely(api.put, `/orders/${id}`, {});\nsafely(api.delete, '/carts');\nother(api.get);\n",
		"a.ts:5 PUT /api/orders/{id}\na.ts:6 DELETE /api/carts\n" },

	/* what Nuxt's modules are told in its settings, and its context */
	{ "nuxt.config.js\nexport default { auth: { endpoints: { login: { url: 'api/token', method: 'post' },\n"
	  " user: { url: '/api/me', method: 'get' } } }, proxy: { url: '/x' } };\n--\n"
	  "server.js\nimport express from 'express';\nconst app = express();\napp.post('/api/token', login);\napp.get('/api/me', me);\n"
	  "app.post('/y', y);\n--\n"
	  "a.ts\nimport { useContext } from '@nuxtjs/composition-api';\nconst { $axios } = useContext();\n$axios.get('/about');\n"
	  "const table = { url: '/y', method: 'post' };\n",
		"a.ts:3 GET …/about\nnuxt.config.js:1 POST /api/token\nnuxt.config.js:2 GET /api/me\n" },

	/* what is set to run for all hooks */
	{ "web/package.json\n{\"name\":\"web\"}\n--\n"
	  "web/app.tsx\nimport { SWRConfig } from 'swr';\nimport axios from 'axios';\nconst api = axios.create({ baseURL: '/api' });\n"
	  "export const App = () => <SWRConfig value={{ fetcher: (url) => api.get(url).then((r) => r.data) }}><Page /></SWRConfig>;\n--\n"
	  "web/page.tsx\nimport useSWR from 'swr';\nuseSWR('/users');\nuseSWR(id ? `/users/${id}` : null);\n"
	  "useSWR('/own', (url) => fetch(`/other${url}`));\n--\n"
	  "admin/package.json\n{\"name\":\"admin\"}\n--\n"
	  "admin/app.tsx\nimport { SWRConfig } from 'swr';\nimport axios from 'axios';\nconst api = axios.create({ baseURL: '/admin' });\n"
	  "export const App = () => <SWRConfig value={{ fetcher: api.get }}><Page /></SWRConfig>;\n--\n"
	  "admin/page.tsx\nimport useSWR from 'swr';\nuseSWR('/users');\n--\n"
	  "two/package.json\n{\"name\":\"two\"}\n--\n"
	  "two/app.tsx\nimport { SWRConfig } from 'swr';\n"
	  "export const A = () => <SWRConfig value={{ fetcher: (url) => fetch('/a' + url) }}><Page /></SWRConfig>;\n"
	  "export const B = () => <SWRConfig value={{ fetcher: (url) => fetch('/b' + url) }}><Page /></SWRConfig>;\n--\n"
	  "two/page.tsx\nimport useSWR from 'swr';\nuseSWR('/users');\n",
		"admin/page.tsx:2 GET /admin/users\nweb/page.tsx:2 GET /api/users\nweb/page.tsx:3 GET /api/users/{id}\n"
		"web/page.tsx:4 GET /other/own\n" },
	{ "client.ts\nimport { QueryClient } from '@tanstack/react-query';\n"
	  "export const getQueryFn = ({ on401 }) => async ({ queryKey }) => {\n const res = await fetch(queryKey.join('/') as string);\n"
	  " return res.json();\n};\n"
	  "export const client = new QueryClient({ defaultOptions: { queries: { queryFn: getQueryFn({ on401: 'throw' }) } } });\n--\n"
	  "page.tsx\nimport { useQuery } from '@tanstack/react-query';\nimport { getQueryFn } from './client';\n"
	  "useQuery({ queryKey: ['/api/orders', id, 'lines'] });\nuseQuery({ queryKey: ['own'], queryFn: () => fetch('/api/own') });\n"
	  "useQuery({ queryKey: ['/api/me'], queryFn: getQueryFn({ on401: 'null' }) });\nuseQuery({ queryKey: ['/x'], queryFn: given });\n",
		"page.tsx:3 GET /api/orders/{id}/lines\npage.tsx:4 GET /api/own\npage.tsx:5 GET /api/me\n" },
	{ "client.ts\nimport { QueryClient } from '@tanstack/react-query';\n"
	  "const run = async ({ queryKey }) => fetch(`/v1${queryKey[0]}`);\n"
	  "export const client = new QueryClient({ defaultOptions: { queries: { queryFn: run } } });\n--\n"
	  "page.tsx\nimport { useQuery } from '@tanstack/react-query';\nuseQuery({ queryKey: ['/orders', id] });\n",
		"page.tsx:2 GET /v1/orders\n" },

	/* generated: there, and at each use */
	{ "client/sdk.gen.ts\nimport { client } from './client.gen';\n"
	  "export class UsersService {\n public static readMe(options) { return (options?.client ?? client).get({ url: '/users/me', "
	  "...options }); }\n public static createUser(options) { return (options.client ?? client).post({ url: '/users', ...options }); "
	  "} }\nexport class PrivateService {\n public static createUser(options) { return (options.client ?? client).post({ url: "
	  "'/private/users', ...options }); } }\n--\n"
	  "client/index.ts\nexport * from './sdk.gen';\n--\n"
	  "a.tsx\nimport { UsersService as U } from './client';\nuseQuery({ queryFn: U.readMe });\n"
	  "U.createUser({ body });\n",
		"a.tsx:2 GET …/users/me\na.tsx:3 POST …/users\nclient/sdk.gen.ts:3 GET …/users/me\nclient/sdk.gen.ts:4 POST "
		"…/users\nclient/sdk.gen.ts:6 POST …/private/users\n" },
	{ "client/core/request.ts\nexport const request = (config, options) => fetch(config.BASE + options.url, options);\n--\n"
	  "client/generated/services.ts\nimport { request as __request } from '../core/request';\n"
	  "export const readItems = (data = {}) => __request(OpenAPI, { method: 'GET', url: '/items/{id}', path: { id: data.id } });\n"
	  "export const useItems = (data) => useQuery({ queryFn: () => readItems(data) });\n--\n"
	  "a.ts\nimport { useItems } from './client/generated/services';\nuseItems({ id: 1 });\n",
		"a.ts:2 GET …/items/{id}\nclient/generated/services.ts:2 GET …/items/{id}\n" },
	{ "generated/pets.ts\nimport { http } from '../http';\nexport const listPets = (params) => http({ url: `/pets`, method: 'GET', "
	  "params });\n--\nhttp.ts\nimport axios from 'axios';\nconst instance = axios.create({ baseURL: '/v1' });\n"
	  "export const http = (config) => instance({ ...config }).then((r) => r.data);\n--\n"
	  "a.ts\nimport { listPets } from './generated/pets';\nlistPets();\n",
		"a.ts:2 GET /v1/pets\ngenerated/pets.ts:2 GET /v1/pets\n" },
	{ "gen/api.ts\nimport { toPathString, BASE } from './common';\n"
	  "export const PetApiAxiosParamCreator = function (configuration) {\n return {\n  addPet: async (pet, options = {}) => {\n"
	  "   const localVarPath = `/pet/{petId}`.replace(`{${\"petId\"}}`, encodeURIComponent(String(pet)));\n"
	  "   const localVarUrlObj = new URL(localVarPath, BASE);\n"
	  "   const localVarRequestOptions = { method: 'POST', ...baseOptions, ...options };\n"
	  "   return { url: toPathString(localVarUrlObj), options: localVarRequestOptions };\n  } };\n};\n"
	  "export const PetApiFp = function (configuration) {\n const creator = PetApiAxiosParamCreator(configuration);\n"
	  " return { async addPet(pet, options) { const args = await creator.addPet(pet, options); return args; } };\n};\n"
	  "export class PetApi extends BaseAPI {\n public addPet(pet, options) { return PetApiFp(this.configuration).addPet(pet, "
	  "options); } }\n--\n"
	  "gen/common.ts\nexport const BASE = 'https://example.com';\n"
	  "export const toPathString = function (url: URL) { return url.pathname + url.search + url.hash; };\n--\n"
	  "a.ts\nimport { PetApi } from './gen/api';\nconst api = new PetApi();\napi.addPet(1);\n",
		"a.ts:3 POST …/pet/{petId}\ngen/api.ts:8 POST …/pet/{petId}\n" },
	{ "gen/pets_api.py\nclass PetsApi:\n    def add_pet(self, pet):\n        return self._add_pet_serialize(pet)\n"
	  "    def _add_pet_serialize(self, pet):\n"
	  "        return self.api_client.param_serialize(method='POST', resource_path='/pet/{petId}')\n--\n"
	  "a.py\nfrom gen.pets_api import PetsApi\napi = PetsApi()\napi.add_pet(1)\n",
		"a.py:3 POST …/pet/{petId}\ngen/pets_api.py:5 POST …/pet/{petId}\n" },
	{ "gen/PetsApi.ts\nexport class PetsApi extends runtime.BaseAPI {\n async dropPetRaw(p: DropPet, initOverrides?: Init) {\n"
	  "  let urlPath = `/pets/{id}`;\n  urlPath = urlPath.replace('{id}', encodeURIComponent(String(p['id'])));\n"
	  "  return new Response(await this.request({ path: urlPath, method: 'DELETE' }, initOverrides));\n }\n"
	  " async dropPet(p: DropPet) { const response = await this.dropPetRaw(p); return response.value(); }\n"
	  " async addPetRequestOpts(p: AddPet) { return { path: `/pets`, method: 'POST', headers, query }; }\n"
	  " async addPet(p: AddPet) { return await this.request(await this.addPetRequestOpts(p)); }\n"
	  " async listPets() { return await this.request({ path: `/pets`, method: 'GET' }); }\n}\n--\n"
	  "apis.ts\nimport { PetsApi } from './gen/PetsApi';\nexport class Apis {\n private static made?: PetsApi;\n"
	  " static get pets(): PetsApi { if (!this.made) { this.made = new PetsApi(); } return this.made; }\n}\n--\n"
	  "a.ts\nimport { Apis } from './apis';\nApis.pets.dropPet({ id });\nApis.pets.addPet({ pet });\n",
		"a.ts:2 DELETE …/pets/{id}\na.ts:3 POST …/pets\ngen/PetsApi.ts:5 DELETE …/pets/{id}\ngen/PetsApi.ts:8 POST …/pets\n"
		"gen/PetsApi.ts:9 POST …/pets\ngen/PetsApi.ts:10 GET …/pets\n" },
	{ "pets/api_pets.go\n// Code generated by OpenAPI Generator (https://openapi-generator.tech); DO NOT EDIT.\npackage pets\n"
	  "import (\"net/http\"; \"net/url\"; \"strings\")\n"
	  "type PetsAPIService service\ntype ApiGetPetRequest struct {\n\tApiService *PetsAPIService\n\tid string\n}\n"
	  "func (r ApiGetPetRequest) Execute() error { return r.ApiService.GetPetExecute(r) }\n"
	  "func (a *PetsAPIService) GetPet(id string) ApiGetPetRequest { return ApiGetPetRequest{ApiService: a, id: id} }\n"
	  "func (a *PetsAPIService) GetPetExecute(r ApiGetPetRequest) error {\n\tvar (\n\t\tlocalVarHTTPMethod = http.MethodGet\n\t)\n"
	  "\tlocalBasePath, err := a.client.cfg.ServerURL()\n\tlocalVarPath := localBasePath + \"/pets/{id}\"\n"
	  "\tlocalVarPath = strings.Replace(localVarPath, \"{\"+\"id\"+\"}\", url.PathEscape(r.id), -1)\n"
	  "\treq, err := a.client.prepareRequest(r.ctx, localVarPath, localVarHTTPMethod, nil)\n\treturn err\n}\n--\n"
	  "pets/client.go\npackage pets\ntype service struct { client *APIClient }\ntype APIClient struct { PetsAPI *PetsAPIService }\n"
	  "func NewAPIClient() *APIClient { return &APIClient{} }\n--\n"
	  "go.mod\nmodule example.com/a\n--\n"
	  "a.go\npackage a\nimport \"example.com/a/pets\"\nfunc f() {\n\tc := pets.NewAPIClient()\n"
	  "\tc.PetsAPI.GetPet(\"1\").Execute()\n}\n",
		"a.go:5 GET …/pets/{id}\npets/api_pets.go:18 GET …/pets/{id}\n" },
	{ "src/pets_api.rs\n/*\n * Generated by: https://openapi-generator.tech\n */\n"
	  "pub async fn get_pet(configuration: &Configuration, id: &str) -> Result<(), Error> {\n"
	  "    let uri_str = format!(\"{}/pets/{id}\", configuration.base_path, id=urlencode(id));\n"
	  "    let req_builder = configuration.client.request(reqwest::Method::GET, &uri_str);\n    Ok(())\n}\n"
	  "pub struct Configuration { pub base_path: String, pub client: reqwest::Client }\n--\n"
	  "Cargo.toml\n[package]\nname = \"a\"\n[dependencies]\nreqwest = \"0.12\"\n--\n"
	  "src/main.rs\nmod pets_api;\nasync fn main() {\n    pets_api::get_pet(&configuration, \"1\").await;\n}\n",
		"src/main.rs:3 GET …/pets/{}\nsrc/pets_api.rs:6 GET …/pets/{}\n" },

	/* Python */
	{ "a.py\nimport requests\nrequests.get('http://h/a', params=x)\nrequests.request('PUT', url='http://h/b')\n"
	  "s = requests.Session()\ns.post(f'{BASE}/c')\n",
		"a.py:2 GET http://h /a\na.py:3 PUT http://h /b\na.py:5 POST …/c\n" },
	{ "a.py\nimport httpx\nasync def f():\n    async with httpx.AsyncClient(base_url='http://h/v1') as client:\n"
	  "        await client.get('/a')\n        await client.request('DELETE', '/b')\n",
		"a.py:4 GET http://h /v1/a\na.py:5 DELETE http://h /v1/b\n" },
	{ "a.py\nimport aiohttp\nasync def f(session: aiohttp.ClientSession):\n    async with session.post(f'{URL}/a') as r:\n        pass\n",
		"a.py:3 POST …/a\n" },
	{ "a.py\nfrom urllib.request import urlopen, Request\nurlopen('http://h/a')\nurlopen(Request('http://h/b', method='PUT'))\n",
		"a.py:2 GET http://h /a\na.py:3 PUT http://h /b\n" },
	{ "a.py\nimport httpx\nclass Client:\n    def __init__(self, base_url='http://h'):\n        self.base_url = base_url\n"
	  "        self.session = httpx.Client()\n    def _request(self, method, path, **kwargs):\n"
	  "        path = path.lstrip('/')\n        return self.session.request(method, f'{self.base_url}/{path}', **kwargs)\n"
	  "    def users(self):\n        return self._request('GET', '/users/active')\n",
		"a.py:10 GET …/users/active\n" },
	{ "a.py\nfrom b import call as c\nc('/a')\n--\nb.py\nimport requests\ndef call(path):\n    return requests.post(BASE + path)\n",
		"a.py:2 POST …/a\n" },
	{ "test_a.py\nfrom fastapi.testclient import TestClient\nclient = TestClient(app)\nclient.get('/a')\n", "" },
	{ "a.py\ndef f(request, cache):\n    request.get('/a')\n    cache.get('/b')\n    {}.get('/c')\n", "" },

	{ "a.py\nimport requests\ndef user(name):\n    return requests.get(f'{BASE}/users/{name}')\n--\n"
	  "tests/test_a.py\nfrom a import user\nuser('me')\n",
		"a.py:3 GET …/users/{name}\n" },

	/* Go */
	{ "a.go\npackage a\nimport \"net/http\"\nfunc f() {\n\thttp.Get(\"http://h/a\")\n"
	  "\treq, err := http.NewRequest(http.MethodPost, base+\"/b\", nil)\n\tclient := &http.Client{}\n\tclient.Head(\"http://h/c\")\n}\n",
		"a.go:4 GET http://h /a\na.go:5 POST …/b\na.go:7 HEAD http://h /c\n" },
	{ "a.go\npackage a\nimport (\"fmt\"; \"net/http\"; \"context\")\ntype Client struct { base string }\n"
	  "func (c *Client) do(ctx context.Context, method, path string) error {\n"
	  "\treq, err := http.NewRequestWithContext(ctx, method, c.base+path, nil)\n\treturn err\n}\n"
	  "func (c *Client) User(ctx context.Context, id int) error {\n"
	  "\treturn c.do(ctx, http.MethodGet, fmt.Sprintf(\"/users/%d\", id))\n}\n"
	  "func (c *Client) Unused() error { return nil }\n",
		"a.go:9 GET …/users/{id}\n" },
	{ "a.go\npackage a\nimport \"github.com/go-resty/resty/v2\"\nfunc f() {\n"
	  "\tclient := resty.New().SetBaseURL(\"http://h/v1\")\n"
	  "\tclient.R().SetHeader(\"a\", \"b\").SetPathParam(\"id\", id).Get(\"/users/{id}\")\n\tother := resty.New()\n"
	  "\tother.SetBaseURL(\"http://o\")\n\tother.R().Execute(\"PUT\", \"/x\")\n}\n",
		"a.go:5 GET http://h /v1/users/{id}\na.go:8 PUT http://o /x\n" },
	{ "a.go\npackage a\nfunc f(cache Cache) { cache.Get(\"/a\"); m.Get(\"/b\") }\n", "" },

	/* Rust */
	{ "a.rs\nuse reqwest::{Client, Method};\nstruct Api { base: String, client: Client }\nimpl Api {\n"
	  "  async fn get(&self, path: &str) -> Result<()> {\n"
	  "    self.client.get(format!(\"{}/api{}\", self.base, path)).send().await?;\n    Ok(())\n  }\n"
	  "  async fn users(&self) -> Result<()> { self.get(\"/users\").await }\n"
	  "  async fn other(&self) { self.client.request(Method::DELETE, \"http://h/x\").send().await; reqwest::get(\"http://h/y\").await; }\n}\n",
		"a.rs:8 GET …/api/users\na.rs:9 DELETE http://h /x\na.rs:9 GET http://h /y\n" },
	{ "a.rs\nfn f() { reqwest::Client::new().post(\"http://h/a\").send(); ureq::get(\"http://h/b\").call(); }\n"
	  "#[cfg(test)]\nmod tests { fn t() { reqwest::blocking::get(\"http://h/c\"); } }\n",
		"a.rs:1 POST http://h /a\na.rs:1 GET http://h /b\n" },
};

static void test_calls(void **state)
{
	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(*rows));
}

static const struct row others[] = {
	/* GraphQL */
	{ "a.ts\nimport { gql } from '@apollo/client';\nconst Q = gql`\n  query A($id: ID! = \"}\") @live {\n    me: user(id: $id) { ...F "
	  "name }\n    # no { field\n    orders { id }\n  }\n  ${F}\n`;\n",
		"a.ts:2 graphql Query.orders\na.ts:2 graphql Query.user\n" },
	{ "a.ts\nconst M = graphql(`mutation { addUser(input: { name: \"a\" }) { id } }\n subscription S { userAdded { id } }`);\n",
		"a.ts:1 graphql Mutation.addUser\na.ts:1 graphql Subscription.userAdded\n" },
	{ "a.ts\nconst F = gql`fragment F on User { id }`;\nconst T = gql`type Query { user: User }\n extend type Mutation { a: B }`;\n"
	  "const Q = gql`{ ...F me { id } ... on Query { x } @skip(if: true) you }`;\n",
		"a.ts:4 graphql Query.me\na.ts:4 graphql Query.you\n" },
	{ "a.ts\nimport { request, GraphQLClient } from 'graphql-request';\nrequest(url, `query { a }`);\n"
	  "new GraphQLClient(url).request(`mutation { b }`);\n",
		"a.ts:2 graphql Query.a\na.ts:3 graphql Mutation.b\n" },
	{ "a.py\nfrom gql import gql\nq = gql(\"\"\"query { user { id } }\"\"\")\n", "a.py:2 graphql Query.user\n" },
	{ "a.ts\ngql`query {`;\ngql`query`;\ngql`${x}`;\ngql`{ a`;\n", "a.ts:4 graphql Query.a\n" },

	/* gRPC */
	{ "a.go\npackage a\nimport pb \"github.com/x/pb\"\ntype S struct { users pb.UserServiceClient }\nfunc (s *S) f() {\n"
	  "\tg := pb.NewGreeterClient(conn)\n\tg.SayHello(ctx, nil)\n\tpb.NewGreeterClient(conn).SayHello(ctx, nil)\n"
	  "\ts.users.GetUser(ctx, nil)\n\tg.Other(ctx)\n\tlog.SayHello()\n}\n--\n"
	  "p.proto\nsyntax = \"proto3\";\npackage a.v1;\nservice Greeter { rpc SayHello (R) returns (R); }\n"
	  "service UserService { rpc GetUser (R) returns (R); }\nmessage R {}\n",
		"a.go:6 grpc a.v1.Greeter/SayHello\na.go:7 grpc a.v1.Greeter/SayHello\na.go:8 grpc a.v1.UserService/GetUser\n" },
	{ "a.py\nimport demo_pb2_grpc\nstub = demo_pb2_grpc.GreeterStub(channel)\nstub.SayHello(x)\n--\n"
	  "p.proto\nsyntax = \"proto3\";\nservice Greeter { rpc SayHello (R) returns (R); }\nmessage R {}\n",
		"a.py:3 grpc Greeter/SayHello\n" },
	{ "a.rs\nuse pb::greeter_client::GreeterClient;\nasync fn f() {\n"
	  "  let mut c = GreeterClient::connect(\"http://h\").await?;\n  c.say_hello(x).await?;\n"
	  "  let d = GreeterClient::new(ch).max_decoding_message_size(1);\n  d.say_hello(x);\n}\n--\n"
	  "p.proto\nsyntax = \"proto3\";\npackage a;\nservice Greeter { rpc SayHello (R) returns (R); }\nmessage R {}\n",
		"a.rs:4 grpc a.Greeter/SayHello\na.rs:6 grpc a.Greeter/SayHello\n" },
	{ "a.ts\nimport { GreeterClient } from './pb';\nconst client = new GreeterClient(url);\nclient.sayHello({});\n--\n"
	  "p.proto\nsyntax = \"proto3\";\npackage a;\nservice Greeter { rpc SayHello (R) returns (R); }\nmessage R {}\n",
		"a.ts:3 grpc a.Greeter/SayHello\n" },
	{ "a.py\nstub = GreeterStub(channel)\nstub.SayHello(x)\n--\n"
	  "p.proto\nsyntax = \"proto3\";\npackage a;\nservice Greeter { rpc SayHello (R) returns (R); }\nmessage R {}\n--\n"
	  "q.proto\nsyntax = \"proto3\";\npackage b;\nservice Greeter { rpc SayHello (R) returns (R); }\nmessage R {}\n",
		"" },

	/* sockets */
	{ "a.ts\nimport { io } from 'socket.io-client';\nconst socket = io('/x');\nsocket.emit('join', room);\nsocket.on('joined', f);\n"
	  "socket.emit(name);\n",
		"a.ts:3 websocket join\n" },
	{ "a.ts\nimport { EventEmitter } from 'events';\nconst e = new EventEmitter();\ne.emit('join');\n", "" },
	{ "a.py\nimport socketio\nsio = socketio.Client()\nsio.emit('join', {})\n", "a.py:3 websocket join\n" },
};

static void test_others(void **state)
{
	(void)state;
	check_rows(others, sizeof(others) / sizeof(*others));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_calls), cmocka_unit_test(test_others) };
	parse_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
