package io.github.fapipack.it.apicheck;

/** What a token is asked for; null is not asked for. */
record Ask(String scope, String audience, String details) {
  Ask scope(String other) {
    return new Ask(other, audience, details);
  }

  Ask audience(String other) {
    return new Ask(scope, other, details);
  }

  Ask details(String other) {
    return new Ask(scope, audience, other);
  }
}
