package io.github.fapipack.publication;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.authority.Issued;

/** A certificate as a software sees it. */
final class CertificateJson {

  private CertificateJson() {}

  static ObjectNode of(Issued issued) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("serial", issued.serial())
            .put("use", issued.use().jsonName())
            .put("subject", issued.subject())
            .put("issued_at", issued.issuedAt().toString())
            .put("not_after", issued.notAfter().toString())
            .put("certificate", issued.pem());
    if (issued.revokedAt() != null) {
      json.put("revoked_at", issued.revokedAt().toString())
          .put("reason", issued.reason().jsonName());
    }
    return json;
  }
}
