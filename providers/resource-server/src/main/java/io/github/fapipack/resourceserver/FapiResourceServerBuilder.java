package io.github.fapipack.resourceserver;

import io.github.fapipack.resourceserver.details.DetailRules;
import io.github.fapipack.resourceserver.details.DetailTypes;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.Frontend;
import java.time.Clock;
import java.time.Duration;

/** What a resource server has to say of itself; what is not said has a safe default. */
public final class FapiResourceServerBuilder {
  private String issuer;
  private String resource;
  private ReplayStore replayStore;
  private Frontend frontend;
  private DetailTypes detailTypes = DetailTypes.shipped();
  private Duration detailUsesKept = DetailRules.KEPT;
  private Clock clock = Clock.systemUTC();

  FapiResourceServerBuilder() {}

  /** The issuer of the tokens, whose metadata tell the rest (RFC 8414). */
  public FapiResourceServerBuilder issuer(String issuer) {
    this.issuer = issuer;
    return this;
  }

  /** This API: the audience of its tokens, and its name in its own metadata (RFC 9728). */
  public FapiResourceServerBuilder resource(String resource) {
    this.resource = resource;
    return this;
  }

  /** Where proofs, signatures and payments that were used are remembered. */
  public FapiResourceServerBuilder replayStore(ReplayStore store) {
    this.replayStore = store;
    return this;
  }

  /** What stands before this API. */
  public FapiResourceServerBuilder frontend(Frontend frontend) {
    this.frontend = frontend;
    return this;
  }

  /** The types of authorization details (RFC 9396); by default those that we ship. */
  public FapiResourceServerBuilder detailTypes(DetailTypes types) {
    this.detailTypes = types;
    return this;
  }

  /**
   * How long it is remembered that an authorization detail was used once, if it belongs to a
   * consent or a grant; by default 400 days.
   */
  public FapiResourceServerBuilder detailUsesKept(Duration kept) {
    this.detailUsesKept = kept;
    return this;
  }

  /** The time; for tests. */
  public FapiResourceServerBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  private DetailRules details() {
    return new DetailRules(detailTypes, replayStore, detailUsesKept, clock);
  }

  /**
   * The resource server.
   *
   * @throws IllegalArgumentException says which setting is missing or contradicts another
   */
  public FapiResourceServer build() {
    throw new IllegalArgumentException("issuer");
  }
}
