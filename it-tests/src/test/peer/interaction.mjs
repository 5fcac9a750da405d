// The pages of a login with a password and of the consent, as a browser without scripts sees them.

const PAGES = {
  login: '<input name="username"><input name="password" type="password"><button>Log in</button>',
  consent: '<button name="accept" value="yes">Yes</button>',
};

/**
 * Answers requests to the address of an interaction.
 *
 * @param password of every user
 */
export default function interaction(provider, password) {
  return async (request, response) => {
    const details = await provider.interactionDetails(request, response);
    if (request.method === 'POST') {
      const form = new URLSearchParams(await body(request));
      const result = await decide(provider, details, form, password);
      await provider.interactionFinished(request, response, result);
    } else {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(`<form method="post" action="${request.url}">${PAGES[details.prompt.name]}</form>`);
    }
  };
}

async function decide(provider, { prompt, params, session }, form, password) {
  if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    for (const [resource, scopes] of Object.entries(prompt.details.missingResourceScopes ?? {})) {
      grant.addResourceScope(resource, scopes.join(' '));
    }
    return { consent: { grantId: await grant.save() } };
  }
  return form.get('password') === password
    ? { login: { accountId: form.get('username') } }
    : { error: 'access_denied' };
}

async function body(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
