package io.github.fapipack.resourceserver;

import io.github.fapipack.resourceserver.demand.InteractionId;
import io.github.fapipack.resourceserver.demand.ResourceMetadata;
import io.github.fapipack.resourceserver.details.DetailRules;
import io.github.fapipack.resourceserver.details.DetailTypes;
import io.github.fapipack.resourceserver.fetch.IssuerAddress;
import io.github.fapipack.resourceserver.message.HttpSignatures;
import io.github.fapipack.resourceserver.message.PublishedKeys;
import io.github.fapipack.resourceserver.message.SignedBodies;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.sender.CertificateConstraint;
import io.github.fapipack.resourceserver.sender.DpopConstraint;
import io.github.fapipack.resourceserver.sender.DpopSettings;
import io.github.fapipack.resourceserver.sender.SenderConstraint;
import io.github.fapipack.resourceserver.sender.SenderConstraints;
import io.github.fapipack.resourceserver.token.AccessTokens;
import io.github.fapipack.resourceserver.token.IntrospectionSettings;
import io.github.fapipack.resourceserver.token.IssuedTokens;
import io.github.fapipack.resourceserver.token.JwtSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** What a resource server has to say of itself; what is not said has a safe default. */
public final class FapiResourceServerBuilder {
  private String issuer;
  private String resource;
  private final Set<String> audiences = new LinkedHashSet<>();
  private JwtSettings jwtAccessTokens = JwtSettings.defaults();
  private IntrospectionSettings introspectionOrNull;
  private SSLContext sslOrNull;
  private ReplayStore replayStore;
  private Frontend frontendOrNull;
  private Optional<DpopSettings> dpop = Optional.of(DpopSettings.defaults());
  private boolean mutualTls = true;
  private DetailTypes detailTypes = DetailTypes.shipped();
  private Duration detailUsesKept = DetailRules.KEPT;
  private HttpSignatures httpSignaturesOrNull;
  private SignedBodies signedBodiesOrNull;
  private InteractionId interactionId = new InteractionId(false);
  private URI publicKeysOrNull;
  private UnaryOperator<ResourceMetadata> description = UnaryOperator.identity();
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

  /** Further names under which this API is the audience of tokens. */
  public FapiResourceServerBuilder audience(String... more) {
    audiences.addAll(List.of(more));
    return this;
  }

  /** How tokens that are JWTs are checked; by default as RFC 9068 says. */
  public FapiResourceServerBuilder jwtAccessTokens(JwtSettings settings) {
    this.jwtAccessTokens = settings;
    return this;
  }

  /**
   * How the issuer is asked about tokens that are not JWTs, or about all; by default not at all.
   */
  public FapiResourceServerBuilder introspection(IntrospectionSettings settings) {
    this.introspectionOrNull = settings;
    return this;
  }

  /** Whom to trust as the issuer, and the certificate of this API if it has one for the issuer. */
  public FapiResourceServerBuilder ssl(SSLContext context) {
    this.sslOrNull = context;
    return this;
  }

  /** Where proofs, signatures and payments that were used are remembered. */
  public FapiResourceServerBuilder replayStore(ReplayStore store) {
    this.replayStore = store;
    return this;
  }

  /**
   * What stands before this API, and so under which address callers know it. By default that is
   * scheme, host and port of the resource, whatever the field Host says.
   */
  public FapiResourceServerBuilder frontend(Frontend frontend) {
    this.frontendOrNull = frontend;
    return this;
  }

  /** How the proofs of tokens with a DPoP key are checked (RFC 9449); by default strictly. */
  public FapiResourceServerBuilder dpop(DpopSettings settings) {
    this.dpop = Optional.of(settings);
    return this;
  }

  /** Takes no tokens with a DPoP key. */
  public FapiResourceServerBuilder withoutDpop() {
    this.dpop = Optional.empty();
    return this;
  }

  /** Whether to take tokens that are bound to a client certificate (RFC 8705); by default yes. */
  public FapiResourceServerBuilder mutualTls(boolean taken) {
    this.mutualTls = taken;
    return this;
  }

  /** The types of authorization details (RFC 9396); by default those that we ship. */
  public FapiResourceServerBuilder detailTypes(DetailTypes types) {
    this.detailTypes = types;
    return this;
  }

  /**
   * How long it is remembered that an authorization detail was used once; by default 400 days,
   * which is longer than the consents of the ecosystems live.
   */
  public FapiResourceServerBuilder detailUsesKept(Duration kept) {
    this.detailUsesKept = kept;
    return this;
  }

  /** What is demanded of HTTP message signatures (FAPI2-HS); by default nothing. */
  public FapiResourceServerBuilder httpSignatures(HttpSignatures settings) {
    this.httpSignaturesOrNull = settings;
    return this;
  }

  /** What is demanded of bodies that are signed with a JWS; by default nothing. */
  public FapiResourceServerBuilder signedBodies(SignedBodies settings) {
    this.signedBodiesOrNull = settings;
    return this;
  }

  /** Every request must have the field x-fapi-interaction-id; by default it may. */
  public FapiResourceServerBuilder interactionIdRequired() {
    this.interactionId = new InteractionId(true);
    return this;
  }

  /**
   * Where this API publishes the keys with which it signs responses, such as {@code
   * https://api.bank.example/keys}. The adapters serve them at the path of that address, and the
   * metadata name it (RFC 9728 2); by default they are published nowhere.
   */
  public FapiResourceServerBuilder publicKeys(URI address) {
    this.publicKeysOrNull = address;
    return this;
  }

  /** What this API says of itself beyond what follows from its settings (RFC 9728). */
  public FapiResourceServerBuilder metadata(UnaryOperator<ResourceMetadata> more) {
    this.description = more;
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
    require(issuer, "issuer", "who issues the tokens, such as https://as.example/realms/bank");
    require(resource, "resource", "the audience of the tokens, such as https://api.bank.example");
    require(
        replayStore,
        "replayStore",
        "where used proofs are remembered: JdbcReplayStore or RedisReplayStore, or for a single"
            + " node CaffeineReplayStore");
    Map<String, String> documents = new HashMap<>();
    ResourceMetadata metadata = metadata(documents);
    documents.put(metadata.path(), metadata.json());
    return new FapiResourceServer(
        frontend(),
        tokens(),
        sender(),
        details(),
        messages(),
        interactionId,
        documents,
        new Answers(proofs(), mutualTls, Optional.of(metadata.address())));
  }

  private Frontend frontend() {
    if (frontendOrNull != null) {
      return frontendOrNull;
    }
    URI address = URI.create(resource);
    return Frontend.publicAddress(
        URI.create(address.getScheme() + "://" + address.getRawAuthority()));
  }

  private Messages messages() {
    return Messages.of(
        Optional.ofNullable(httpSignaturesOrNull),
        Optional.ofNullable(signedBodiesOrNull),
        replayStore,
        clock);
  }

  private ResourceMetadata metadata(Map<String, String> documents) {
    ResourceMetadata metadata =
        ResourceMetadata.of(resource, issuer)
            .certificateBound(mutualTls)
            .detailTypes(detailTypes.names());
    if (dpop.isPresent()) {
      metadata = metadata.dpop(proofs(), !mutualTls);
    }
    if (publicKeysOrNull != null) {
      PublishedKeys keys =
          new PublishedKeys(
              Optional.ofNullable(httpSignaturesOrNull), Optional.ofNullable(signedBodiesOrNull));
      documents.put(publicKeysOrNull.getRawPath(), keys.json());
      metadata = metadata.signing(keys.algorithms(), publicKeysOrNull);
    }
    return description.apply(metadata);
  }

  private AccessTokens tokens() {
    Set<String> own = new LinkedHashSet<>(audiences);
    own.add(resource);
    return IssuedTokens.of(
        IssuerAddress.of(issuer),
        own,
        jwtAccessTokens,
        Optional.ofNullable(introspectionOrNull),
        Optional.ofNullable(sslOrNull),
        clock);
  }

  private SenderConstraint sender() {
    return new SenderConstraints(
        dpop.map(settings -> new DpopConstraint(settings, replayStore, clock)),
        mutualTls ? Optional.of(new CertificateConstraint(clock)) : Optional.empty());
  }

  /** What proofs may be signed with; nothing if there are none. */
  private List<String> proofs() {
    return dpop.map(DpopSettings::algorithmNames).orElse(List.of());
  }

  private static void require(Object setting, String name, String meaning) {
    if (setting == null || setting.equals("")) {
      throw new IllegalArgumentException("set " + name + ": " + meaning);
    }
  }
}
