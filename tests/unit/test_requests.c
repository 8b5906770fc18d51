/* Requests of HTTP clients: what is asked, of whom, and where the wrappers around them are called. */
#include "requests.h"

static const struct row rows[] = {
	/* fetch */
	{ "a.ts\nfetch('/users');\n", "a.ts:1 GET /users\n" },
	{ "a.ts\nwindow.fetch(`/users/${id}`, { method: 'DELETE' });\n", "a.ts:1 DELETE /users/{id}\n" },
	{ "a.ts\nconst method = 'put';\nfetch('/a', { method });\n", "a.ts:2 PUT /a\n" },
	{ "a.ts\nfetch('/a', options);\n", "a.ts:1 ? /a\n" },
	{ "a.ts\nfetch('/a', { ...options });\n", "a.ts:1 ? /a\n" },
	{ "a.ts\nfetch('/a', { headers: {} });\n", "a.ts:1 GET /a\n" },
	{ "a.ts\nfetch('/a', { ...options, method: 'POST' });\n", "a.ts:1 POST /a\n" },
	{ "a.ts\nfetch('/a', { method: id ? 'PUT' : 'POST' });\n", "a.ts:1 POST /a\na.ts:1 PUT /a\n" },
	{ "a.ts\nfetch(id ? `/a/${id}` : '/a', { method: id ? 'PUT' : 'POST' });\n",
		"a.ts:1 POST /a\na.ts:1 PUT /a/{id}\n" },
	{ "a.ts\nfetch(new Request('/a', { method: 'POST' }));\n", "a.ts:1 POST /a\n" },
	{ "a.ts\nfetch(new URL('/a', 'https://x.y/b'));\n", "a.ts:1 GET https://x.y /a\n" },
	{ "a.ts\nfetch(new URL('/a', API));\n", "a.ts:1 GET /a\n" },
	{ "a.ts\nconst u = new URL(`${API}/a`);\nu.searchParams.set('q', q);\nfetch(u.toString());\n",
		"a.ts:3 GET …/a\n" },
	{ "a.ts\nfetch('data:text/plain,x');\nfetch(url);\nfetch(`${base}${path}`);\n", "" },
	{ "a.ts\nfunction f(fetch) { fetch('/a'); }\n", "" },
	{ "a.ts\nimport fetch from 'node-fetch';\nfetch('http://h:80/a');\n", "a.ts:2 GET http://h:80 /a\n" },
	{ "a.ts\nnew EventSource('/events');\nnavigator.sendBeacon('/log', x);\n",
		"a.ts:1 GET /events\na.ts:2 POST /log\n" },
	{ "a.ts\nconst x = new XMLHttpRequest();\nx.open('PUT', '/a');\n", "a.ts:2 PUT /a\n" },

	/* what a URL says */
	{ "a.ts\nfetch('https://x.y/a?b=c#d');\n", "a.ts:1 GET https://x.y /a\n" },
	{ "a.ts\nfetch(`/a${query}`);\n", "a.ts:1 GET /a\n" },
	{ "a.ts\nfetch(`/a/${id}${query}`);\n", "a.ts:1 GET /a/{id}\n" },
	{ "a.ts\nfetch(`/a-${id}`);\n", "a.ts:1 GET /a-{id}\n" },
	{ "a.ts\nfetch(`/a/${name}.json`);\n", "a.ts:1 GET /a/{name}.json\n" },
	{ "a.ts\nfetch(`${process.env.API}/a`);\n", "a.ts:1 GET …/a\n" },
	{ "a.ts\nfetch(`http://${host}:${port}/a`);\n", "a.ts:1 GET /a\n" },
	{ "a.ts\nfetch(`${location.protocol}//${location.host}/a`);\n", "a.ts:1 GET /a\n" },
	{ "a.ts\nfetch('/');\nfetch('https://x.y');\nfetch(`https://${host}/`);\n",
		"a.ts:1 GET /\na.ts:2 GET https://x.y /\n" },
	{ "a.ts\nfetch(`${host}:8080/a`);\n", "a.ts:1 GET /a\n" },
	{ "a.ts\nfetch(`${window.location.origin}/a`);\n", "a.ts:1 GET /a\n" },
	{ "a.ts\nconst API = process.env.API ?? 'https://x.y/v1';\nfetch(API + '/a');\n",
		"a.ts:2 GET https://x.y /v1/a\n" },
	{ "a.ts\nfetch('/users/:id'.replace(':id', id));\n", "a.ts:1 GET /users/{id}\n" },

	/* axios */
	{ "a.ts\nimport axios from 'axios';\naxios.get('/a');\naxios.post('/b', {});\naxios.request({ url: '/c', method: 'PUT' });\n"
	  "axios({ url: '/d' });\naxios('/e', { method: 'head' });\n",
		"a.ts:2 GET /a\na.ts:3 POST /b\na.ts:4 PUT /c\na.ts:5 GET /d\na.ts:6 HEAD /e\n" },
	{ "a.js\nconst axios = require('axios');\naxios.get('/a', { baseURL: '/b' });\n", "a.js:2 GET /b/a\n" },
	{ "a.ts\nimport api from './b';\napi.get('/a');\napi({ url: '/c', method: 'patch' });\n--\nb.ts\nimport axios from 'axios';\n"
	  "const instance = axios.create({ baseURL: '/api/' });\nexport default instance;\n",
		"a.ts:2 GET /api/a\na.ts:3 PATCH /api/c\n" },
	{ "a.ts\nimport { api } from './b';\napi.delete('a');\n--\nb.ts\nimport axios from 'axios';\n"
	  "export const api = axios.create({ baseURL: process.env.API });\n",
		"a.ts:2 DELETE …/a\n" },
	{ "a.ts\nimport axios from 'axios';\nconst api = axios.create({ baseURL: '/api' });\n"
	  "api.interceptors.request.use((c) => { c.url = `/${org}${c.url}`; return c; });\napi.get('/a');\naxios.get('/b');\n",
		"a.ts:4 GET …/a\na.ts:5 GET /b\n" },
	{ "a.ts\nimport axios from 'axios';\nconst api = axios.create({ baseURL: '/api' });\n"
	  "api.interceptors.request.use((c) => { c.headers.set('a', b); return c; });\napi.get('/a');\n",
		"a.ts:4 GET /api/a\n" },
	{ "a.ts\nimport axios from 'axios';\naxios.defaults.baseURL = '/api';\naxios.get('/a');\n",
		"a.ts:3 GET /api/a\n" },
	{ "a.ts\nimport { AxiosInstance } from 'axios';\nclass A { constructor(private http: AxiosInstance) {}\n"
	  " f() { return this.http.get('/a'); } }\n",
		"a.ts:3 GET …/a\n" },

	/* others of the browser and of Node */
	{ "a.ts\nimport ky from 'ky';\nconst api = ky.create({ prefixUrl: 'https://x.y/v1' });\napi.post('a').json();\n"
	  "api('b', { method: 'put' });\napi.extend({ headers: {} }).get('c');\n",
		"a.ts:3 POST https://x.y /v1/a\na.ts:4 PUT https://x.y /v1/b\na.ts:5 GET https://x.y /v1/c\n" },
	{ "a.ts\nimport { ofetch } from 'ofetch';\nconst api = ofetch.create({ baseURL: '/v1' });\napi('/a', { method: 'POST' });\n"
	  "$fetch('/b');\nuseFetch(() => `/c/${id}`);\n",
		"a.ts:3 POST /v1/a\na.ts:4 GET /b\na.ts:5 GET /c/{id}\n" },
	{ "a.ts\nimport got from 'got';\nawait got.post('https://x.y/a').json();\n", "a.ts:2 POST https://x.y /a\n" },
	{ "a.ts\nimport request from 'superagent';\nrequest.get('/a').set('x', y);\nrequest('POST', '/b');\n",
		"a.ts:2 GET /a\na.ts:3 POST /b\n" },
	{ "a.js\n$.ajax({ url: '/a', type: 'POST' });\n$.getJSON('/b', f);\n", "a.js:1 POST /a\na.js:2 GET /b\n" },
	{ "a.ts\nimport http from 'node:http';\nhttp.request({ host: 'h', path: '/a', method: 'POST' });\nhttp.get('http://h/b');\n",
		"a.ts:2 POST /a\na.ts:3 GET http://h /b\n" },
	{ "a.ts\nimport { HttpClient } from '@angular/common/http';\nimport { inject } from '@angular/core';\n"
	  "class A { http = inject(HttpClient); constructor(private h: HttpClient) {}\n"
	  " f() { this.h.get<X>('/a'); this.http.request('PUT', '/b'); } }\n",
		"a.ts:4 GET /a\na.ts:4 PUT /b\n" },
	{ "a.ts\nimport { HttpService } from '@nestjs/axios';\nclass A { constructor(private readonly http: HttpService) {}\n"
	  " f() { return this.http.post(`${this.url}/a`); } }\n",
		"a.ts:3 POST …/a\n" },

	/* hooks */
	{ "a.tsx\nimport useSWR from 'swr';\nconst fetcher = (url) => fetch(url).then((r) => r.json());\nuseSWR(id ? `/a/${id}` : null, "
	  "fetcher);\nuseSWR('/b', (url) => fetch(`/api${url}`));\n",
		"a.tsx:3 GET /a/{id}\na.tsx:4 GET /api/b\n" },
	{ "a.ts\nimport useSWR from 'swr';\nimport axios from 'axios';\nconst api = axios.create({ baseURL: '/api' });\n"
	  "useSWR('/a', api.get);\nuseSWR([`/b/${id}`, page], api.get);\nuseSWR('/c', axios.get);\n",
		"a.ts:4 GET /api/a\na.ts:5 GET /api/b/{id}\na.ts:6 GET /c\n" },
	{ "a.ts\nimport { fetchEventSource } from '@microsoft/fetch-event-source';\nfetchEventSource('/a', { method: 'POST' });\n"
	  "fetchEventSource('/b');\n",
		"a.ts:2 POST /a\na.ts:3 GET /b\n" },
	{ "a.tsx\nimport useSWR from 'swr';\nuseSWR('/a');\nuseSWR('user');\n", "a.tsx:2 GET /a\n" },
	{ "a.tsx\nimport { useQuery } from '@tanstack/react-query';\nuseQuery({ queryKey: ['/api/a'] });\nuseQuery({ queryKey: ['b'] });\n"
	  "useQuery({ queryKey: ['/c'], queryFn: () => fetch('/d') });\n",
		"a.tsx:2 GET /api/a\na.tsx:4 GET /d\n" },
	{ "a.ts\nimport { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';\n"
	  "export const api = createApi({ baseQuery: fetchBaseQuery({ baseUrl: '/api' }), endpoints: (build) => ({\n"
	  " getUser: build.query({ query: (id) => `/users/${id}` }),\n"
	  " addUser: build.mutation({ query: (body) => ({ url: '/users', method: 'POST', body }) }) }) });\n--\n"
	  "b.ts\nimport { api } from './a';\napi.injectEndpoints({ endpoints: (b) => ({ x: b.query({ query: () => 'x' }) }) });\n",
		"a.ts:3 GET /api/users/{id}\na.ts:4 POST /api/users\nb.ts:2 GET /api/x\n" },
	{ "a.ts\nimport createClient from 'openapi-fetch';\nconst client = createClient<paths>({ baseUrl: '/v1' });\n"
	  "client.GET('/users/{id}', { params });\n",
		"a.ts:3 GET /v1/users/{id}\n" },

	{ "a.ts\nimport createClient from 'openapi-fetch';\nimport createQuery from 'openapi-react-query';\n"
	  "const $api = createQuery(createClient<paths>({ baseUrl: '/v1' }));\n$api.useQuery('get', '/users');\n",
		"a.ts:4 GET /v1/users\n" },

	/* a query that is put behind a URL, and more of a path */
	{ "a.ts\nimport axios from 'axios';\nfunction f(q) {\n let url = '/a';\n if (q) url = `${url}?q=${q}`;\n axios.get(url);\n}\n"
	  "function g(q) {\n let url = '/b';\n url = url + '?q=' + q;\n axios.get(url);\n}\n"
	  "function h(id) {\n let url = '/c';\n url = `${url}/${id}`;\n axios.get(url);\n}\n",
		"a.ts:5 GET /a\na.ts:10 GET /b\n" },

	/* clients handed around */
	{ "a.tsx\nimport { useApi } from './b';\nfunction A() { const { api } = useApi(); return api.get('/a'); }\n--\n"
	  "b.tsx\nimport { createContext, useContext } from 'react';\nimport axios from 'axios';\n"
	  "const C = createContext({ api: axios.create({ baseURL: '/v1' }) });\n"
	  "export function useApi() { const c = useContext(C); if (!c) throw 1; return c; }\n",
		"a.tsx:2 GET …/a\n" },
	{ "a.ts\nimport { make } from './b';\nconst api = make('/v2');\napi.get('/a');\n--\nb.ts\nimport axios from 'axios';\n"
	  "export const make = (baseURL) => { const c = axios.create({ baseURL }); c.interceptors.response.use(f); return c; };\n",
		"a.ts:3 GET /v2/a\n" },
	{ "a.ts\nimport axios from 'axios';\nconst api = { ...axios.create({ baseURL: '/v1' }), own: 1 };\napi.get('/a');\n",
		"a.ts:3 GET /v1/a\n" },

	/* the last of several returns */
	{ "a.ts\nconst url = (p) => { if (x) { return `${A}${p}`; } return `${B}${p}`; };\nfetch(url('/a'));\n",
		"a.ts:2 GET …/a\n" },
	{ "a.ts\nconst url = (p) => { if (x) { return '/b'; } return known; };\nfetch(url('/a'));\n", "" },

	/* traps */
	{ "a.ts\nimport express from 'express';\nconst router = express.Router();\nrouter.get('/a', (request, response) => {\n"
	  " request.get('Content-Type'); cache.get('/a'); map.delete('/b'); new Map().get('/c'); });\n",
		"" },
	{ "a.tsx\nimport { useNavigate } from 'react-router-dom';\nimport { useRouter } from 'next/router';\n"
	  "const navigate = useNavigate(); navigate('/a');\nconst router = useRouter(); router.push('/b'); router.replace('/c');\n",
		"" },
	{ "a.test.ts\nimport request from 'supertest';\nrequest(app).get('/a').expect(200);\n",
		"" }, /* what tests ask of us is no use of ours */
	{ "a.ts\nimport axios from 'axios';\nconst axios2 = other();\naxios2.get('/a');\n", "" },
};

#define SERVER                                                                                                               \
	"\n--\nserver.ts\nimport express from 'express';\nconst app = express();\napp.get('/a/:id', h);\n"                   \
	"app.post('/b', h);\napp.get('/api/v1/c', h);\napp.get('/', h);\napp.get('/api/d', (req, res: express.Response) => " \
	"res.redirect(302, '/a/1'));\napp.listen(1);\n"
#define REDIRECT "server.ts:7 GET /a/1\n"

/* Links are requests where they land. */
static const struct row links[] = {
	{ "a.tsx\nconst A = () => <p><a href='/a/1'>x</a><a href={`/a/${id}?x=1`} /><a href='/pages' /><a href='#a' /></p>;" SERVER,
		"a.tsx:1 GET /a/1\na.tsx:1 GET /a/{id}\n" REDIRECT },
	{ "a.tsx\nconst A = () => <img src='/a/1' alt='/a/2' />;" SERVER, "a.tsx:1 GET /a/1\n" REDIRECT },
	{ "a.tsx\nconst A = () => <form action='/b' method='POST'><button formAction='/a/1' /></form>;" SERVER,
		"a.tsx:1 POST /b\na.tsx:1 GET /a/1\n" REDIRECT },
	{ "a.tsx\nconst A = () => <form action='/b' />;" SERVER, REDIRECT }, /* a form without a method gets */
	{ "a.tsx\nconst Link = ({ to }) => <a href={to} />;\nconst A = () => <Link to='/a/1' />;" SERVER,
		"a.tsx:2 GET /a/1\n" REDIRECT },
	/* as it stands; with a beginning that names a server, any end */
	{ "a.tsx\nconst A = () => <p><a href='/c' /><a href={`${API}/c`} /><a href='/api/a/1' /><a href='/' /></p>;" SERVER,
		"a.tsx:1 GET …/c\na.tsx:1 GET /api/a/1\n" REDIRECT },
	{ "a.tsx\nconst A = () => <a href='https://example.com/a/1' />;" SERVER, REDIRECT },
	{ "a.ts\nwindow.location.href = '/a/1';\nlocation.assign('/a/2');\nwindow.open(`/a/${id}`, '_blank');\nlocation = '/a/4';" SERVER,
		"a.ts:1 GET /a/1\na.ts:2 GET /a/2\na.ts:3 GET /a/{id}\na.ts:4 GET /a/4\n" REDIRECT },
	{ "a.tsx\nconst A = () => <a href='http://localhost:3000/a/1' />;" SERVER,
		"a.tsx:1 GET http://localhost:3000 /a/1\n" REDIRECT },
	{ "a.tsx\nconst A = () => <p><a href='https://api.example.com/v1/a/export' /><a href='https://example.com/v1/a' /></p>;\n--\n"
	  "server.ts\nimport express from 'express';\nconst app = express();\napp.get('/v1/a/export', h);\n"
	  "app.get('/v1/a', h);\napp.listen(1);\n",
		"a.tsx:1 GET https://api.example.com /v1/a/export\n" },
	{ "a.tsx\nconst items = [{ href: '/a/1' }, { title: '/a/2' }];\nconst A = () => items.map((item) => <a href={item.href} />);" SERVER,
		"a.tsx:1 GET /a/1\n" REDIRECT },
	/* names of routes, whatever the receiver; a name that no route has asks nothing */
	{ "a.py\nfrom fastapi import FastAPI, Request\napp = FastAPI()\n@app.get('/a/{id}', name='a:get')\ndef get(id): ...\n"
	  "@app.get('/b')\ndef list_b(request: Request):\n return [request.url_for('a:get', id=1),\n"
	  "  lambda r: r.url_for('list_b'), r.url_for('c')]\n",
		"a.py:7 ? /a/{id}\na.py:8 ? /b\n" },
	{ "a.py\nfrom flask import Flask, url_for\napp = Flask(__name__)\n@app.route('/a')\ndef get(): ...\n"
	  "def link(name):\n return url_for(name)\ndef page():\n return link('main.get')\n",
		"a.py:8 ? /a\n" },
	/* markup of components */
	{ "a.vue\n<template><a href='/a/1'/>\n<a :href=\"target\"/><form action='/b'/></template>\n"
	  "<script setup>\nconst target = '/a/2'\n</script>" SERVER,
		"a.vue:1 GET /a/1\na.vue:2 GET /a/2\na.vue:2 ? /b\n" REDIRECT },
	{ "a.svelte\n<img src='/a/{id}'><img src={`/a/${id}/x`}>" SERVER, "a.svelte:1 GET /a/{id}\n" REDIRECT },
	{ "a.ts\nhref: '/a/1';" SERVER, REDIRECT },
	/* pages and templates */
	{ "a.html\n<script>$.post(root() + '/b', { id: 1 }); $.get({ url: '/a/1' })</script>" SERVER,
		"a.html:1 POST …/b\na.html:1 GET /a/1\n" REDIRECT },
	{ "a.html\n<a href='/a/1'>x</a><a href='/a/{{ id }}'>\n<script src='/a/2'></script><form action='/b'>\n<p class='/a/3'>" SERVER,
		"a.html:1 GET /a/1\na.html:1 GET /a/{______}\na.html:2 GET /a/2\na.html:2 ? /b\n" REDIRECT },
	{ "a.html\n<p hx-get='/a/1' data-hx-post='/b'>\n<p data-url='/a/2' onclick=\"location.href = '/a/3'\">" SERVER,
		"a.html:1 GET /a/1\na.html:1 POST /b\na.html:2 ? /a/2\na.html:2 GET /a/3\n" REDIRECT },
	{ "a.html\n<p hx-delete='/other'>\n<script>const f = (id) => fetch(`/a/${id}`);\nf({{ id }});\nfetch('/b', { method: 'POST' })</script>" SERVER,
		"a.html:1 DELETE /other\na.html:2 GET /a/{id}\na.html:4 POST /b\n" REDIRECT },
	{ "a.html\n<a [href]=\"'/a/' + id\" (click)=\"window.open('/a/1')\">" SERVER,
		"a.html:1 GET /a/{id}\na.html:1 GET /a/1\n" REDIRECT },
	{ "a.html\n<a href='../../a/1'>\n<form action='{{ path \"/a/%d\" .ID }}'>\n{% include '/a/x/y' %}" SERVER,
		"a.html:1 GET …/a/1\na.html:2 ? /a/{}\n" REDIRECT },
	{ "a.html\n{% url 'page' %}\n--\na.py\nfrom fastapi import FastAPI\napp = FastAPI()\n@app.get('/{slug}')\ndef page(slug): ...\n",
		"a.html:1 ? /{slug}\n" },
	{ "a.html\n<a href=\"{% url 'a:get' 1 %}?x=1\">{{ url_for('list_b') }}\n<script>go('{{ url_for(\"list_b\") }}')</script>{% url 'c' %}\n--\n"
	  "a.py\nfrom fastapi import FastAPI\napp = FastAPI()\n@app.get('/a/{id}', name='a:get')\ndef get(id): ...\n"
	  "@app.get('/b')\ndef list_b(): ...\n",
		"a.html:1 ? /a/{id}\na.html:1 ? /b\na.html:2 ? /b\n" },
	{ "tests/a.html\n<a href='/a/1'>\n--\nweb/dist/a.html\n<a href='/a/1'>\n--\ndocs/a.html\n<a href='/a/1'>" SERVER,
		REDIRECT },
	/* a link that is requested, too, is a request; what is called so by the project is no window */
	{ "a.tsx\nconst A = ({ url }) => { fetch(url); return <a href={url} />; };\nconst B = () => <A url='/x' />;" SERVER,
		"a.tsx:2 GET /x\n" REDIRECT },
	{ "a.ts\nfunction f(location, window) { location.href = '/a/1'; window.open('/a/1'); }\nfile.href = '/a/1';" SERVER,
		REDIRECT },
};

static void test_links(void **state)
{
	(void)state;
	check_rows(links, sizeof(links) / sizeof(*links));
}

static void test_requests(void **state)
{
	(void)state;
	check_rows(rows, sizeof(rows) / sizeof(*rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_requests), cmocka_unit_test(test_links) };
	parse_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
