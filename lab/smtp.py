#!/usr/bin/env python3
"""aiosmtpd under a host name and a greeting of choice.

smtp.py PORT HOSTNAME IDENT
"""
import asyncio
import sys

from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Sink(), hostname=sys.argv[2], ident=sys.argv[3]),
        port=int(sys.argv[1]))
    await server.serve_forever()


asyncio.run(main())
