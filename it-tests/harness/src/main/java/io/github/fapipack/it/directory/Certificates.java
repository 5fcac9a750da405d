package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.util.X509CertUtils;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.CertificateOrder;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Pem;
import io.github.fapipack.it.pki.RevocationResponder;
import io.github.fapipack.it.pki.SigningRequest;
import java.security.KeyPair;
import java.util.Map;

/**
 * The box's certification authority. The harness has imported its key, so it can also certify what
 * the box would not.
 */
public final class Certificates implements AutoCloseable {
  private final Box box;
  private final Served states;
  private final RevocationResponder forger;

  Certificates(Box box, Front front, CertificateAuthority authority, CertificateAuthority root) {
    this.box = box;
    // The box does not know the certificates of the forger, which has its own responder for them.
    this.forger = RevocationResponder.start(authority);
    this.states = front.statesFrom(box.path() + "/fapi-authority");
    box.addKeys(
        "fapi-issuing-key",
        Map.of(
            "priority",
            "1000",
            "keystoreType",
            "PEM",
            "privateKey",
            Pem.text(authority.keys().getPrivate()),
            "certificateChain",
            Pem.text(authority.certificate(), root.certificate())));
  }

  /** The authority with the key of the box, which certifies anything. */
  public CertificateAuthority authority() {
    return forger.authority();
  }

  /** Where the box tells whether certificates are revoked. */
  public Served states() {
    return states;
  }

  /** The order for a certificate with the names that the box gives, to be changed and issued. */
  public CertificateOrder order(Software software, KeyPair keys) {
    return CertificateOrder.of(software.subject(), keys.getPublic());
  }

  /** A transport certificate of the box. */
  public ClientCertificate issue(Software software, KeyPair keys) {
    JsonNode issued =
        box.send(
            "POST",
            "/software/" + software.id() + "/certificates",
            Json.object()
                .put("use", "transport")
                .put("request", SigningRequest.pem("CN=" + software.id(), keys)));
    return new ClientCertificate(
        keys.getPrivate(),
        X509CertUtils.parse(issued.path("pem").asText()),
        forger.authority().chain());
  }

  /** Has the box revoke a certificate. */
  public void revoke(ClientCertificate certificate) {
    String serial = certificate.certificate().getSerialNumber().toString(16);
    box.send(
        "POST",
        "/certificates/" + serial + "/revocation",
        Json.object().put("reason", "key-compromise"));
  }

  @Override
  public void close() {
    forger.close();
  }
}
