package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What an API demands of bodies that are signed with a JWS. Immutable.
 *
 * @param form how a body is signed
 * @param keys the keys of the clients
 * @param clients the {@code iss} of what clients sign
 * @param required the methods of requests that must have a signed body
 * @param algorithms the only algorithms that count
 * @param maxAge how long ago a body may have been signed
 * @param maxSkew how far the clock of a client may be ahead
 * @param once how long a {@code jti}, or a detached signature, may not be used again; zero for no
 *     check
 * @param audience a further {@code aud} beside the address of the request, such as the id of our
 *     organisation; for {@link Form#JWT}
 * @param trustAnchor who vouches for the keys, {@code http://openbanking.org.uk/tan}; for {@link
 *     Form#DETACHED}
 * @param own our name and the key that signs responses, if they are signed
 * @param errors how errors are written
 */
public record SignedBodies(
    Form form,
    ClientKeys keys,
    Organisations clients,
    Set<String> required,
    Set<SignatureAlgorithm> algorithms,
    Duration maxAge,
    Duration maxSkew,
    Duration once,
    Optional<String> audience,
    String trustAnchor,
    Optional<Signer> own,
    ErrorStyle errors) {

  /** How a body is signed. */
  public enum Form {
    /** The body is a JWT, with the media type {@code application/jwt}. */
    JWT,
    /** The field {@code x-jws-signature} has a JWS without its payload, which is the body. */
    DETACHED
  }

  /**
   * Who signs responses.
   *
   * @param name the {@code iss}, such as the id of our organisation
   * @param key the private key
   */
  public record Signer(String name, JWK key) {
    public Signer {
      OwnKey.of(key);
    }

    @Override
    public String toString() {
      return "Signer[name=" + name + ", key=" + key.getKeyID() + "]";
    }
  }

  public SignedBodies {
    required = Set.copyOf(required);
    algorithms = Set.copyOf(algorithms);
    if (maxAge.isNegative() || maxSkew.isNegative() || once.isNegative()) {
      throw new IllegalArgumentException("the times of signed bodies must not be negative");
    }
  }

  /**
   * As in Open Finance Brazil (Financial-grade API Security Profile 1.0, message content signing):
   * {@code application/jwt} for POST, PUT and PATCH, PS256, {@code iat} within 60 seconds, {@code
   * jti} once in 24 hours.
   *
   * @param clients the ids of the clients' organisations
   */
  public static SignedBodies brazil(ClientKeys keys, Organisations clients) {
    return new SignedBodies(
        Form.JWT,
        keys,
        clients,
        Set.of("POST", "PUT", "PATCH"),
        Set.of(SignatureAlgorithm.PS256),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofHours(24),
        Optional.empty(),
        "",
        Optional.empty(),
        ErrorStyle.BRAZIL);
  }

  /**
   * As in Open Banking UK (Read/Write Data API Profile 3.1 and 4, Message Signing): {@code
   * x-jws-signature} for POST and PUT, PS256, of the last five minutes. A signature may come again,
   * since clients repeat a request with its {@code x-idempotency-key} unchanged.
   *
   * @param clients who signs: organisation id, slash, software statement id
   */
  public static SignedBodies ukOpenBanking(ClientKeys keys, Organisations clients) {
    return new SignedBodies(
        Form.DETACHED,
        keys,
        clients,
        Set.of("POST", "PUT"),
        Set.of(SignatureAlgorithm.PS256),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ZERO,
        Optional.empty(),
        "openbanking.org.uk",
        Optional.empty(),
        ErrorStyle.UK);
  }

  /** The same, but for requests with these methods. */
  public SignedBodies requiredFor(String... methods) {
    return copy(Set.of(methods), algorithms, maxAge, maxSkew, once, audience, trustAnchor, own);
  }

  /** The same, but signed with one of these algorithms. */
  public SignedBodies algorithms(SignatureAlgorithm... allowed) {
    return copy(required, Set.of(allowed), maxAge, maxSkew, once, audience, trustAnchor, own);
  }

  /** The same with another time window. */
  public SignedBodies window(Duration age, Duration skew) {
    return copy(required, algorithms, age, skew, once, audience, trustAnchor, own);
  }

  /**
   * The same, but what identifies a body may not come again for that time, and at least for as long
   * as the body is taken; zero for no check.
   */
  public SignedBodies once(Duration time) {
    return copy(required, algorithms, maxAge, maxSkew, time, audience, trustAnchor, own);
  }

  /** The same, and bodies may also be for this name of ours. */
  public SignedBodies audience(String name) {
    return copy(required, algorithms, maxAge, maxSkew, once, Optional.of(name), trustAnchor, own);
  }

  /** The same with keys that another directory vouches for. */
  public SignedBodies trustAnchor(String domain) {
    return copy(required, algorithms, maxAge, maxSkew, once, audience, domain, own);
  }

  /** The same, and responses are signed by us with this private key. */
  public SignedBodies signing(String name, JWK key) {
    Optional<Signer> signer = Optional.of(new Signer(name, key));
    return copy(required, algorithms, maxAge, maxSkew, once, audience, trustAnchor, signer);
  }

  private SignedBodies copy(
      Set<String> methods,
      Set<SignatureAlgorithm> allowed,
      Duration age,
      Duration skew,
      Duration time,
      Optional<String> name,
      String anchor,
      Optional<Signer> signer) {
    return new SignedBodies(
        form, keys, clients, methods, allowed, age, skew, time, name, anchor, signer, errors);
  }
}
