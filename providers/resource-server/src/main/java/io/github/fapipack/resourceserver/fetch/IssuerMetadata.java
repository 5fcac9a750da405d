package io.github.fapipack.resourceserver.fetch;

import io.github.fapipack.resourceserver.jws.JsonObjects;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.URI;
import java.time.Clock;

/** The metadata of the issuer, fetched when they are first needed and kept (RFC 8414 3). */
public final class IssuerMetadata {
  private static final int OK = 200;

  private final IssuerAddress issuer;
  private final GuardedHttp http;
  private final KeptCopy<IssuerDocument> copy;

  /** The metadata of that issuer; nothing is fetched yet. */
  public IssuerMetadata(IssuerAddress issuer, GuardedHttp http, KeepTimes times, Clock clock) {
    this.issuer = issuer;
    this.http = http;
    this.copy =
        new KeptCopy<>("the metadata of the authorization server", this::fetch, times, clock);
  }

  /** Whose metadata they are. */
  public IssuerAddress issuer() {
    return issuer;
  }

  /**
   * The metadata.
   *
   * @throws RefusedRequest with 503 if they cannot be had now
   */
  public IssuerDocument get() throws RefusedRequest {
    return copy.get();
  }

  /** Either place will do: not every issuer serves both, nor every proxy lets both through. */
  private IssuerDocument fetch() throws FetchFailed {
    try {
      return fetch(issuer.authorizationServerMetadata());
    } catch (FetchFailed first) {
      try {
        return fetch(issuer.openidConfiguration());
      } catch (FetchFailed second) {
        throw new FetchFailed(first.getMessage() + "; " + second.getMessage());
      }
    }
  }

  private IssuerDocument fetch(URI address) throws FetchFailed {
    Answer answer = http.get(address, "application/json");
    if (answer.status() != OK) {
      throw new FetchFailed(address + " answered with status " + answer.status());
    }
    try {
      return IssuerDocument.read(issuer, JsonObjects.parse(answer.body(), answer.body().length));
    } catch (MalformedJws e) {
      throw new FetchFailed(address + " answered with something else than metadata");
    }
  }
}
