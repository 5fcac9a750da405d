package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A client with keys, and an API that knows them. */
final class Caller {
  static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final String ID = "client-1";
  static final String TARGET = "https://api.bank.example/payments?dry=false";
  static final JWK EC = ec("ec-1");
  static final JWK RSA = rsa();
  static final JWK STRANGER = ec("ec-1");
  static final ClientKeys KEYS =
      ClientKeys.of(
          Map.of(
              ID,
              new JWKSet(List.of(EC.toPublicJWK(), RSA.toPublicJWK())),
              "client-2",
              new JWKSet(STRANGER.toPublicJWK())));
  static final ReplayStore DOWN =
      (purpose, key, until) -> {
        throw new StoreUnavailable("down", null);
      };

  private Caller() {}

  /** A store for all nodes of one test. */
  static ReplayStore store() {
    Map<String, Instant> used = new ConcurrentHashMap<>();
    return (purpose, key, until) -> used.putIfAbsent(purpose + ' ' + key, until) == null;
  }

  static AccessToken token() {
    return new AccessToken(
        "https://as.example",
        ID,
        Optional.of("alice"),
        Set.of("https://api.bank.example"),
        Set.of("payments"),
        NOW.plusSeconds(300),
        Map.of(),
        List.of(),
        Map.of("organisation_id", "org-1"));
  }

  static ApiRequest request(String method, String content, HttpField... fields) {
    return request(method, content.getBytes(StandardCharsets.UTF_8), fields);
  }

  static ApiRequest request(String method, byte[] content, HttpField... fields) {
    List<HttpField> all = new ArrayList<>();
    all.add(new HttpField("Authorization", "DPoP token"));
    all.addAll(List.of(fields));
    ApiBody body = () -> content;
    Peer peer = new Peer(InetAddress.getLoopbackAddress(), Optional.empty());
    return new ApiRequest(method, TARGET, all, body, peer);
  }

  static ApiRequest with(ApiRequest request, List<HttpField> fields) {
    return new ApiRequest(
        request.method(), request.targetUri(), fields, request.body(), request.peer());
  }

  /** Something that may refuse. */
  interface Check {
    void run() throws RefusedRequest;
  }

  static RefusedRequest refusal(Check check) {
    try {
      check.run();
    } catch (RefusedRequest refused) {
      return refused;
    }
    throw new AssertionError("it was not refused");
  }

  static JWK ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWK rsa() {
    try {
      return new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
