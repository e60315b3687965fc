// A certified OpenID provider on loopback: node provider.js PORT CALLBACK. It signs in whom it is told to
// (POST /test), and can be told to answer as a false or a broken provider would.
import { createSign, generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, callback] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const own = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const kid = 'own';
let told = { subject: '', claims: {}, twist: '', ahead: 0 };

const provider = new Provider(issuer, {
  clients: [{ client_id: 'samraad', client_secret: 'hemmelig', redirect_uris: [callback] }],
  jwks: { keys: [{ ...own.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] },
  cookies: { keys: ['kun-til-proever'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  claims: { email: ['email', 'email_verified'], profile: ['name', 'cvr', 'groups', 'loa'] },
  interactions: { url: (_, interaction) => `/sign-in/${interaction.uid}` },
  findAccount: (_, subject) => ({ accountId: subject, claims: () => ({ sub: subject, ...told.claims }) }),
});

const coded = (thing) => Buffer.from(JSON.stringify(thing)).toString('base64url');
const signed = (claims, key) => {
  const text = `${coded({ alg: 'RS256', kid })}.${coded(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
};
const TWISTS = {
  unsigned: (claims) => `${coded({ alg: 'none' })}.${coded(claims)}.`,
  'signed by another': (claims) => signed(claims, strange),
  'for another': (claims) => signed({ ...claims, aud: 'another', azp: 'samraad' }, own),
  'from another': (claims) => signed({ ...claims, iss: 'http://127.0.0.1:1' }, own),
  'another nonce': (claims) => signed({ ...claims, nonce: 'old' }, own),
  'no nonce': ({ nonce, ...claims }) => signed(claims, own),
  'another clock': (claims) =>
    signed({ ...claims, iat: claims.iat + told.ahead, exp: claims.exp + told.ahead }, own),
  'no token': () => undefined,
};

provider.use(async (ctx, next) => {
  if (ctx.path === '/test') {
    const parts = [];
    for await (const part of ctx.req) parts.push(part);
    told = { twist: '', ahead: 0, ...JSON.parse(Buffer.concat(parts)) };
    ctx.status = 204;
    return;
  }
  if (ctx.path.startsWith('/sign-in/')) {
    await signIn(ctx);
    return;
  }
  if (told.twist === 'broken' && ctx.path === '/token') ctx.throw(500);
  await next();
  if (ctx.path === '/token' && TWISTS[told.twist]) {
    const claims = JSON.parse(Buffer.from(ctx.body.id_token.split('.')[1], 'base64url'));
    ctx.body.id_token = TWISTS[told.twist](claims);
  }
  if (ctx.path === '/me' && told.twist === 'another person') ctx.body.sub = 'another';
});

async function signIn(ctx) {
  const { params, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
  if (told.twist === 'refused') {
    await provider.interactionFinished(ctx.req, ctx.res, { error: 'access_denied' });
    ctx.respond = false;
    return;
  }
  const grant = new provider.Grant({ accountId: told.subject, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { login: { accountId: told.subject }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(ctx.req, ctx.res, result);
  ctx.respond = false;
}

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
