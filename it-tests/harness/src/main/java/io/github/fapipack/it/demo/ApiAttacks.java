package io.github.fapipack.it.demo;

import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Requests that an API must refuse. There are a dozen here; {@code fapi-resource-check} has them
 * all.
 */
final class ApiAttacks {
  private final FapiClient client;
  private final SampleClient sample;
  private final ApiSteps api;
  private final FlowReport report;

  ApiAttacks(FapiClient client, SampleClient sample, URI api, FlowReport report) {
    this.client = client;
    this.sample = sample;
    this.api = new ApiSteps(client, api, report);
    this.report = report;
  }

  /** Tries each of them with a good token, which must still be good in the end. */
  void run(Tokens tokens) {
    report.title("Attacks on the API");
    attackToken(tokens);
    if (client.constraint() == SenderConstraint.DPOP) {
      attackProof(tokens);
    } else {
      attackCertificate(tokens);
    }
    if (client.signsResources()) {
      attackSignature(tokens);
    }
    report.check(
        request(tokens).send().status() == 200, "its owner can still use that token at the API");
  }

  private FapiRequest<HttpExchange> request(Tokens tokens) {
    return client.resource(api.accounts(), tokens);
  }

  private void attackToken(Tokens tokens) {
    report.step("No access token", "RFC6750 3");
    HttpExchange bare = client.get(api.accounts(), answer -> answer).send();
    report.check(
        bare.status() == 401 && bare.header("WWW-Authenticate") != null,
        "refused: HTTP " + bare.status() + ", " + bare.header("WWW-Authenticate"));
    String scheme = client.constraint().tokenType() + " ";
    report.attack(
        "Access token that was altered",
        "RFC9068 4",
        () -> request(tokens).header("Authorization", scheme + altered(tokens)).send());
    report.attack(
        "Access token in the query",
        "FAPI2-SP 5.3.4-2",
        () ->
            client
                .resource(api.at("/accounts?access_token=" + tokens.accessToken()), tokens)
                .tamper("Authorization", null)
                .send());
    report.attack(
        "Two access tokens",
        "RFC6750 2",
        () -> request(tokens).addingHeader("Authorization", scheme + tokens.accessToken()).send());
  }

  private static String altered(Tokens tokens) {
    String[] parts = tokens.accessToken().split("\\.", -1);
    char first = parts[2].charAt(0);
    parts[2] = (first == 'A' ? 'B' : 'A') + parts[2].substring(1);
    return String.join(".", parts);
  }

  private void attackProof(Tokens tokens) {
    attack("No proof", "RFC9449 7.1", () -> request(tokens).withoutProof());
    attack(
        "Proof by somebody else's key",
        "RFC9449 4.3-12",
        () -> request(tokens).proof(jwt -> jwt.key(ClientKeys.es256())));
    attack(
        "Stolen access token sent as Bearer",
        "RFC9449 7.2-1",
        () ->
            request(tokens)
                .withoutProof()
                .header("Authorization", "Bearer " + tokens.accessToken()));
    attack(
        "Proof for another method",
        "RFC9449 4.3-9",
        () -> request(tokens).proof(j -> j.htm("POST")));
    attack(
        "Proof for another address",
        "RFC9449 4.3-10",
        () -> request(tokens).proof(jwt -> jwt.htu(api.at("/payments").toString())));
    attack(
        "Proof for another token",
        "RFC9449 4.3-12",
        () -> request(tokens).proof(jwt -> jwt.ath("another-token")));
    attack(
        "Proof that is an hour old",
        "RFC9449 4.3-11",
        () -> request(tokens).proof(jwt -> jwt.iat(Duration.ofHours(-1))));
    attack(
        "Proof with the algorithm none",
        "RFC9449 4.3-5",
        () -> request(tokens).proof(jwt -> jwt.alg("none")));
    HttpExchange used = request(tokens).expect();
    String replayed = used.sentHeaders().get("DPoP").orElseThrow();
    attack("Proof used twice", "RFC9449 11.1", () -> request(tokens).header("DPoP", replayed));
  }

  private void attackCertificate(Tokens tokens) {
    FapiClient thief =
        client.but().tls(sample.tls(null), sample.tls(sample.somebodyElsesCertificate())).build();
    attack(
        "Access token over somebody else's certificate",
        "RFC8705 3-2",
        () -> thief.resource(api.accounts(), tokens));
    attack(
        "Stolen access token without a certificate",
        "RFC8705 3-2",
        () -> request(tokens).withoutCertificate());
    attack(
        "Access token with a proof of a key that it is not bound to",
        "RFC9449 7.1",
        () ->
            request(tokens)
                .withoutCertificate()
                .proof(jwt -> {})
                .header("Authorization", "DPoP " + tokens.accessToken()));
    attack(
        "Somebody else's word that there was a certificate",
        "RFC9440 2",
        () ->
            request(tokens).withoutCertificate().header("Client-Cert", ":" + certificate() + ":"));
  }

  private String certificate() {
    try {
      return Base64.getEncoder()
          .encodeToString(sample.certificate().orElseThrow().certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void attackSignature(Tokens tokens) {
    attack(
        "Request that is not signed", "FAPI2-HS 5.3.1", () -> request(tokens).withoutSignature());
    attack(
        "Request signed with another key",
        "FAPI2-HS 5.3.1.2-1",
        () -> request(tokens).signature(signature -> signature.key(ClientKeys.es256())));
    attack(
        "Signature that does not cover the access token",
        "FAPI2-HS 5.3.1.1-4",
        () -> request(tokens).signature(signature -> signature.uncovering("authorization")));
  }

  private void attack(String attack, String clause, Supplier<FapiRequest<HttpExchange>> altered) {
    report.attack(attack, clause, () -> altered.get().send());
  }
}
