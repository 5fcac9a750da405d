package io.github.fapipack.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.fetch.FetchedKeys;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.keys.SignedJwt;
import io.github.fapipack.request.NumericDate;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.Algorithm;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/**
 * JWTs that the bank's consent service has signed for a realm: events, and answers of the bank's
 * page. Keys come only from the address in the realm's attributes.
 */
public final class ServiceJwts {

  private static final Set<String> ALGORITHMS = Set.of(Algorithm.PS256, Algorithm.ES256);

  /** Seconds since {@code iat} after which a JWT is not accepted. */
  private static final int OLDEST = 300;

  /** Seconds by which the clock of the service may be ahead. */
  private static final int CLOCK_SKEW = 30;

  private final KeycloakSession session;
  private final RealmModel realm;

  private ServiceJwts(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  public static ServiceJwts of(KeycloakSession session, RealmModel realm) {
    return new ServiceJwts(session, realm);
  }

  /** Why a JWT is not accepted. The message repeats nothing of it. */
  public static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
      /** It is not a JWT of that type, or lacks something, or its time is over. */
      FORM,
      /** No key of the service has signed it. */
      KEY,
      /** It is of another issuer. */
      ISSUER,
      /** It is for another realm. */
      AUDIENCE
    }

    private final Kind kind;

    private Fault(Kind kind, String message) {
      super(message);
      this.kind = kind;
    }

    /** A fault in what the JWT says. */
    public static Fault form(String message) {
      return new Fault(Kind.FORM, message);
    }

    public Kind kind() {
      return kind;
    }
  }

  /**
   * Checks the type, the issuer, the audience, the times and the signature of a JWT.
   *
   * @param type the value of {@code typ}, without {@code application/}
   * @return its claims, which the caller checks further
   * @throws ConsentUnavailable if the realm names no service, or its keys cannot be had
   */
  public ObjectNode verify(String compact, String type) throws Fault, ConsentUnavailable {
    ServiceSettings settings =
        ServiceSettings.of(realm)
            .filter(known -> known.fault().isEmpty())
            .orElseThrow(() -> new ConsentUnavailable("the realm names no usable service"));
    SignedJwt jwt =
        SignedJwt.parse(compact).orElseThrow(() -> Fault.form("this is not a signed JWT"));
    requireForm(jwt, type);
    if (jwt.text("iss").filter(settings.issuer()::equals).isEmpty()) {
      throw new Fault(Fault.Kind.ISSUER, "iss is not the consent service of this realm");
    }
    requireAudience(jwt.claims().path("aud"));
    FetchedKeys keys = FetchedKeys.ofPartner(session, settings.jwksUri());
    if (!keys.signed(session, jwt)) {
      if (keys.isSilent()) {
        throw new ConsentUnavailable("its keys cannot be had");
      }
      throw new Fault(Fault.Kind.KEY, "no key of the consent service has signed it");
    }
    return jwt.claims();
  }

  private static void requireForm(SignedJwt jwt, String type) throws Fault {
    String typ = jwt.header().path("typ").asText("").toLowerCase(Locale.ROOT);
    if (!typ.equals(type) && !typ.equals("application/" + type)) {
      throw Fault.form("typ must be " + type);
    }
    if (ALGORITHMS.stream().noneMatch(name -> Algorithms.areSame(name, jwt.algorithm()))) {
      throw Fault.form("alg must be PS256 or ES256");
    }
    if (jwt.text("jti").isEmpty()) {
      throw Fault.form("jti is missing");
    }
    requireTimes(jwt.claims());
  }

  private static void requireTimes(ObjectNode claims) throws Fault {
    long now = Time.currentTimeSeconds();
    long issued =
        time(claims, "iat").orElseThrow(() -> Fault.form("iat is missing or is not a time"));
    if (issued > now + CLOCK_SKEW) {
      throw Fault.form("iat is in the future");
    }
    if (issued < now - OLDEST) {
      throw Fault.form("iat is more than " + OLDEST + " s ago");
    }
    if (claims.has("exp") && time(claims, "exp").orElse(0) <= now) {
      throw Fault.form("exp has passed, or is not a time");
    }
    if (claims.has("nbf") && time(claims, "nbf").orElse(Long.MAX_VALUE) > now + CLOCK_SKEW) {
      throw Fault.form("nbf is in the future, or is not a time");
    }
  }

  private static OptionalLong time(ObjectNode claims, String name) {
    return NumericDate.of(claims.get(name));
  }

  private void requireAudience(JsonNode audience) throws Fault {
    String issuer = Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName());
    boolean named =
        audience.isArray()
            ? StreamSupport.stream(audience.spliterator(), false)
                .anyMatch(one -> issuer.equals(one.textValue()))
            : issuer.equals(audience.textValue());
    if (!named) {
      throw new Fault(Fault.Kind.AUDIENCE, "aud does not name the issuer of this realm");
    }
  }
}
