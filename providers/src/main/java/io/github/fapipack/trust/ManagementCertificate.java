package io.github.fapipack.trust;

import io.github.fapipack.client.Credentials;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.rule.Refusal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Whether the connection with which a client is managed has a certificate of its software. */
public final class ManagementCertificate {

  private ManagementCertificate() {}

  /**
   * Checks the certificate of the connection.
   *
   * @throws Refusal {@code invalid_client} with HTTP 401 if it is missing or not trusted, {@code
   *     unapproved_software_statement} if it is another's
   */
  public static void require(KeycloakSession session, EcosystemProfile profile, ClientModel client)
      throws Refusal {
    List<X509Certificate> chain = Credentials.certificates(session);
    ParticipantCertificate certificate = new ParticipantCertificate(profile);
    certificate.checkTrust(session, chain);
    Optional<SoftwareStatement> statement = SoftwareClient.statement(profile, client);
    if (statement.isEmpty()) {
      throw Refusal.invalidClient(
          "the statement of the client cannot be read any more", "ask the operator of this server");
    }
    certificate.checkOwner(chain, statement.get());
  }
}
