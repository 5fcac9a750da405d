// Keycloak's admin REST API, as far as the page needs it.

import { languageTag } from "./texts.js";

export class ApiError extends Error {
  constructor(status, sentence, conflicts = []) {
    super(sentence);
    this.status = status;
    this.conflicts = conflicts;
  }
}

export class Api {
  #login;
  #adminUrl;
  #prefix;
  #users;

  constructor(login, adminUrl, realm) {
    this.#login = login;
    this.#adminUrl = adminUrl;
    this.#prefix = `realms/${encodeURIComponent(realm)}/fapi/`;
    this.#users = `realms/${encodeURIComponent(realm)}/users`;
  }

  whoAmI(loginRealm, realm) {
    return this.#send("GET", `${encodeURIComponent(loginRealm)}/console/whoami`, {
      currentRealm: realm,
    });
  }

  realms() {
    return this.#send("GET", "realms", { briefRepresentation: true });
  }

  /** The profiles, those with the fewest rules first; a summary requires an audit of all clients. */
  async profiles(summary) {
    const { profiles, chosen } = await this.#fapi("GET", "profiles", { summary });
    return profiles
      .map((profile) => ({ ...profile, recommended: profile.name === chosen }))
      .sort((a, b) => a.rules - b.rules);
  }

  /** The clients that fit a filter, a page of them, with how many there are. */
  clients(filter) {
    return this.#fapi("GET", "clients", filter);
  }

  /** All clients that fit a filter, as the text of a CSV file. */
  clientsFile(filter) {
    return this.#fapi("GET", "clients", { ...filter, format: "csv" }, undefined, "text/csv");
  }

  /** The findings on the realm, without its clients. */
  realmReport(profile) {
    return this.#fapi("GET", "report", { profile, clients: false });
  }

  /** The findings on one client. */
  clientReport(profile, client) {
    return this.#fapi("GET", "report", { profile, client });
  }

  /** The options are those of apply: mode and disableUnrepairable. */
  plan(profile, options) {
    return this.#fapi("POST", "apply", { profile, ...options, dryRun: true });
  }

  apply(profile, options, planId) {
    return this.#fapi("POST", "apply", { profile, ...options, planId, dryRun: false });
  }

  undo(document) {
    return this.#fapi("POST", "undo", {}, document);
  }

  /** What administrators have changed, latest first. */
  history(page) {
    return this.#fapi("GET", "history", page);
  }

  /** One entry with its undo document. */
  historyEntry(id) {
    return this.#fapi("GET", `history/${encodeURIComponent(id)}`);
  }

  undoEntry(id) {
    return this.#fapi("POST", `history/${encodeURIComponent(id)}/undo`);
  }

  /** Keys and certificates; the filter has search, owner, within and fetch. */
  keys(filter) {
    return this.#fapi("GET", "keys", filter);
  }

  /** Software of the ecosystem; the filter has organisation, search, state, registered, first, max. */
  participants(filter) {
    return this.#fapi("GET", "participants", filter);
  }

  /** Suspends or withdraws a software; the state "active" lifts what an administrator decided. */
  decide(id, state, reason) {
    return this.#fapi(
      "POST",
      `participants/${encodeURIComponent(id)}/state`,
      {},
      { state, reason },
    );
  }

  /** The same for all software of an organisation, by its organisationKey. */
  decideOrganisation(key, state, reason) {
    return this.#fapi(
      "POST",
      `participants/organisations/${encodeURIComponent(key)}/state`,
      {},
      { state, reason },
    );
  }

  /** Deletes the client of a software. */
  removeParticipant(id, reason) {
    return this.#fapi("DELETE", `participants/${encodeURIComponent(id)}`, { reason });
  }

  /** Has the directory's list read; force applies one that ends many participants at once. */
  readDirectory(force) {
    return this.#fapi("POST", "participants/refresh", { force });
  }

  refusals(filter) {
    return this.#fapi("GET", "refusals", filter);
  }

  rollout(filter) {
    return this.#fapi("GET", "rollout", filter);
  }

  /** Switches one client, or without one the whole realm. */
  switchTo(mode, client) {
    return this.#fapi("PUT", "rollout", { mode, client });
  }

  /** The clients that have been clean for some days; with the plan's id, moves them to enforcing. */
  enforceClean(cleanDays, planId) {
    return this.#fapi("PUT", "rollout", {
      mode: "enforce",
      cleanDays,
      dryRun: planId === undefined,
      planId,
    });
  }

  /** The filter names a client by client_id, a user by id, or both. */
  grants(filter) {
    return this.#fapi("GET", "grants", filter);
  }

  revokeGrant(id) {
    return this.#fapi("DELETE", `grants/${encodeURIComponent(id)}`);
  }

  /** The user of a name, or undefined. */
  async user(username) {
    const users = await this.#send("GET", this.#users, { username, exact: true });
    return users[0];
  }

  #fapi(method, path, query, body, accept) {
    return this.#send(method, this.#prefix + path, query, body, accept);
  }

  async #send(
    method,
    path,
    query = {},
    body = undefined,
    accept = "application/json",
    again = true,
  ) {
    const url = new URL(path, this.#adminUrl);
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== "") {
        url.searchParams.set(key, value);
      }
    }
    const headers = {
      Authorization: `Bearer ${await this.#login.token()}`,
      "Accept-Language": languageTag(),
    };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    const response = await fetch(url, {
      method,
      headers: { ...headers, Accept: accept },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
    });
    if (response.status === 401 && again) {
      await this.#login.refresh();
      return this.#send(method, path, query, body, accept, false);
    }
    if (!response.ok) {
      const answer = await response.json().catch(() => ({}));
      throw new ApiError(
        response.status,
        answer.errorMessage ?? answer.error_description ?? answer.error ?? response.statusText,
        answer.conflicts,
      );
    }
    if (response.status === 204) {
      return null;
    }
    return accept === "application/json" ? response.json() : response.text();
  }
}
