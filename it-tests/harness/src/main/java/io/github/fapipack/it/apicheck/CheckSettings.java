package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * What is to be checked, and with what.
 *
 * @param other another client; empty if there is none
 * @param strangersKey a key that nobody knows
 */
record CheckSettings(
    Given given,
    Target target,
    Party party,
    Optional<Party> other,
    TokenSource tokens,
    Ask ask,
    MessageSigning signing,
    JWK strangersKey,
    ClientCertificate strangersCertificate,
    Set<String> ignored,
    Set<String> only) {
  private static final int MOST_PER_SECOND = 20;
  private static final int LONGEST_WAIT = 60;

  static CheckSettings of(Given given, List<String> attacks) {
    ClientFile file = ClientFile.read(given.file(Option.CLIENT_KEYS).orElseGet(() -> missing()));
    Parties parties = new Parties(given);
    Party party = parties.own(file);
    Target target = target(given);
    TokenSource tokens = parties.tokens(file, party.client());
    requireSameHost(given, target);
    return new CheckSettings(
        given,
        target,
        party,
        given.file(Option.OTHER_CLIENT).map(ClientFile::read).map(parties::other),
        tokens,
        ask(given, tokens),
        signing(given, target, party),
        ClientKeys.es256(),
        ClientCertificate.selfSigned("CN=somebody else", Keys.ec()),
        Set.copyOf(given.ids(Option.IGNORE, attacks)),
        Set.copyOf(given.ids(Option.ONLY, attacks)));
  }

  private static Path missing() {
    throw new CheckFailure("--client-keys is missing; --help explains it.");
  }

  private static Target target(Given given) {
    URI address =
        given
            .address(Option.URL)
            .orElseThrow(() -> new CheckFailure("--url is missing; --help explains it."));
    String body = given.content(Option.BODY).orElse("");
    String method = given.text(Option.METHOD).orElse(body.isEmpty() ? "GET" : "POST");
    if (!method.matches("[A-Z]{1,20}")) {
      throw new CheckFailure("--method must be a method such as GET.");
    }
    String type =
        body.isEmpty() ? null : given.text(Option.CONTENT_TYPE).orElse("application/json");
    if (type != null && !type.matches("[ -~]{1,200}")) {
      throw new CheckFailure("--content-type must be a media type such as application/json.");
    }
    return new Target(method, address, body, type);
  }

  private static void requireSameHost(Given given, Target target) {
    String host = target.address().resolve("/").toString();
    boolean other =
        given
            .address(Option.OTHER_ACCOUNT)
            .filter(address -> !address.resolve("/").toString().equals(host))
            .isPresent();
    if (other) {
      throw new CheckFailure("--other-account must be at the host of --url.");
    }
  }

  private static Ask ask(Given given, TokenSource tokens) {
    boolean user = tokens.grant() == TokenSource.Grant.AUTHORIZATION_CODE;
    return new Ask(
        given.text(Option.SCOPE).orElse(user ? "openid" : null),
        given.text(Option.AUDIENCE).orElse(null),
        given.content(Option.DETAILS).orElse(null));
  }

  private static MessageSigning signing(Given given, Target target, Party party) {
    MessageSigning.Style style =
        switch (given.oneOf(Option.SIGN, "none", "http", "jws", "detached")) {
          case "http" -> MessageSigning.Style.HTTP;
          case "jws" -> MessageSigning.Style.JWS;
          case "detached" -> MessageSigning.Style.DETACHED;
          default -> MessageSigning.Style.NONE;
        };
    if (style == MessageSigning.Style.NONE) {
      return new MessageSigning(style, null, null, null);
    }
    boolean ofBody = style != MessageSigning.Style.HTTP;
    if (ofBody && target.body().isEmpty()) {
      throw new CheckFailure("--sign jws and --sign detached need --body.");
    }
    JWK key =
        party
            .keys()
            .orElseThrow(() -> new CheckFailure("--sign needs keys in the file of --client-keys."))
            .forAlgorithm(party.client().algorithm());
    return new MessageSigning(
        style,
        key,
        given.text(Option.SIGN_ISSUER).orElse(party.client().clientId()),
        given.text(Option.SIGN_AUDIENCE).orElse(target.address().toString()));
  }

  FapiClient client() {
    return party.client();
  }

  int rate() {
    return given.number(Option.RATE, 5, MOST_PER_SECOND);
  }

  boolean once() {
    return given.has(Option.ONCE);
  }

  boolean lenient() {
    return given.has(Option.LENIENT);
  }

  /** The way to the API, with every certificate that there is. */
  Wire wire() {
    TlsSettings tls = party.tls();
    Map<Identity, SSLContext> identities = new EnumMap<>(Identity.class);
    identities.put(Identity.NOBODY, tls.showing(null));
    identities.put(Identity.SELF_SIGNED, tls.showing(strangersCertificate));
    party.certificate().ifPresent(own -> identities.put(Identity.OWN, tls.showing(own)));
    other
        .flatMap(Party::certificate)
        .ifPresent(theirs -> identities.put(Identity.OTHER_CLIENT, tls.showing(theirs)));
    Duration timeout = Duration.ofSeconds(given.number(Option.TIMEOUT, 10, LONGEST_WAIT));
    return new Wire(target.address(), identities, timeout);
  }
}
