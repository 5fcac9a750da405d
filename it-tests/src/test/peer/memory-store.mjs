// A store in memory: a map for each kind of entry. Unlike the library's own, which keeps the last
// thousand entries of all kinds, it forgets nothing before its time, such as used identifiers.

const seconds = () => Math.floor(Date.now() / 1000);

class MemoryStore {
  #entries = new Map();
  #sessionsByUid = new Map();
  #idsByGrant = new Map();
  // Which entries end in which second, so that a sweep touches nothing else.
  #endings = new Map();
  #sweptUntil = seconds();

  constructor() {
    setInterval(() => this.#sweep(), 1000).unref();
  }

  async upsert(id, payload, expiresIn) {
    this.#entries.set(id, payload);
    if (payload.uid !== undefined) {
      this.#sessionsByUid.set(payload.uid, id);
    }
    if (payload.grantId !== undefined) {
      this.#membersOf(payload.grantId).add(id);
    }
    if (expiresIn !== undefined) {
      this.#endsAt(seconds() + Math.ceil(expiresIn), id);
    }
  }

  async find(id) {
    // The library compares `exp` itself.
    return this.#entries.get(id);
  }

  async findByUid(uid) {
    return this.#entries.get(this.#sessionsByUid.get(uid));
  }

  async consume(id) {
    this.#entries.get(id).consumed = seconds();
  }

  async destroy(id) {
    this.#remove(id);
  }

  async revokeByGrantId(grantId) {
    for (const id of this.#idsByGrant.get(grantId) ?? []) {
      this.#remove(id);
    }
  }

  #membersOf(grantId) {
    let ids = this.#idsByGrant.get(grantId);
    if (ids === undefined) {
      ids = new Set();
      this.#idsByGrant.set(grantId, ids);
    }
    return ids;
  }

  #endsAt(second, id) {
    const ids = this.#endings.get(second);
    if (ids === undefined) {
      this.#endings.set(second, [id]);
    } else {
      ids.push(id);
    }
  }

  #remove(id) {
    const payload = this.#entries.get(id);
    if (payload === undefined) {
      return;
    }
    this.#entries.delete(id);
    if (this.#sessionsByUid.get(payload.uid) === id) {
      this.#sessionsByUid.delete(payload.uid);
    }
    const ids = this.#idsByGrant.get(payload.grantId);
    if (ids?.delete(id) && ids.size === 0) {
      this.#idsByGrant.delete(payload.grantId);
    }
  }

  #sweep() {
    const now = seconds();
    for (; this.#sweptUntil <= now; this.#sweptUntil += 1) {
      for (const id of this.#endings.get(this.#sweptUntil) ?? []) {
        // It may have been saved again since.
        if (this.#entries.get(id)?.exp <= now) {
          this.#remove(id);
        }
      }
      this.#endings.delete(this.#sweptUntil);
    }
  }
}

/** The library asks once for each kind. */
export default function memoryStore() {
  return new MemoryStore();
}
