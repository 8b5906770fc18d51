/* gRPC: services of protos, and the servers that serve them. */
#include "endpoints.h"

#define PROTO                                                                                                            \
	"o.proto\nsyntax = \"proto3\";\npackage shop.v1;\nservice Orders { rpc ListItems (A) returns (B); rpc Find (A) " \
	"returns (B); }\nservice Unserved { rpc No (A) returns (B); }\n--\n"

static const struct endpoint_row rows[] = {
	{ PROTO "a.go\npackage main\nimport pb \"acme.io/gen\"\ntype server struct { pb.UnimplementedOrdersServer }\nfunc (s *server) "
		"ListItems() {}\nfunc main() { pb.RegisterOrdersServer(s, &server{}); pb.RegisterHealthServer(s, h) }\n",
		"grpc shop.v1.Orders/Find; grpc shop.v1.Orders/ListItems server.ListItems" },
	/* handed over as something that does not tell: what embeds the generated stub implements it */
	{ PROTO "a.go\npackage main\nimport pb \"acme.io/gen\"\ntype server struct { pb.UnimplementedOrdersServer }\nfunc (s *server) "
		"Find() {}\nfunc main(impl pb.OrdersServer) { pb.RegisterOrdersServer(s, impl) }\n",
		"grpc shop.v1.Orders/Find server.Find; grpc shop.v1.Orders/ListItems" },
	{ PROTO "a.js\nconst grpc = require('@grpc/grpc-js');\nconst s = new grpc.Server();\ns.addService(pkg.shop.v1.Orders.service, { "
		"listItems: list, Find: (c) => 1 });\nfunction list() {}\n",
		"grpc shop.v1.Orders/Find; grpc shop.v1.Orders/ListItems list" },
	{ PROTO "a.ts\nimport { Server } from '@grpc/grpc-js';\nimport { OrdersService } from './gen';\nclass Impl { find() {} }\nnew "
		"Server().addService(OrdersService, new Impl());\n",
		"grpc shop.v1.Orders/Find Impl.find; grpc shop.v1.Orders/ListItems" },
	{ PROTO "a.py\nimport orders_pb2_grpc\nclass Orders(orders_pb2_grpc.OrdersServicer):\n    def ListItems(self, a, b):\n        "
		"pass\norders_pb2_grpc.add_OrdersServicer_to_server(Orders(), server)\n",
		"grpc shop.v1.Orders/Find; grpc shop.v1.Orders/ListItems Orders.ListItems" },
	{ PROTO "src/main.rs\nstruct Impl {}\nimpl Orders for Impl { async fn list_items(&self) {} }\nfn main() { "
		"Server::builder().add_service(OrdersServer::new(Impl {})); }\n",
		"grpc shop.v1.Orders/Find; grpc shop.v1.Orders/ListItems list_items" },
	{ PROTO "a.go\npackage main\nfunc main() { pb.NewOrdersClient(c); RegisterNothingServer(s, x) }\n", "" },
};

ENDPOINT_TESTS(rows)
