// A real OpenID Connect provider for the tests: oidc-provider, which is certified, with its own pages for signing in.
// Arguments: port, client secret, the address to send browsers back to. Whoever types an address as login has that address,
// verified unless it begins with "unverified"; "nameless" has none.
import Provider from "oidc-provider";

const [port, secret, callback] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "attune", client_secret: secret, redirect_uris: [callback] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  cookies: { keys: ["a key for tests"] },
  findAccount: (_, login) => ({
    accountId: login,
    claims: (use, scope) => ({
      sub: `subject-of-${login}`,
      ...(login.includes("nameless") ? {} : { email: login, email_verified: !login.includes("unverified") }),
      name: "Kari <b>Nordmann</b>",
    }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
