package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * A software of an organisation, as it is stored. Times are in milliseconds since 1970.
 *
 * @param id the id of the row, for the admin API
 * @param softwareId the directory's id
 * @param softwareName null if unknown
 * @param organisationRow the id of the organisation's row, for the admin API
 * @param organisationId the directory's id
 * @param organisationName null if unknown
 * @param organisationState what is decided about the organisation alone
 * @param clientUuid the client's internal id; null if the software has no client
 * @param listed whether the latest list of the directory names it
 * @param decision what makes its state; empty if it is active
 * @param byAdministrator what an administrator has decided about the software, whether or not that
 *     makes its state
 * @param organisationByAdministrator the same for its organisation
 * @param registeredAt null if it never had a client
 * @param statementAt when the latest software statement was accepted; null if there was none
 * @param certificate the client certificate of the registration; null if unknown
 */
public record Software(
    String id,
    String softwareId,
    String softwareName,
    String organisationRow,
    String organisationId,
    String organisationName,
    ParticipantState organisationState,
    String clientUuid,
    List<String> roles,
    boolean listed,
    Optional<Decision> decision,
    Optional<Decision> byAdministrator,
    Optional<Decision> organisationByAdministrator,
    Long registeredAt,
    Long statementAt,
    Certificate certificate) {

  /** What is kept of a client certificate. */
  public record Certificate(String subject, String thumbprint, Long notAfter) {

    /** Attributes that the JDK would write as numbers, with their values in hexadecimal digits. */
    private static final Map<String, String> ATTRIBUTES =
        Map.of(
            "2.5.4.5", "serialNumber",
            "2.5.4.15", "businessCategory",
            "2.5.4.97", "organizationIdentifier",
            "1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC");

    /**
     * That of a certificate.
     *
     * @param thumbprint as in {@code x5t#S256}
     */
    public static Certificate of(X509Certificate certificate, String thumbprint) {
      return new Certificate(
          certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, ATTRIBUTES),
          thumbprint,
          certificate.getNotAfter().toInstant().toEpochMilli());
    }
  }

  /** The state that counts. */
  public ParticipantState state() {
    return decision.map(Decision::state).orElse(ParticipantState.ACTIVE);
  }
}
