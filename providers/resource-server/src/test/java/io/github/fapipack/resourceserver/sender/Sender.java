package io.github.fapipack.resourceserver.sender;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.testing.TestClock;
import io.github.fapipack.resourceserver.testing.TestProof;
import io.github.fapipack.resourceserver.token.AccessToken;
import io.github.fapipack.resourceserver.token.PresentedToken;
import io.github.fapipack.resourceserver.token.PresentedToken.Scheme;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A caller with a key, its token, and an API that checks whether both belong together. */
final class Sender {
  static final String URI = "https://api.example/accounts";
  static final String TOKEN = "eyJ.an.access-token";

  final TestClock clock = new TestClock();
  final Set<String> used = new HashSet<>();
  JWK key = newKey();
  DpopSettings settings = DpopSettings.defaults();
  ReplayStore store = (purpose, id, until) -> used.add(purpose + id);
  String method = "GET";
  String uri = URI;
  Scheme scheme = Scheme.DPOP;
  Optional<X509Certificate> certificate = Optional.empty();
  boolean takesDpop = true;
  boolean takesCertificates = true;
  private SenderConstraints api;

  static JWK newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A good proof. */
  TestProof proof() {
    return new TestProof(key, method, uri, TOKEN, clock.instant());
  }

  /** Sends the token of the caller's key with these proofs. */
  List<HttpField> send(String... proofs) throws RefusedRequest {
    return sendBound(Map.of("jkt", thumbprint(key)), proofs);
  }

  /** Sends a token that is bound to that. */
  List<HttpField> sendBound(Map<String, Object> cnf, String... proofs) throws RefusedRequest {
    List<HttpField> fields = new ArrayList<>();
    for (String proof : proofs) {
      fields.add(new HttpField("dpop", proof));
    }
    Peer peer = new Peer(InetAddress.getLoopbackAddress(), certificate);
    return api()
        .check(
            new ApiRequest(method, uri, fields, ApiBody.NONE, peer),
            new PresentedToken(scheme, TOKEN),
            token(cnf));
  }

  private SenderConstraints api() {
    if (api == null) {
      api =
          new SenderConstraints(
              takesDpop
                  ? Optional.of(new DpopConstraint(settings, store, clock))
                  : Optional.empty(),
              takesCertificates ? Optional.of(new CertificateConstraint(clock)) : Optional.empty());
    }
    return api;
  }

  static String thumbprint(JWK key) {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private AccessToken token(Map<String, Object> cnf) {
    Map<String, String> confirmation = new HashMap<>();
    cnf.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            confirmation.put(name, text);
          }
        });
    return new AccessToken(
        "https://as.example",
        "client",
        Optional.of("alice"),
        Set.of("https://api.example"),
        Set.of(),
        clock.instant().plusSeconds(300),
        confirmation,
        List.of(),
        cnf.isEmpty() ? Map.of() : Map.of("cnf", cnf));
  }
}
