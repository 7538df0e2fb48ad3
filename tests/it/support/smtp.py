"""A mail server for tests: keeps what it gets as files, and fails for the recipients temp@, perm@, hang@ and drop@.

Arguments: folder, mode (starttls | wrapped | none), certificate, key. Prints its port; ends when its standard input does.
"""

import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, mode, certificate, key = sys.argv[1:5]


class Handler:
    kept = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("temp@"):
            return f"451 4.3.0 <{address}> is busy, try again later"
        if address.startswith("perm@"):
            return f"550 5.1.1 <{address}> is unknown here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server, session, envelope):
        if any(to.startswith("hang@") for to in envelope.rcpt_tos):
            await asyncio.sleep(3)
            return "451 4.3.0 too late"
        self.keep(envelope)
        if any(to.startswith("drop@") for to in envelope.rcpt_tos):
            server.transport.abort()
        return "250 2.0.0 kept"

    def keep(self, envelope):
        Handler.kept += 1
        name = os.path.join(folder, f"{Handler.kept:04}")
        with open(name + ".json", "w") as file:
            json.dump(envelope.rcpt_tos, file)
        with open(name + ".part", "wb") as file:
            file.write(envelope.content)
        os.rename(name + ".part", name + ".eml")


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"attune", b"correct horse")
    return AuthResult(success=right, handled=False)


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = Handler()

    def session():
        return SMTP(
            handler,
            hostname="localhost",
            tls_context=context if mode == "starttls" else None,
            require_starttls=mode == "starttls",
            authenticator=authenticate,
            auth_required=mode != "none",
            auth_require_tls=mode == "starttls",
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", 0, ssl=context if mode == "wrapped" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
