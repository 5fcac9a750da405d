package io.github.fapipack.resourceserver.sender;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.jws.CompactJws;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A DPoP proof: what it says, before anything of it is believed. */
record Proof(CompactJws jws, Map<?, ?> jwk) {
  private static final String FIELD = "DPoP";
  private static final String TYPE = "dpop+jwt";
  private static final int LONGEST = 8_192;
  private static final int LONGEST_JTI = 256;

  /** The last second of the year 9999. */
  private static final double LATEST = 253_402_300_799d;

  /** The proof of a request. */
  static Proof of(ApiRequest request, Set<SignatureAlgorithm> algorithms) throws RefusedRequest {
    CompactJws jws = parse(field(request), algorithms);
    if (jws.header("typ").filter(TYPE::equals).isEmpty()) {
      throw refused("the DPoP proof has another typ than dpop+jwt; set it", "RFC9449 4.3-4");
    }
    if (!(jws.header().get("jwk") instanceof Map<?, ?> jwk)) {
      throw refused("the DPoP proof has no key; put the public key into jwk", "RFC9449 4.2-3");
    }
    return new Proof(jws, jwk);
  }

  private static String field(ApiRequest request) throws RefusedRequest {
    String value = null;
    for (HttpField field : request.fields()) {
      if (field.name().equalsIgnoreCase(FIELD)) {
        if (value != null) {
          throw refused("the field DPoP came more than once; send one proof", "RFC9449 4.3-1");
        }
        value = field.value().strip();
      }
    }
    if (value == null) {
      throw refused("there is no DPoP proof; send one in the field DPoP", "RFC9449 7.1");
    }
    return value;
  }

  private static CompactJws parse(String text, Set<SignatureAlgorithm> algorithms)
      throws RefusedRequest {
    try {
      return CompactJws.parse(text, LONGEST, algorithms);
    } catch (MalformedJws malformed) {
      throw refused("the DPoP proof " + malformed.sentence() + "; make a new one", "RFC9449 4.3-3");
    }
  }

  /** A claim that must be there and be a text. */
  String text(String name) throws RefusedRequest {
    Optional<String> value = jws.claim(name);
    if (value.isEmpty() || value.get().isEmpty()) {
      throw refused("the DPoP proof has no " + name + "; set it", "RFC9449 4.3-3");
    }
    return value.get();
  }

  /** Its identifier, of limited length. */
  String id() throws RefusedRequest {
    String jti = text("jti");
    if (jti.length() > LONGEST_JTI) {
      throw refused("the jti of the DPoP proof has more than 256 characters", "RFC9449 11.1");
    }
    return jti;
  }

  /** When it was made. */
  Instant made() throws RefusedRequest {
    if (jws.claims().get("iat") instanceof Number seconds
        && seconds.doubleValue() >= 0
        && seconds.doubleValue() <= LATEST) {
      return Instant.ofEpochSecond(seconds.longValue());
    }
    throw refused("the DPoP proof has no iat in seconds; set it", "RFC9449 4.3-3");
  }

  static RefusedRequest refused(String sentence, String clause) {
    return new RefusedRequest(Problem.INVALID_DPOP_PROOF, sentence, clause);
  }
}
