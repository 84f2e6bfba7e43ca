/* SPDX-License-Identifier: ISC */
/*
 * What goes between a client and a broker, which hands messages on: a packet of
 * MQTT (OASIS MQTT 3.1.1 and 5.0), a frame of STOMP (1.0 to 1.2). Nothing is
 * remembered: what a packet is has to stand in it.
 */
#ifndef NP_BROKER_H
#define NP_BROKER_H
#include "proto/lib/body.h"

#define NP_BROKER_LINES 64 /* headers of a frame of STOMP */

struct np_brokered {
	bool carries;	/* a message is in it; else it is of the two ends */
	bool opens;	/* it opens a session, or says that one is open */
	bool handed_on; /* STOMP: by the broker; of MQTT it stands nowhere */
	struct np_cur body;  /* of the message */
	struct np_cur body5; /* MQTT: the same, if it is of version 5 */
	size_t size;	     /* octets of all; when MORE, as far as known */
};

enum np_part np_mqtt(struct np_cur c, struct np_brokered *ret);
/* A client's wish for messages of some topics (MQTT 3.8), whole: what begins
 * so may be another's. */
bool np_mqtt_subscribe(struct np_cur c);
enum np_part np_stomp(struct np_cur c, struct np_brokered *ret);
#endif
