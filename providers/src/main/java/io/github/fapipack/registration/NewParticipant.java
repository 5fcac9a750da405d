package io.github.fapipack.registration;

import io.github.fapipack.participants.NewSoftware;
import io.github.fapipack.participants.Software;
import io.github.fapipack.trust.Admission;
import io.github.fapipack.trust.SoftwareStatement;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.keycloak.jose.jws.crypto.HashUtils;

/** What an accepted registration says of the software. */
final class NewParticipant {

  private NewParticipant() {}

  static NewSoftware of(Admission admission) {
    SoftwareStatement statement = admission.statement();
    OptionalLong issued = statement.issuedAt();
    return new NewSoftware(
        statement.softwareId(),
        statement.softwareName(),
        statement.organisationId(),
        statement.organisationName(),
        admission.roles() == null ? List.of() : List.copyOf(admission.roles()),
        statement.state(),
        null,
        issued.isPresent() ? issued.getAsLong() * 1000 : null,
        certificate(admission.certificate()));
  }

  private static Software.Certificate certificate(X509Certificate certificate) {
    try {
      return certificate == null
          ? null
          : Software.Certificate.of(
              certificate,
              Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(HashUtils.hash("SHA-256", certificate.getEncoded())));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e); // it was decoded a moment ago
    }
  }
}
