/* SPDX-License-Identifier: ISC */
/* Plain little-endian pcap only: the reader with all formats replaces this
 * file; whoever lands it deletes this one. */
#include "source/source.h"
#include "core/time.h"
#include <stdlib.h>
#include <unistd.h>
#include <string.h>
struct np_source { int fd; uint8_t *b; size_t at,n; struct np_source_stats st; uint32_t link; bool swap; int64_t mul; };
#define B (256*1024)
int np_source_open(int fd,const char*name,struct np_source**ret,struct np_err*e){ struct np_source*s=calloc(1,sizeof*s); s->fd=fd; s->b=malloc(2*B); ssize_t n; while((n=read(fd,s->b+s->n,B-s->n))>0) s->n+=(size_t)n; uint32_t h[6]; if(s->n<24) return np_fail(e,NP_EINPUT,"short",name,0); memcpy(h,s->b,24); if(h[0]==0xa1b2c3d4) s->mul=1000; else if(h[0]==0xa1b23c4d) s->mul=1; else return np_fail(e,NP_EINPUT,"not pcap",name,0); s->link=h[5]&0xffff; s->at=24; s->st.kind="pcap"; s->st.drops=-1; s->st.first=s->st.last=NP_NEVER; *ret=s; return 0;}
int np_source_next(struct np_source*s,struct np_frame*f,struct np_err*e){ (void)e; for(;;){ if(s->n-s->at>=16){ uint32_t h[4]; memcpy(h,s->b+s->at,16); if(h[2]>200000) return -3; if(s->n-s->at>=16+h[2]){ f->p=s->b+s->at+16; f->n=h[2]; f->wire_n=h[3]; f->number=++s->st.frames; f->time=(int64_t)h[0]*1000000000+h[1]*s->mul; f->linktype=s->link; s->at+=16+h[2]; s->st.last=f->time; return 1; } } memmove(s->b,s->b+s->at,s->n-s->at); s->n-=s->at; s->at=0; ssize_t n=read(s->fd,s->b+s->n,B); if(n<=0) return 0; s->n+=(size_t)n; s->st.bytes+=(size_t)n; }}
void np_source_stats(const struct np_source*s,struct np_source_stats*r){*r=s->st;}
void np_source_close(struct np_source*s){free(s->b);free(s);}
