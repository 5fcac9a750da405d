// node-oidc-provider with the FAPI 2.0 Security Profile, for clients that are known from the start.
// Usage: node server.mjs SETTINGS, a JSON file with issuer, port, key, certificate, password, jwks,
// clients, and resource: whose access tokens are JWTs. Without a resource they are opaque; the
// library introspects only those, and takes only those at its userinfo endpoint.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import Provider from 'oidc-provider';
import interaction from './interaction.mjs';
import memoryStore from './memory-store.mjs';

const settings = JSON.parse(await readFile(process.argv[2], 'utf8'));
const algorithms = ['PS256', 'ES256', 'EdDSA'];

const provider = new Provider(settings.issuer, {
  adapter: memoryStore,
  jwks: settings.jwks,
  clients: settings.clients,
  clientDefaults: {
    token_endpoint_auth_method: 'private_key_jwt',
    dpop_bound_access_tokens: true,
    require_auth_time: true,
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
    id_token_signed_response_alg: 'ES256',
  },
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: {
    clientAuthSigningAlgValues: algorithms,
    idTokenSigningAlgValues: algorithms,
    dPoPSigningAlgValues: algorithms,
  },
  features: {
    fapi: { enabled: true, profile: '2.0' },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    dPoP: { enabled: true },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    resourceIndicators: {
      enabled: settings.resource !== undefined,
      defaultResource: () => settings.resource,
      useGrantedResource: () => true,
      getResourceServerInfo: (context, resource, client) => ({
        scope: '',
        audience: client.clientId,
        accessTokenTTL: 300,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: client.idTokenSignedResponseAlg } },
      }),
    },
  },
  // FAPI2-SP 5.3.2.1-9 forbids rotation.
  rotateRefreshToken: false,
  issueRefreshToken: () => true,
  findAccount: (context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  // The lifetimes of the Keycloak realms beside it.
  ttl: {
    AccessToken: 300,
    ClientCredentials: 300,
    AuthorizationCode: 60,
    IdToken: 300,
    RefreshToken: 1800,
    Interaction: 60,
    Session: 36000,
    Grant: 36000,
  },
});

const answer = provider.callback();
const interact = interaction(provider, settings.password);
const server = createServer(
  {
    key: await readFile(settings.key),
    cert: await readFile(settings.certificate),
    minVersion: 'TLSv1.2',
  },
  (request, response) => {
    if (request.url.startsWith('/interaction/')) {
      interact(request, response).catch((error) => {
        console.error(error);
        response.writeHead(400).end();
      });
    } else {
      answer(request, response);
    }
  },
);
provider.on('server_error', (context, error) => console.error(error));
// Clients wait for each other between measurements.
server.keepAliveTimeout = 600_000;
server.listen(settings.port, '127.0.0.1', () => console.log('listening'));
