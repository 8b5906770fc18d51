#include "bylaw/contract.h"
#include "base/arena.h"
struct proto_contract{int x;}; struct proto_input{file_id file; struct str path; const struct facts*facts;};
static inline void proto_contract_build(struct proto_contract*c,const struct proto_input*i,uint32_t n,struct arena*a){(void)c;(void)i;(void)n;(void)a;}
static inline void proto_contract_diff(const struct proto_contract*a,const struct proto_contract*b,struct arena*ar,struct proto_change**c,uint32_t*n){(void)a;(void)b;(void)ar;*c=0;*n=0;}
