package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.pki.Pem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Tokens bound to a certificate, shown by somebody who does not have it. */
final class CertificateAttacks {
  private static final String BOUND =
      "Compare the certificate of the connection with cnf.x5t#S256 of the token.";
  private static final String TRUSTED =
      "Have your proxy remove the header from requests, and take it from the proxy's address only.";

  private CertificateAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    attacks.add(
        attack("certificate-missing", "No certificate", "RFC8705 3-2", BOUND)
            .when(draft -> draft.as(Identity.NOBODY)));
    attacks.add(
        attack(
                "certificate-self-signed",
                "A certificate that the attacker has made",
                "RFC8705 3-2",
                BOUND,
                refusedOrClosed())
            .when(draft -> draft.as(Identity.SELF_SIGNED)));
    attacks.add(
        attack(
                "certificate-other-client",
                "The certificate of another client",
                "RFC8705 3-2",
                BOUND)
            .when(draft -> draft.as(Identity.OTHER_CLIENT))
            .unless(
                scene -> !scene.has(Identity.OTHER_CLIENT),
                "--other-client names no client with a certificate"));
    attacks.add(
        attack(
                "certificate-dpop-scheme",
                "The scheme DPoP without a proof, and no certificate",
                "RFC8705 3-2",
                BOUND)
            .when(draft -> draft.scheme("DPoP").as(Identity.NOBODY)));
    attacks.add(spoofed("client-cert", "Client-Cert", CertificateAttacks::rfc9440));
    attacks.add(spoofed("nginx", "ssl-client-cert", CertificateAttacks::urlEncoded));
    attacks.add(spoofed("x-ssl", "X-SSL-Client-Cert", CertificateAttacks::urlEncoded));
    attacks.add(spoofed("x-client", "X-Client-Cert", CertificateAttacks::base64));
    attacks.add(spoofed("traefik", "X-Forwarded-Tls-Client-Cert", CertificateAttacks::base64));
    attacks.add(spoofed("azure", "X-ARR-ClientCert", CertificateAttacks::base64));
    attacks.add(spoofed("envoy", "X-Forwarded-Client-Cert", CertificateAttacks::envoy));
    attacks.add(ownHeader());
    return attacks.stream()
        .map(attack -> attack.unless(Scene::usesDpop, "tokens are bound to DPoP keys"))
        .toList();
  }

  /** A server may refuse the certificate in the handshake already. */
  private static Expected refusedOrClosed() {
    return new Expected(Expected.TOKEN.statuses(), true, Expected.TOKEN.errors(), true, false);
  }

  private static Attack spoofed(
      String id, String header, Function<X509Certificate, String> encoding) {
    return attack(
            "certificate-header-" + id,
            "The certificate in " + header + " instead of the connection",
            "RFC9440 4",
            TRUSTED)
        .playing(scene -> spoof(scene, header, encoding));
  }

  private static Attack ownHeader() {
    return attack(
            "certificate-header-named",
            "The certificate in the header of --proxy-header, in three encodings",
            "RFC9440 4",
            TRUSTED)
        .playing(
            scene -> {
              String header =
                  scene
                      .settings()
                      .given()
                      .text(Option.PROXY_HEADER)
                      .orElseThrow(() -> new NotApplicable("--proxy-header is not given"));
              Answer last = null;
              for (Function<X509Certificate, String> encoding :
                  List.<Function<X509Certificate, String>>of(
                      CertificateAttacks::rfc9440,
                      CertificateAttacks::urlEncoded,
                      CertificateAttacks::base64)) {
                last = spoof(scene, header, encoding);
                if (last.isSuccess()) {
                  return last;
                }
              }
              return last;
            });
  }

  private static Answer spoof(
      Scene scene, String header, Function<X509Certificate, String> encoding) {
    X509Certificate certificate =
        scene
            .settings()
            .party()
            .certificate()
            .orElseThrow(() -> new NotApplicable("the client has no certificate"))
            .certificate();
    String value = encoding.apply(certificate);
    return scene.altered(
        draft ->
            draft
                .as(Identity.NOBODY)
                .header(header, value)
                .header("X-SSL-Client-Verify", "SUCCESS"));
  }

  private static String rfc9440(X509Certificate certificate) {
    return ":" + base64(certificate) + ":";
  }

  private static String base64(X509Certificate certificate) {
    return Base64.getEncoder().encodeToString(der(certificate));
  }

  private static String urlEncoded(X509Certificate certificate) {
    return URLEncoder.encode(Pem.text(certificate), StandardCharsets.US_ASCII).replace("+", "%20");
  }

  private static String envoy(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(der(certificate));
      return "Hash=" + HexFormat.of().formatHex(hash) + ";Cert=\"" + urlEncoded(certificate) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Attack attack(String id, String title, String clause, String fix) {
    return attack(id, title, clause, fix, Expected.TOKEN);
  }

  private static Attack attack(
      String id, String title, String clause, String fix, Expected expected) {
    return Attack.of(Topic.CERTIFICATE, id, title, clause, fix, expected);
  }
}
