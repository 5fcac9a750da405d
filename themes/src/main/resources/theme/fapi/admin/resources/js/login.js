// Logs in as the admin console does: its public client, authorization code, PKCE, one SSO session.
// Tokens are kept in memory only.

const SOON = 30_000;
const PREFIX = "fapi-login-";

export class LoginError extends Error {}

export class Login {
  #settings;
  #tokens;
  #refreshing;

  constructor(settings) {
    this.#settings = settings;
  }

  /** Whether somebody is logged in; if not, the browser is on its way to the login. */
  async enter() {
    const answer = new URLSearchParams(window.location.search);
    const kept = take(answer.get("state"));
    if (!kept) {
      await this.start();
      return false;
    }
    window.history.replaceState(null, "", window.location.pathname + kept.route);
    if (answer.has("error")) {
      throw new LoginError(answer.get("error_description") ?? answer.get("error"));
    }
    if (answer.get("iss") !== this.#settings.issuer) {
      throw new LoginError("iss");
    }
    await this.#grant({
      grant_type: "authorization_code",
      code: answer.get("code"),
      redirect_uri: here(),
      code_verifier: kept.verifier,
    });
    if (claims(this.#tokens.id_token).nonce !== kept.nonce) {
      throw new LoginError("nonce");
    }
    return true;
  }

  /** Sends the browser to the login; it comes back to where it is now. */
  async start() {
    if (!window.isSecureContext) {
      throw new LoginError("https");
    }
    const [state, nonce, verifier] = [random(16), random(16), random(48)];
    window.sessionStorage.setItem(
      PREFIX + state,
      JSON.stringify({ nonce, verifier, route: window.location.hash }),
    );
    const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    document.body.inert = true; // a link followed now would call the browser back
    window.location.replace(
      this.#endpoint("auth", {
        client_id: this.#settings.clientId,
        redirect_uri: here(),
        response_type: "code",
        response_mode: "query",
        scope: "openid",
        state,
        nonce,
        code_challenge: base64Url(new Uint8Array(challenge)),
        code_challenge_method: "S256",
      }),
    );
  }

  /** An access token that is valid for a while; without a session, redirects to the login. */
  async token() {
    if (Date.now() > this.#tokens.expires - SOON) {
      await this.refresh();
    }
    return this.#tokens.access_token;
  }

  /** A new access token. */
  async refresh() {
    this.#refreshing ??= this.#grant({
      grant_type: "refresh_token",
      refresh_token: this.#tokens.refresh_token,
    }).finally(() => {
      this.#refreshing = undefined;
    });
    try {
      await this.#refreshing;
    } catch (e) {
      if (!(e instanceof LoginError)) {
        throw e;
      }
      await this.start();
      await new Promise(() => {}); // the browser is leaving this page
    }
  }

  /** Ends the session at Keycloak, and with it that of the admin console. */
  leave() {
    window.location.assign(
      this.#endpoint("logout", {
        client_id: this.#settings.clientId,
        id_token_hint: this.#tokens.id_token,
        post_logout_redirect_uri: here(),
      }),
    );
  }

  get userName() {
    const {
      name,
      given_name: given,
      family_name: family,
      preferred_username: username,
    } = claims(this.#tokens.id_token);
    return name || [given, family].filter(Boolean).join(" ") || username;
  }

  /** The language that the user has chosen in Keycloak, if any. */
  get userLocale() {
    return claims(this.#tokens.id_token).locale;
  }

  #endpoint(name, parameters) {
    const url = new URL(`${this.#settings.issuer}/protocol/openid-connect/${name}`);
    url.search = new URLSearchParams(parameters);
    return url;
  }

  async #grant(parameters) {
    const asked = Date.now();
    const response = await fetch(this.#endpoint("token"), {
      method: "POST",
      body: new URLSearchParams({ ...parameters, client_id: this.#settings.clientId }),
      credentials: "omit",
    });
    if (!response.ok) {
      const error = await response.json().catch(() => ({}));
      throw new LoginError(error.error_description ?? error.error ?? `HTTP ${response.status}`);
    }
    const tokens = await response.json();
    this.#tokens = { ...this.#tokens, ...tokens, expires: asked + tokens.expires_in * 1000 };
  }
}

const here = () => window.location.origin + window.location.pathname;

/** The stored state of a login; it can be used once. */
function take(state) {
  const text = state && window.sessionStorage.getItem(PREFIX + state);
  Object.keys(window.sessionStorage)
    .filter((key) => key.startsWith(PREFIX))
    .forEach((key) => window.sessionStorage.removeItem(key));
  return text ? JSON.parse(text) : null;
}

/** Not verified, because it came from the token endpoint over TLS. */
function claims(token) {
  const payload = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
  const bytes = Uint8Array.from(atob(payload), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

const random = (length) => base64Url(crypto.getRandomValues(new Uint8Array(length)));

const base64Url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
